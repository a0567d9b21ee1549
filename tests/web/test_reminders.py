"""Reminders: as she wants them, in her own calendar, and nothing of her knee in it."""

import logging
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from builders.daily_loop import begin_loop, check_the_knee, tell, week_of
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.planning.week import BlockKind, DayKind
from sidestep.services.people.calendar_address import calendar_of
from sidestep.services.people.sign_in import token_hash
from sidestep.services.reminders.reminder_settings import Reminders, reminders_of
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.web.guard.attempts import MOST
from sidestep.web.site import Site
from web.conftest import PASSWORD, TODAY, Browser
from web.test_today import go_to, shown

ON = date.fromisoformat(TODAY)
CHOSEN = {
    "about": "planned",
    "tone": "plain",
    "morning_at": "06:45",
    "train_at": "",
    "before_min": "30",
    "check_in_at": "20:15",
    "check_in_on_rest": "yes",
}
OF_A_KNEE = re.compile(
    r"knee|pain|hurt|sore|injur|symptom|stretch|squat|red flag|\d|"
    r"knie|schmerz|verletz|beschwerde|dehn",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def at_six(site: Site, monkeypatch: pytest.MonkeyPatch) -> Callable[[time], None]:
    """Return what sets the clock; it stands at six in the morning of the day that is set."""
    clock = site.wiring.clock
    stands = {"at": time(6)}

    def now() -> datetime:
        return datetime.combine(clock.today(), stands["at"]).astimezone()

    real_today = type(clock).now
    monkeypatch.setattr(type(clock), "today", lambda each: real_today(each).date())
    monkeypatch.setattr(type(clock), "now", lambda _: now())
    return lambda at: stands.update(at=at)


def choose(browser: Browser, **changes: str) -> None:
    assert browser.post("/settings/reminders", data={**CHOSEN, **changes}).status_code == 303


def address_of(browser: Browser) -> str:
    """Make an address, and return its path."""
    page = browser.post("/settings/calendar").text
    found = re.search(r"http://localhost(/calendar/[\w-]+\.ics)</code>", page)
    assert found is not None
    return found[1]


def entries(browser: Browser, path: str) -> list[Any]:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors
    # A second reader, written by others, must understand it as well.
    assert len(IcsCalendarStream.calendar_from_ics(answer.text).events) == len(calendar.events)
    return list(calendar.events)


def is_check_in(entry: Any) -> bool:
    return str(entry["UID"]).startswith("check-in-") or "-check-in-" in str(entry["UID"])


def rings(entry: Any) -> timedelta:
    (alarm,) = entry.walk("VALARM")
    trigger: timedelta = alarm["TRIGGER"].dt
    return trigger


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("morning_at", "25:00", "'25:00' is not a time of the day"),
        ("check_in_at", "half past eight", "'half past eight' is not a time of the day"),
        ("train_at", "7", "'7' is not a time of the day"),
        ("before_min", "-5", "'-5' is not a number of minutes"),
        ("before_min", "500", "'500' is not a number of minutes"),
        ("tone", "shouting", "'shouting' cannot be chosen"),
        ("about", "everything", "'everything' cannot be chosen"),
    ],
)
def test_what_no_clock_shows_is_refused_and_nothing_changes(
    site: Site, runner: Browser, field: str, value: str, says: str
) -> None:
    choose(runner)
    answer = runner.post("/settings/reminders", data={**CHOSEN, field: value})
    assert answer.status_code == 422
    assert says in unescape(answer.text)
    account = site.wiring.people.account(OWNER)
    assert account is not None
    assert reminders_of(account.settings).morning_at == time(6, 45)


def test_what_is_chosen_is_kept_beside_language_and_unit(site: Site, runner: Browser) -> None:
    choose(runner, tone="warm", train_at="18:30", before_min="45", check_in_on_rest="")
    runner.post("/settings/pages", data={"language": "de", "colours": "auto", "distances": "mi"})
    account = site.wiring.people.account(OWNER)
    assert account is not None
    kept = reminders_of(account.settings)
    assert (kept.tone, kept.train_at, kept.before_min) == ("warm", time(18, 30), 45)
    assert not kept.check_in_on_rest
    assert 'name="train_at" value="18:30"' in runner.get("/settings").text


def test_choices_that_cannot_be_read_any_more_are_none() -> None:
    for kept in (None, "x", {"morning_at": "late"}, {"tone": "loud"}):
        assert reminders_of({"reminders": kept}) == Reminders()


def test_each_day_with_work_rings_when_she_chose_and_rest_does_not(
    site: Site, runner: Browser, visitor: Browser
) -> None:
    begin_loop(site.wiring)
    choose(runner)
    found = entries(visitor, address_of(runner))
    week = {day.date: day for day in week_of(site.wiring, ON)}
    sessions = {entry.start: entry for entry in found if not is_check_in(entry)}
    for on, day in week.items():
        assert (on in sessions) is (day.kind is not DayKind.REST)
    assert any(on > max(week) for on in sessions), "the next week comes along"
    for entry in sessions.values():
        assert rings(entry) == timedelta(hours=6, minutes=45)
        assert entry["SUMMARY"].startswith("Planned: ")
        assert entry["TRANSP"] == "TRANSPARENT"
    check_ins = {entry.start: entry for entry in found if is_check_in(entry)}
    for on in week:
        entry = check_ins[datetime.combine(on, time(20, 15))]
        assert entry["DTSTART"].dt.tzinfo is None, "her clock, wherever she is"
        assert rings(entry) == timedelta(0)
        assert entry["TRANSP"] == "TRANSPARENT"


def test_with_an_hour_of_her_own_it_rings_before(
    site: Site, runner: Browser, visitor: Browser
) -> None:
    begin_loop(site.wiring)
    choose(runner, train_at="18:30", before_min="45", check_in_at="")
    found = entries(visitor, address_of(runner))
    assert found
    for entry in found:
        assert entry.start.time() == time(18, 30)
        assert rings(entry) == timedelta(minutes=-45)


def test_rest_is_quiet_where_she_wants_it_so(site: Site, runner: Browser, visitor: Browser) -> None:
    begin_loop(site.wiring)
    choose(runner, check_in_on_rest="")
    days = {entry.start for entry in entries(visitor, address_of(runner)) if is_check_in(entry)}
    week = week_of(site.wiring, ON)
    rest = {day.date for day in week if day.kind is DayKind.REST}
    assert rest
    assert {day.date() for day in days}.isdisjoint(rest)


@pytest.mark.parametrize("tone", ["plain", "warm", "brief"])
@pytest.mark.parametrize("code", ["en", "de"])
def test_nothing_in_it_is_of_a_knee(
    site: Site, runner: Browser, visitor: Browser, tone: str, code: str
) -> None:
    begin_loop(site.wiring)
    runner.post("/settings/pages", data={"language": code, "colours": "auto", "distances": "mi"})
    choose(runner, tone=tone, about="silence")
    tell(site.wiring, ON - timedelta(days=5), pain_now=4)
    found = entries(visitor, address_of(runner))
    assert found
    for entry in found:
        assert OF_A_KNEE.search(entry["SUMMARY"]) is None
        assert "DESCRIPTION" not in entry
        (alarm,) = entry.walk("VALARM")
        assert alarm["DESCRIPTION"] == entry["SUMMARY"]
    said = {str(entry["SUMMARY"]) for entry in found if is_check_in(entry)}
    asks = {"en": "How is it going", "de": "Wie läuft es"}
    assert all(asks[code] in each for each in said)


def test_entries_keep_who_they_are_and_grow_when_she_chooses_anew(
    site: Site, runner: Browser, visitor: Browser
) -> None:
    begin_loop(site.wiring)
    choose(runner)
    path = address_of(runner)
    first, again = entries(visitor, path), entries(visitor, path)
    assert [each["UID"] for each in first] == [each["UID"] for each in again]
    assert len({each["UID"] for each in first}) == len(first)
    assert [each["SEQUENCE"] for each in first] == [each["SEQUENCE"] for each in again]
    choose(runner, tone="brief")
    later = entries(visitor, path)
    assert [each["UID"] for each in later] == [each["UID"] for each in first]
    assert later[0]["SEQUENCE"] > first[0]["SEQUENCE"]
    assert later[0]["SUMMARY"] != first[0]["SUMMARY"]


def test_a_day_that_was_told_of_is_not_asked_for(
    site: Site, runner: Browser, visitor: Browser
) -> None:
    begin_loop(site.wiring)
    choose(runner)
    path = address_of(runner)
    today = datetime.combine(ON, time(20, 15))
    assert today in [entry.start for entry in entries(visitor, path)]
    tell(site.wiring, ON, pain_now=1)
    assert today not in [entry.start for entry in entries(visitor, path)]


def test_today_is_as_its_card_has_it(site: Site, runner: Browser, visitor: Browser) -> None:
    days = begin_loop(site.wiring)
    choose(runner, check_in_at="")
    path = address_of(runner)
    on = days[DayKind.RUN]
    assert on in [entry.start for entry in entries(visitor, path)]
    runner.post(f"/week/{ON}/rest", data={"on": str(on)})
    assert on not in [entry.start for entry in entries(visitor, path)]


def test_who_wants_to_be_reminded_of_nothing_has_her_week_in_silence(
    site: Site, runner: Browser, visitor: Browser
) -> None:
    begin_loop(site.wiring)
    choose(runner, about="off")
    for found in (
        entries(visitor, address_of(runner)),
        entries(runner, f"/week/{ON}/calendar.ics"),
    ):
        assert found
        assert not any(is_check_in(entry) for entry in found)
        assert not any(entry.walk("VALARM") for entry in found)


def test_a_plan_that_is_put_away_is_in_no_calendar(
    site: Site, runner: Browser, visitor: Browser, at_six: Callable[[time], None]
) -> None:
    begin_loop(site.wiring)
    choose(runner)
    path = address_of(runner)
    assert entries(visitor, path)
    at_six(time(7))
    check_the_knee(site.wiring, "emergency")
    assert entries(visitor, path) == []
    file = f"/week/{ON}/calendar.ics"
    assert runner.get(file).status_code == 404
    assert file not in runner.get("/week").text


def test_a_file_that_was_taken_along_is_taken_back_with_the_plan(
    site: Site, runner: Browser, at_six: Callable[[time], None]
) -> None:
    begin_loop(site.wiring)
    file = f"/week/{ON}/calendar.ics"
    before = {str(each["UID"]): each for each in entries(runner, file)}
    at_six(time(7))
    check_the_knee(site.wiring, "emergency")
    assert file in runner.get("/week").text
    after = {str(each["UID"]): each for each in entries(runner, file)}
    assert after.keys() == before.keys()
    assert {(each["STATUS"], each["SEQUENCE"]) for each in after.values()} == {("CANCELLED", 1)}


def test_an_address_opens_her_own_calendar_and_nothing_else(
    site: Site, runner: Browser, visitor: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    begin_loop(site.wiring)
    choose(runner)
    other = sign_up("other", "Other")
    choose(other)
    hers, mine = address_of(other), address_of(runner)
    assert entries(visitor, hers) == []
    assert entries(visitor, mine) != []
    token = mine.removeprefix("/calendar/").removesuffix(".ics")
    bearer = {"authorization": f"Bearer {token}"}
    assert visitor.get("/api/v1/today", headers=bearer).status_code == 403
    assert visitor.post("/api/v1/check-ins", json={}, headers=bearer).status_code == 403
    made = runner.post("/settings/tokens", data={"name": "mine", "scopes": ["read"]}).text
    found = re.search(r'<code class="token">([\w-]{20,})</code>', made)
    assert found is not None
    assert visitor.get(f"/calendar/{found[1]}.ics").status_code == 404


def test_switched_off_or_renewed_the_old_address_answers_nobody(
    site: Site, runner: Browser, visitor: Browser
) -> None:
    first = address_of(runner)
    second = address_of(runner)
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200
    assert visitor.head(second).status_code == 200
    assert "There is one, made" in runner.get("/settings").text
    assert runner.post("/settings/calendar/off").status_code == 303
    gone, never = visitor.get(second), visitor.get("/calendar/never-was.ics")
    assert (gone.status_code, gone.text) == (404, never.text)
    assert calendar_of(OWNER, people=site.wiring.people) is None


def test_of_an_address_only_a_hash_is_kept_and_no_page_shows_it_again(
    site: Site, runner: Browser
) -> None:
    token = address_of(runner).removeprefix("/calendar/").removesuffix(".ics")
    assert token not in runner.get("/settings").text
    kept = b"".join(
        path.read_bytes() for path in site.wiring.settings.home.iterdir() if path.is_file()
    )
    assert token.encode() not in kept
    assert token_hash(token).encode() in kept


def test_nothing_of_an_address_is_written_down(
    site: Site,
    runner: Browser,
    visitor: Browser,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = address_of(runner)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        entries(visitor, path)

        def break_down(*_: object, **__: object) -> Any:
            raise RuntimeError(path)

        monkeypatch.setattr("sidestep.web.pages.calendar.reminder_entries", break_down)
        assert visitor.get(path).status_code == 500
    # What the tests' own browser and reader say of themselves is not the server's log.
    ours = [each for each in caplog.records if not each.name.startswith(("httpx", "ical"))]
    assert any("RuntimeError" in each.getMessage() for each in ours)
    assert not any(token in each.getMessage() for each in ours)


def test_addresses_cannot_be_tried_by_the_thousand(runner: Browser, visitor: Browser) -> None:
    path = address_of(runner)
    for n in range(MOST):
        assert visitor.get(f"/calendar/guess-{n}.ics").status_code == 404
    answer = visitor.get(path)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    # A calendar that goes on asking must not lock its owner out.
    form = {"name": "Runner", "password": PASSWORD}
    assert visitor.post("/sign-in", data=form).status_code == 303


def test_a_week_is_taken_along_as_a_file_that_goes_on(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    choose(runner)
    assert f'href="/week/{ON}/calendar.ics"' in runner.get("/week").text
    first = {str(each["UID"]): each for each in entries(runner, f"/week/{ON}/calendar.ics")}
    on = next(
        day.date
        for day in week_of(site.wiring, ON)
        if any(block.kind is BlockKind.RUN for block in day.blocks)
    )
    same = {str(each["UID"]): each for each in entries(runner, f"/week/{ON}/calendar.ics")}
    assert {uid: each["SEQUENCE"] for uid, each in same.items()} == dict.fromkeys(first, 0)
    runner.post(f"/week/{ON}/rest", data={"on": str(on)})
    after = {str(each["UID"]): each for each in entries(runner, f"/week/{ON}/calendar.ics")}
    (gone,) = (uid for uid, each in after.items() if each["STATUS"] == "CANCELLED")
    assert f"-day-{on}-" in gone
    assert after[gone]["SEQUENCE"] == 1
    assert not after[gone].walk("VALARM")
    week = kept_week_of(site.wiring.store, ON)
    assert week is not None
    kept = [day.date for day in days_of(week) if day.kind is not DayKind.REST]
    going = [each for uid, each in after.items() if uid != gone and not is_check_in(each)]
    assert [each.start for each in going] == kept


def test_a_file_of_a_week_is_hers_alone(
    site: Site, runner: Browser, visitor: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    begin_loop(site.wiring)
    path = f"/week/{ON}/calendar.ics"
    assert runner.get(path).status_code == 200
    assert sign_up("other", "Other").get(path).status_code == 404
    assert visitor.get(path).status_code == 303


def test_after_her_hour_today_leads_to_the_check_in(
    site: Site, runner: Browser, at_six: Callable[[time], None]
) -> None:
    begin_loop(site.wiring)
    asks = "Check in: how was the day?"
    at_six(time(21))
    assert asks not in shown(runner), "nobody chose an hour yet"
    choose(runner)
    assert asks in shown(runner)
    at_six(time(20, 14))
    assert asks not in shown(runner)
    at_six(time(20, 15))
    assert asks in shown(runner)
    choose(runner, about="off")
    assert asks not in shown(runner)
    choose(runner)
    tell(site.wiring, ON, pain_now=1)
    assert asks not in shown(runner)


def test_two_days_without_a_word_are_noticed_kindly_where_she_wants_it(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    tell(site.wiring, ON, pain_now=1)
    choose(runner, about="silence", tone="warm")
    quiet, yesterday = "It has been quiet since Sunday 22 November", "Yesterday is still open"
    for days, is_quiet in ((1, False), (2, False), (3, True), (5, True)):
        go_to(ON + timedelta(days=days), monkeypatch)
        page = shown(runner)
        assert (quiet in page) is is_quiet
        assert not (quiet in page and yesterday in page), "one line is enough"
    choose(runner, about="planned")
    assert quiet not in shown(runner)
    choose(runner, about="silence")
    tell(site.wiring, ON + timedelta(days=5), pain_now=1)
    assert "Nothing told since" not in shown(runner)


def test_who_never_told_anything_is_asked_after_the_plan_began(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    choose(runner, about="silence")
    assert "Nothing told since" not in shown(runner)
    go_to(ON + timedelta(days=2), monkeypatch)
    assert "Nothing told since Sunday 22 November" in shown(runner)
