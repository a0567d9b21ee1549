"""The check-in: what is sent is what is kept, once; and how many taps it takes."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from builders.daily_loop import begin_loop, check_the_knee, record_runs, tell, week_of
from builders.runs import a_run
from sidestep.domain.planning.week import DayKind
from sidestep.errors import StorageError
from sidestep.services.check_ins.log_day import log_day, parse_day
from sidestep.services.kept_documents import DocumentKind
from sidestep.web.site import Site
from web.conftest import TODAY, Browser

ON = date.fromisoformat(TODAY)


class FormReader(HTMLParser):
    """Reads what a form would send, and what it offers to tap."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.offered: set[tuple[str, str]] = set()
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = values.get("action", "").endswith("/check-in")
        if not self._inside or "name" not in values:
            return
        name, value = values["name"], values.get("value", "")
        if tag == "button" or values.get("type") in ("radio", "checkbox"):
            self.offered.add((name, value))
            if "checked" in values:
                self.sent[name] = value
        elif tag == "input":
            self.sent[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def open_form(browser: Browser, day: str = "") -> FormReader:
    answer = browser.get("/check-in", params={"day": day} if day else {})
    assert answer.status_code == 200, answer.text
    reader = FormReader()
    reader.feed(answer.text)
    return reader


def tap(form: FormReader, **taps: str) -> dict[str, str]:
    for each in taps.items():
        assert each in form.offered, each
    return {**form.sent, **taps}


def kept(site: Site) -> list[dict[str, Any]]:
    documents = site.wiring.store.documents(DocumentKind.CHECK_IN)
    return [document.content for document in documents]


def go_to(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIDESTEP_TODAY", day.isoformat())


def test_an_ordinary_day_off_takes_five_taps_at_most(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = begin_loop(site.wiring)[DayKind.OFF]
    tell(site.wiring, ON, pain_now=1, same_place=True, energy_level=6, ran=True, pain_on_run=1)
    go_to(on, monkeypatch)
    taps = {"pain_now": "1", "did": "all", "new_signs": "no"}
    answer = runner.post("/check-in", data=tap(open_form(runner), **taps))
    assert answer.headers["location"] == f"/check-in/done?day={on}"
    assert len(taps) + 1 <= 5
    answers = kept(site)[-1]["answers"]
    assert answers["lateral_work"] is True
    # As it was told last, until somebody says otherwise.
    assert answers["same_place"] is True
    assert answers["energy_level"] == 6


def test_an_ordinary_run_takes_five_taps_at_most(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = begin_loop(site.wiring)[DayKind.RUN]
    tell(site.wiring, on - timedelta(days=1), pain_now=1, same_place=True, energy_level=6)
    go_to(on, monkeypatch)
    taps = {
        "pain_now": "1",
        "did": "all",
        "pain_on_run": "1",
        "pain_hour_after": "0",
        "new_signs": "no",
    }
    assert len(taps) <= 5
    answer = runner.post("/check-in", data=tap(open_form(runner), **taps))
    assert answer.headers["location"] == f"/check-in/done?day={on}"
    answers = kept(site)[-1]["answers"]
    assert answers["ran"] is True
    assert answers["stretched_before"] is True
    assert answers["stretched_after"] is True
    assert answers["side_steps"] is True
    assert (answers["pain_on_run"], answers["pain_hour_after"]) == (1, 0)


def test_no_pain_is_ever_filled_in(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    tell(site.wiring, ON - timedelta(days=1), pain_now=3, pain_this_morning=2, energy_level=5)
    form = open_form(runner)
    assert not [name for name in form.sent if name.startswith("pain")]
    assert "new_signs" not in form.sent
    assert form.sent["energy_level"] == "5"


def test_the_page_keeps_what_the_log_keeps(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    answers = {
        "pain_now": 2,
        "same_place": True,
        "new_signs": False,
        "pain_this_morning": 1,
        "energy_level": 4,
        "ran": True,
        "pain_before_run": 0,
        "pain_on_run": 2,
        "pain_hour_after": 1,
        "effort_rpe": 5,
        "stretched_before": True,
        "stretched_after": False,
        "side_steps": True,
        "lateral_work": True,
        "strength": False,
        "pain_on_exercises": 2,
    }
    sent = {
        id: {True: "yes", False: "no"}.get(value, str(value))
        if isinstance(value, bool)
        else str(value)
        for id, value in answers.items()
    }
    assert runner.post("/check-in", data={**sent, "day": TODAY, "key": "one"}).status_code == 303
    by_page = kept(site)[-1]
    _, facts = parse_day(answers, site.wiring.knowledge)
    log_day(ON, facts, **site.desk(site.wiring.settings.owner).pieces)
    assert by_page == kept(site)[-1]


def test_what_is_sent_twice_is_kept_once(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    data = tap(open_form(runner), pain_now="1", new_signs="no")
    first = runner.post("/check-in", data=data)
    again = runner.post("/check-in", data=data)
    assert first.headers["location"] == again.headers["location"]
    assert len(kept(site)) == 1
    anew = tap(open_form(runner), pain_now="2", new_signs="no")
    assert runner.post("/check-in", data=anew).status_code == 303
    assert [each["answers"]["pain_now"] for each in kept(site)] == [1, 2]


def test_the_same_key_of_somebody_else_is_another(
    site: Site, runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    other = sign_up("somebody", "Somebody")
    data = {"day": TODAY, "key": "shared", "pain_now": "1", "new_signs": "no"}
    assert runner.post("/check-in", data=data).status_code == 303
    assert other.post("/check-in", data=data).status_code == 303
    assert len(kept(site)) == 1
    assert len(site.wiring.of("somebody").store.documents(DocumentKind.CHECK_IN)) == 1


def test_what_could_not_be_kept_may_come_again(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    data = tap(open_form(runner), pain_now="1", new_signs="no")

    def full(*_: object, **__: object) -> None:
        raise StorageError("the disk is full", hint="Make room.")

    with monkeypatch.context() as broken:
        broken.setattr("sidestep.web.pages.check_in.log_day", full)
        assert runner.post("/check-in", data=data).status_code == 503
    assert kept(site) == []
    assert runner.post("/check-in", data=data).status_code == 303
    assert len(kept(site)) == 1


def test_a_wrong_value_says_so_and_loses_nothing(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    data = {"day": TODAY, "key": "k", "pain_now": "11", "energy_level": "7", "new_signs": "no"}
    answer = runner.post("/check-in", data=data)
    assert answer.status_code == 422
    assert "11" in unescape(answer.text)
    reader = FormReader()
    reader.feed(answer.text)
    assert reader.sent["energy_level"] == "7"
    assert kept(site) == []
    fixed = {**reader.sent, "pain_now": "1", "new_signs": "no"}
    assert runner.post("/check-in", data=fixed).status_code == 303
    assert len(kept(site)) == 1


def test_a_run_on_file_is_filled_in(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    record_runs(site.wiring, [a_run(0, 4.0, on=ON)])
    form = open_form(runner)
    assert form.sent["ran"] == "yes"
    runner.post("/check-in", data=tap(form, pain_now="1", new_signs="no"))
    assert kept(site)[-1]["answers"]["ran"] is True


def test_missed_work_is_asked_kindly_and_kept(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = begin_loop(site.wiring)[DayKind.OFF]
    go_to(on, monkeypatch)
    form = open_form(runner)
    data = tap(form, pain_now="0", did="none", missed_why="too_long", new_signs="no")
    runner.post("/check-in", data=data)
    answers = kept(site)[-1]["answers"]
    assert answers["missed_why"] == "too_long"
    assert answers["lateral_work"] is False
    assert "No judgement" in runner.get("/check-in").text


def test_a_missed_day_is_told_later_with_its_morning_after(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    day = ON - timedelta(days=2)
    form = open_form(runner, day.isoformat())
    data = tap(form, pain_now="2", pain_next_morning="3", new_signs="no")
    assert runner.post("/check-in", data=data).headers["location"].endswith(str(day))
    assert kept(site)[-1]["date"] == day.isoformat()
    assert kept(site)[-1]["answers"]["pain_next_morning"] == 3
    assert not [name for name, _ in open_form(runner).offered if name == "pain_next_morning"]


@pytest.mark.parametrize("day", ["2026-11-99", "yesterday", "../x"])
def test_what_is_no_day_is_not_found(runner: Browser, day: str) -> None:
    assert runner.get("/check-in", params={"day": day}).status_code == 404


def test_a_day_ahead_is_today(runner: Browser) -> None:
    assert open_form(runner, "2027-01-01").sent["day"] == TODAY


def answer_signs(browser: Browser, place: str, answers: dict[str, str]) -> str:
    """Go through the warning signs, all but those named with no; return where it ends."""
    for _ in range(60):
        if "/check-in/signs" not in place:
            return place
        shown = browser.get(place)
        if shown.status_code == 303:
            return shown.headers["location"]
        page = shown.text
        fields = dict(re.findall(r'name="(day|question|passed)" value="([^"]*)"', page))
        offered = re.findall(r'name="answer" value="([^"]*)"', page)
        mild = next(each for each in ("no", "none", "normal", offered[0]) if each in offered)
        answer = answers.get(fields["question"], mild)
        place = browser.post("/check-in/signs", data={**fields, "answer": answer}).headers[
            "location"
        ]
    pytest.fail("the signs never end")


def test_nothing_new_ends_the_check_in_whatever_the_pain(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    data = {"day": TODAY, "key": "k", "pain_now": "4", "new_signs": "no"}
    assert runner.post("/check-in", data=data).headers["location"] == f"/check-in/done?day={TODAY}"
    done = runner.get(f"/check-in/done?day={TODAY}").text
    assert "not every warning sign was answered" not in done
    signs = runner.get(f"/check-in/signs?day={TODAY}")
    assert signs.headers["location"] == f"/check-in/done?day={TODAY}"


@pytest.mark.parametrize("sent", [{"pain_now": "4"}, {"new_signs": "yes"}])
def test_more_pain_or_something_new_asks_the_signs_first(
    site: Site, runner: Browser, sent: dict[str, str]
) -> None:
    begin_loop(site.wiring)
    answer = runner.post("/check-in", data={"day": TODAY, "key": "k", "pain_now": "1", **sent})
    place = answer.headers["location"]
    assert place == f"/check-in/signs?day={TODAY}"
    assert answer_signs(runner, place, {}) == f"/check-in/done?day={TODAY}"
    done = runner.get(f"/check-in/done?day={TODAY}").text
    assert "not every warning sign was answered" not in done
    assert kept(site)[-1]["answers"]["calf_swollen"] is False


def test_an_emergency_ends_the_questions(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    data = {"day": TODAY, "key": "k", "pain_now": "5", "new_signs": "yes"}
    place = runner.post("/check-in", data=data).headers["location"]
    end = answer_signs(runner, place, {"knee_hot_swollen": "yes", "fever": "yes"})
    page = unescape(runner.get(end).text)
    assert "Get help now" in page
    assert "gives_way" not in kept(site)[-1]["answers"]
    assert "/play/" not in runner.get("/today").text


def test_not_knowing_is_not_no(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    data = {"day": TODAY, "key": "k", "pain_now": "1", "new_signs": "yes"}
    place = runner.post("/check-in", data=data).headers["location"]
    end = answer_signs(runner, place, {"calf_swollen": "unknown"})
    assert end == f"/check-in/done?day={TODAY}"
    assert "calf_swollen" not in kept(site)[-1]["answers"]
    assert "not every warning sign was answered" in unescape(runner.get(end).text) or (
        "Be seen" in unescape(runner.get(end).text)
    )


def test_a_sign_nobody_asks_is_not_taken(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    data = {"day": TODAY, "question": "age_years", "answer": "3"}
    assert runner.post("/check-in/signs", data=data).status_code == 303
    assert kept(site) == []


def test_the_answer_says_what_comes(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = begin_loop(site.wiring)[DayKind.RUN]
    go_to(on, monkeypatch)
    data = tap(open_form(runner), pain_now="1", did="all", pain_on_run="5", new_signs="no")
    place = runner.post("/check-in", data=data).headers["location"]
    page = unescape(runner.get(place).text)
    assert "Running: one step back" in page
    assert "hurt 5 of 10" in page
    assert "Tomorrow" in page


def test_pain_that_keeps_the_next_run_back_is_said_at_once(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    days = week_of(site.wiring, ON)
    before, run = next(
        (one, other)
        for one, other in pairwise(days)
        if one.kind is DayKind.REST and other.kind is DayKind.RUN
    )
    go_to(before.date, monkeypatch)
    tell(site.wiring, before.date, pain_now=1)
    page = unescape(runner.get("/check-in/done").text)
    assert "if the morning is no worse" in page
    assert "Rest, as planned" in page
    for pain, instead in (("4", "A walk instead of the run"), ("7", "Rest instead of the run")):
        tell(site.wiring, before.date, pain_now=float(pain))
        page = unescape(runner.get("/check-in/done").text)
        assert "if the morning is no worse" not in page
        assert instead in page
        assert f"hurts {pain} of 10" in page
    assert "Rest, as planned" not in page
    assert "hurts 7 of 10" in unescape(runner.get("/today").text)
    go_to(run.date, monkeypatch)
    assert "Rest today" in unescape(runner.get("/today").text)


def test_after_a_run_no_walk_is_asked_for_in_its_place(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin_loop(site.wiring)[DayKind.RUN]
    go_to(run, monkeypatch)
    tell(site.wiring, run, pain_now=3)
    assert "A walk instead of the run" in unescape(runner.get("/check-in/done").text)
    tell(site.wiring, run, pain_now=3, ran=True, pain_on_run=2)
    for path in ("/check-in/done", "/today"):
        assert "A walk instead of the run" not in unescape(runner.get(path).text)


def test_without_a_knee_check_the_day_is_kept_all_the_same(site: Site, runner: Browser) -> None:
    form = open_form(runner)
    data = tap(form, pain_now="1", new_signs="no")
    place = runner.post("/check-in", data=data).headers["location"]
    assert len(kept(site)) == 1
    assert runner.get(place).status_code == 200


def test_a_hidden_plan_can_be_told_of(site: Site, runner: Browser) -> None:
    check_the_knee(site.wiring, "urgent")
    data = tap(open_form(runner), pain_now="1", new_signs="no")
    place = runner.post("/check-in", data=data).headers["location"]
    assert "Be seen before you go on" in unescape(runner.get(place).text)
