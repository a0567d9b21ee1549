"""The daily loop in a real browser: offline and online again, a run moved, the player."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from builders.daily_loop import begin_loop, week_of
from builders.served import served
from builders.sites import site_over
from sidestep.bootstrap.settings import OWNER
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.planning.week import DayKind
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.people.sign_in import make_link

SUNDAY = "2026-11-22"


@dataclass
class Running:
    """A site that answers on a port of its own."""

    wiring: Wiring
    url: str

    def check_ins(self) -> list[dict[str, object]]:
        documents = self.wiring.store.documents(DocumentKind.CHECK_IN)
        return [document.content for document in documents]


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setenv("SIDESTEP_TODAY", SUNDAY)
    site = site_over(tmp_path / "home")
    on = begin_loop(site.wiring)
    monkeypatch.setenv("SIDESTEP_TODAY", on[DayKind.OFF].isoformat())
    with served(site) as address:
        yield Running(wiring=site.wiring, url=address)


@pytest.fixture(params=[360, 1280])
def context(chrome: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = chrome.new_context(viewport={"width": request.param, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(running: Running, context: BrowserContext) -> Page:
    """Return a page signed in as the data folder's person."""
    token = make_link(OWNER, people=running.wiring.people, clock=running.wiring.clock)
    page = context.new_page()
    page.goto(f"{running.url}/welcome/{token}")
    page.get_by_label("Your name").fill("Runner")
    page.get_by_label("Password").fill("four words in a row")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(lambda url: "/welcome" not in url)
    return page


def keep_for_offline(page: Page, running: Running) -> None:
    """Open today, and wait until the worker has kept everything."""
    page.goto(f"{running.url}/today")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    is_kept = "caches.match('/offline/mark', {cacheName: 'sidestep-pages'}).then(Boolean)"
    for _ in range(200):
        if page.evaluate(is_kept):
            return
        page.wait_for_timeout(100)
    pytest.fail("the worker keeps nothing")


def tap_choice(page: Page, name: str, value: str) -> None:
    page.locator(f'label:has([name="{name}"][value="{value}"])').click()


def test_a_check_in_told_offline_is_sent_once(
    running: Running, page: Page, context: BrowserContext
) -> None:
    keep_for_offline(page, running)
    context.set_offline(True)
    page.goto(f"{running.url}/today")
    expect(page.locator(".from-before")).to_be_visible()
    page.goto(f"{running.url}/check-in")
    expect(page.locator(".from-before")).to_be_visible()
    tap_choice(page, "pain_now", "2")
    tap_choice(page, "did", "all")
    page.get_by_role("button", name="Nothing new. Done").click()
    expect(page.locator(".later")).to_be_visible()
    assert running.check_ins() == []

    context.set_offline(False)
    with page.expect_response(lambda answer: "/check-in/done" in answer.url):
        page.goto(f"{running.url}/today")
    expect(page.locator("#offline")).to_be_visible()
    page.goto(f"{running.url}/today")
    page.wait_for_load_state("networkidle")
    assert [each["answers"]["pain_now"] for each in running.check_ins()] == [2]  # type: ignore[index]


def test_something_new_told_offline_asks_for_rest_at_once(
    running: Running, page: Page, context: BrowserContext
) -> None:
    keep_for_offline(page, running)
    context.set_offline(True)
    page.goto(f"{running.url}/check-in")
    tap_choice(page, "pain_now", "3")
    page.get_by_role("button", name="Something is new").click()
    expect(page.locator(".later")).to_contain_text("Rest until you are online again")
    context.set_offline(False)
    page.goto(f"{running.url}/today")
    page.wait_for_url("**/check-in/signs**")
    assert len(running.check_ins()) == 1


@pytest.mark.parametrize("kind", [DayKind.OFF, DayKind.RUN])
def test_an_ordinary_day_takes_five_taps_at_most(
    running: Running, page: Page, monkeypatch: pytest.MonkeyPatch, kind: DayKind
) -> None:
    days = week_of(running.wiring, running.wiring.clock.today())
    on = next(day.date for day in days if day.kind is kind)
    monkeypatch.setenv("SIDESTEP_TODAY", on.isoformat())
    page.goto(f"{running.url}/check-in")
    taps = [("pain_now", "1"), ("did", "all")]
    if kind is DayKind.RUN:
        taps += [("pain_on_run", "1"), ("pain_hour_after", "0")]
    for name, value in taps:
        tap_choice(page, name, value)
    page.get_by_role("button", name="Nothing new. Done").click()
    page.wait_for_url("**/check-in/done**")
    assert len(taps) + 1 <= 5
    (told,) = running.check_ins()
    assert told["date"] == on.isoformat()


def test_every_daily_page_can_be_read_offline(
    running: Running, page: Page, context: BrowserContext
) -> None:
    keep_for_offline(page, running)
    on = running.wiring.clock.today()
    context.set_offline(True)
    for path in ("/week", f"/play/{on}", f"/play/{on}/1", "/check-in", "/today"):
        page.goto(f"{running.url}{path}")
        expect(page.locator(".from-before")).to_be_visible()
        expect(page.locator("h1").first).to_be_visible()
    page.goto(f"{running.url}/play/{on}/1")
    picture = page.locator("img.figure")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    page.goto(f"{running.url}/settings")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page needs the network")


@pytest.mark.parametrize("context", [360], indirect=True)
def test_what_hurts_too_much_is_said_without_a_network_too(
    running: Running, page: Page, context: BrowserContext
) -> None:
    keep_for_offline(page, running)
    on = running.wiring.clock.today()
    context.set_offline(True)
    page.goto(f"{running.url}/play/{on}/1")
    exercise = page.locator("h1").inner_text()
    page.get_by_text("Did it hurt?").click()
    tap_choice(page, "pain", "0")
    page.get_by_role("button", name="Done, next").click()
    page.wait_for_url(f"**/play/{on}/2")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.goto(f"{running.url}/play/{on}/1")
    page.get_by_text("Did it hurt?").click()
    tap_choice(page, "pain", "9")
    page.get_by_role("button", name="Done, next").click()
    page.wait_for_url(f"**/play/{on}/2")
    said = page.get_by_role("alert")
    expect(said).to_contain_text(f"{exercise} hurt 9 of 10")
    expect(said).to_contain_text("That one is over for today")
    said.get_by_role("link", name="Enough for today").click()
    expect(said).to_contain_text(f"{exercise} hurt 9 of 10")
    expect(said.locator("p:visible")).to_have_count(2)


def test_signing_out_takes_everything_off_the_device(running: Running, page: Page) -> None:
    keep_for_offline(page, running)
    page.goto(f"{running.url}/play/{running.wiring.clock.today()}/1")
    assert page.evaluate("localStorage.getItem('sidestep.play')") is not None
    page.goto(f"{running.url}/more")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{running.url}/")
    assert page.evaluate("caches.has('sidestep-pages')") is False
    assert page.evaluate("localStorage.getItem('sidestep.play')") is None


def test_erasing_everything_takes_it_off_the_device_too(running: Running, page: Page) -> None:
    keep_for_offline(page, running)
    page.goto(f"{running.url}/settings")
    erasing = page.locator("#data details").filter(has=page.locator("button.warn"))
    erasing.evaluate("each => { each.open = true }")
    erasing.locator("input[type=password]").fill("four words in a row")
    erasing.locator("button.warn").click()
    page.wait_for_url(f"{running.url}/")
    assert page.evaluate("caches.has('sidestep-pages')") is False
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def a_legal_move(running: Running) -> tuple[str, str, int]:
    """Return a run, a day it may go to, and how many days lie between."""
    from sidestep.domain.planning.edits import MoveRun
    from sidestep.domain.planning.try_edit import try_edit
    from sidestep.domain.planning.week import WeekPlan
    from sidestep.services.week.plan_week import request_now

    wiring = running.wiring
    days = week_of(wiring, wiring.clock.today())
    starts = days[0].date
    request = request_now(
        store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock, week_starts=starts
    )
    for run in (each for each in days if each.kind is DayKind.RUN):
        for to in (each for each in days if each.kind is not DayKind.RUN):
            if run.date < wiring.clock.today():
                continue
            edit = MoveRun(on=run.date, to=to.date)
            if isinstance(try_edit(starts, request, edit), WeekPlan):
                return str(run.date), str(to.date), (to.date - run.date).days
    pytest.fail("no run of this week can go anywhere")


@pytest.mark.parametrize("way", ["drag", "keys"])
def test_a_run_is_moved_by_hand_and_by_keyboard(running: Running, page: Page, way: str) -> None:
    on, to, steps = a_legal_move(running)
    page.goto(f"{running.url}/week")
    grip = page.locator(f'[data-day="{on}"] [data-grip]')
    expect(grip).to_be_visible()
    if way == "drag":
        start, end = grip.bounding_box(), page.locator(f'[data-day="{to}"]').bounding_box()
        assert start is not None
        assert end is not None
        page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        page.mouse.down()
        page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 40, steps=6)
        page.mouse.up()
    else:
        grip.focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-says]")).to_contain_text("Picked up")
        for _ in range(abs(steps)):
            page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")
        expect(page.locator(f'[data-day="{to}"]')).to_have_class(re.compile("is-over"))
        page.keyboard.press("Enter")
    expect(page.get_by_text("Your last change")).to_be_visible()
    kinds = {
        str(day.date): day.kind for day in week_of(running.wiring, running.wiring.clock.today())
    }
    assert kinds[to] is DayKind.RUN
    assert kinds[on] is not DayKind.RUN


def test_escape_leaves_a_run_where_it_was(running: Running, page: Page) -> None:
    on, _, _ = a_legal_move(running)
    page.goto(f"{running.url}/week")
    page.locator(f'[data-day="{on}"] [data-grip]').focus()
    for key in ("Enter", "ArrowRight", "Escape"):
        page.keyboard.press(key)
    expect(page.locator("[data-says]")).to_have_text("Left where it was.")
    expect(page.locator(".is-over")).to_have_count(0)


def test_the_player_counts_and_changes_sides(
    running: Running, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = week_of(running.wiring, running.wiring.clock.today())
    run = next(day.date for day in days if day.kind is DayKind.RUN)
    page.clock.install()
    page.goto(f"{running.url}/play/{run}/1")
    turn = page.locator("[data-turn]")
    expect(turn).to_contain_text("Left")
    page.get_by_role("button", name="Start").click()
    page.clock.run_for(30_000)
    expect(turn).to_contain_text("Right")
    page.get_by_role("button", name="Change sides").click()
    page.clock.run_for(30_000)
    expect(turn).to_contain_text("That was all of it")
    page.get_by_role("button", name="Done, next").click()
    page.wait_for_url(f"**/play/{run}/2")
