"""Today's card in the browser."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest

from builders.daily_loop import QUIET, begin_loop, check_the_knee, record_runs, tell, week_of
from builders.runs import a_run
from sidestep.domain.planning.week import BlockKind, DayKind
from sidestep.languages.place_names import said_here
from sidestep.services.people.sign_in import make_link
from sidestep.services.week.today_card import today_card
from sidestep.web.app import create_app
from sidestep.web.site import Site
from web.conftest import BASE, PASSWORD, TODAY, Browser

ON = date.fromisoformat(TODAY)


def go_to(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIDESTEP_TODAY", day.isoformat())


def shown(browser: Browser, path: str = "/today") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def test_a_first_day_begins_with_the_place(runner: Browser) -> None:
    page = shown(runner)
    assert "Where does it hurt?" in page
    assert 'href="/knee"' in page
    assert "sidestep knee" not in page


@pytest.mark.parametrize("kind", list(DayKind))
def test_the_page_says_what_the_card_says(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch, kind: DayKind
) -> None:
    on = begin_loop(site.wiring)
    if kind not in on:
        pytest.skip("this week has no such day")
    go_to(on[kind], monkeypatch)
    desk = site.desk(site.wiring.settings.owner)
    card = today_card(**desk.pieces)
    page = shown(runner)
    for block in card.blocks:
        if kind is DayKind.REST:
            assert said_here(block.why.says, str) in page
            assert "nothing to make up for" in page
        else:
            assert block.title in page
            assert block.dose in page
    assert (f'href="/play/{card.on}"' in page) is (kind is not DayKind.REST)
    assert page.count('aria-current="date"') == 1


def test_rest_is_not_praised_on_a_day_with_a_run(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = begin_loop(site.wiring)[DayKind.REST]
    go_to(on, monkeypatch)
    assert "you are keeping to it" in shown(runner)
    tell(site.wiring, on, pain_now=1, ran=True)
    page = shown(runner)
    assert "you are keeping to it" not in page
    assert "You ran today" in page


def test_a_change_says_why(site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    on = begin_loop(site.wiring)[DayKind.RUN]
    before = on - timedelta(days=1)
    if before < ON:
        on = next(day.date for day in week_of(site.wiring, ON)[1:] if day.kind is DayKind.RUN)
        before = on - timedelta(days=1)
    go_to(before, monkeypatch)
    tell(site.wiring, before, pain_now=1, ran=True, pain_on_run=6)
    go_to(on, monkeypatch)
    page = shown(runner)
    assert "hurt 6 of 10" in page
    assert "Why this change" in page
    assert "Basis" in page


def test_a_hidden_plan_says_who_and_how_soon(site: Site, runner: Browser) -> None:
    check_the_knee(site.wiring, "urgent")
    card = today_card(**site.desk(site.wiring.settings.owner).pieces)
    assert card.check is not None
    flag = next(each.flag for each in card.check.red_flags if each.is_present)
    page = shown(runner)
    assert flag.who in page
    assert flag.how_soon in page
    assert "/play/" not in page


def test_no_week_that_fits_says_what_would_help(site: Site, runner: Browser) -> None:
    from sidestep.services.week.edit_profile import change_profile

    check_the_knee(site.wiring, **QUIET)
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    desk = site.desk(site.wiring.settings.owner)
    change_profile({"not_on": days}, **desk.pieces)
    page = shown(runner)
    assert "No week fits" in page
    assert "sidestep profile" not in page
    assert 'href="/settings"' in page


def test_one_thing_comes_next(site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    on = begin_loop(site.wiring)[DayKind.RUN]
    go_to(on, monkeypatch)
    assert "Start: about" in shown(runner)
    record_runs(site.wiring, [a_run(0, 4.0, on=on)])
    assert "Start: about" not in shown(runner)
    tell(site.wiring, on, pain_now=1)
    assert "You have told of today" in shown(runner)


def test_an_open_yesterday_is_only_offered(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    go_to(ON + timedelta(days=1), monkeypatch)
    assert f'href="/check-in?day={ON}"' in shown(runner)
    tell(site.wiring, ON, pain_now=1)
    assert f'href="/check-in?day={ON}"' not in shown(runner)


PAGES = (
    "/today",
    "/week",
    "/week/ahead",
    f"/week/{TODAY}",
    f"/week/{TODAY}/review",
    "/check-in",
    f"/check-in/done?day={TODAY}",
    f"/play/{TODAY}",
    f"/play/{TODAY}/done",
    "/more",
)


def test_every_page_of_the_loop_is_shown_in_both_languages(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    tell(site.wiring, ON, pain_now=1)
    for path in PAGES:
        for reader in ("en", "de"):
            answer = runner.get(path, headers={"accept-language": reader})
            assert answer.status_code == 200, path
            assert f'lang="{reader}"' in answer.text
            assert "sidestep log" not in answer.text


def test_a_visitor_is_asked_to_sign_in(visitor: Browser) -> None:
    for path in PAGES:
        assert visitor.get(path).headers["location"].startswith("/sign-in")


def test_below_a_path_every_link_leads_there(site: Site) -> None:
    from fastapi.testclient import TestClient

    site.root_path = "/knee-care"
    begin_loop(site.wiring)
    token = make_link(
        site.wiring.settings.owner, people=site.wiring.people, clock=site.wiring.clock
    )
    with TestClient(
        create_app(site),
        base_url=BASE,
        headers={"sec-fetch-site": "same-origin"},
        follow_redirects=False,
    ) as browser:
        form = {"name": "Runner", "password": PASSWORD}
        assert browser.post(f"/knee-care/welcome/{token}", data=form).status_code == 303
        for path in ("/today", "/week", "/check-in", f"/play/{TODAY}", "/more"):
            page = browser.get(f"/knee-care{path}").text
            assert 'href="/knee-care/' in page
            assert 'href="/today"' not in page
            assert 'action="/week' not in page
        listed = browser.get("/knee-care/offline/list").json()
        assert all(each.startswith("/knee-care/") for each in listed["pages"])
        assert '"root": "/knee-care"' in browser.get("/knee-care/worker.js").text


def test_nobody_sees_somebody_elses_day(
    site: Site, runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    begin_loop(site.wiring)
    tell(site.wiring, ON, pain_now=7, ran=True)
    other = sign_up("somebody", "Somebody")
    assert "Where does it hurt?" in shown(other)
    assert other.get(f"/play/{TODAY}").status_code == 404
    assert other.get(f"/play/{TODAY}/1").status_code == 404
    assert other.post(f"/play/{TODAY}/1", data={"did": "done"}).status_code == 404
    assert other.get(f"/check-in/done?day={TODAY}").status_code == 303
    assert "You told of this day before" not in shown(other, f"/check-in?day={TODAY}")
    for path in ("move", "rest", "length", "swap", "undo", "redo"):
        data = {"on": TODAY, "to": TODAY, "distance": "3", "exercise": "x", "instead": "y"}
        assert other.post(f"/week/{TODAY}/{path}", data=data).status_code == 404
    assert other.get("/offline/list").json()["pages"] != runner.get("/offline/list").json()["pages"]


def test_the_card_and_the_player_say_the_same_minutes(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    kinds = {day.date: {block.kind for block in day.blocks} for day in week_of(site.wiring, ON)}
    day = next(on for on, of_day in kinds.items() if BlockKind.DESK in of_day)
    go_to(day, monkeypatch)
    pages = [shown(runner, path) for path in ("/today", f"/play/{day}")]
    said = [re.findall(r"[Aa]bout (\d+) minutes", page)[:1] for page in pages]
    assert said[0] == said[1] != []
