"""The mirror's pages: where somebody is in the course, the setup, one session and its end."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from builders.clip_results import filmed_at, kept_run, kept_squat
from builders.days_told import answered
from sidestep.bootstrap.settings import OWNER
from sidestep.services.clips.mirror_plan import mirror_setup
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.web.site import Site

from .conftest import Browser

START = "data-start="


def checked(site: Site, example: str = "self_care") -> None:
    desk = site.desk(OWNER)
    answered(desk.store, desk.clock, example)  # type: ignore[arg-type]


def leg(n_over: int | None = 4, value: float | None = 8.1) -> dict[str, Any]:
    measure = (
        {"value": None, "reason": "2 measured steps; 7 are needed."}
        if value is None
        else {"value": value, "error": 1.9, "n": 40, "corrected_for": []}
    )
    return {
        "n_steps": 41,
        "femoral_adduction_deg": measure,
        "n_measured": 40,
        "n_over_limit": n_over,
        "over_limit_share": None,
    }


def ran(site: Site, number: int | None = 1, **changes: Any) -> str:
    parts = [
        {"has_feedback": has, "duration_s": 400.0, "left": leg(), "right": leg(9)}
        for has in (True, False)
    ]
    content: dict[str, Any] = {
        "view": "front",
        "watched": "femoral_adduction_deg",
        "limit": 7.5,
        "duration_s": 800.0,
        "n_steps": 82,
        "cadence_spm": {"value": 171.0, "error": 0.9, "n": 82, "corrected_for": []},
        "left": leg(),
        "right": leg(9),
        "delay_ms": {"median": 71.0, "percentile_95": 96.0},
        "frames": {"shown": 900, "dropped": 3, "shown_per_s": 27.0, "too_few": False},
        "broke_off": None,
        "number": number,
        "planned": {"number": 1, "minutes": 15, "feedback_share": 1.0},
        "parts": parts,
    }
    desk = site.desk(OWNER)
    return keep_document(DocumentKind.MIRROR_SESSION, {**content, **changes}, **desk.pieces).id


def test_the_first_session_can_begin(runner: Browser, site: Site) -> None:
    checked(site)
    shown = runner.get("/mirror").text
    assert "Session 1 of 8" in shown
    assert START in shown
    assert "serve --https" in shown


@pytest.mark.parametrize("example", [None, "emergency"])
def test_a_knee_that_is_not_quiet_or_not_known_has_no_start(
    runner: Browser, site: Site, example: str | None
) -> None:
    if example is not None:
        checked(site, example)
    shown = runner.get("/mirror").text
    assert "Not for now" in shown
    assert START not in shown


def test_the_course_goes_on_and_after_it_a_run_and_a_squat_are_filmed(
    runner: Browser, site: Site
) -> None:
    checked(site)
    for number in range(1, 5):
        ran(site, number)
    assert "the mirror is there for 78 % of the time" in runner.get("/mirror").text
    for number in range(5, 9):
        ran(site, number)
    shown = runner.get("/mirror").text
    assert "All sessions are done" in shown
    assert "/clips/new/squat" in shown
    assert START in shown


def test_the_setup_is_kept_and_a_wrong_one_said_with_nothing_lost(
    runner: Browser, site: Site
) -> None:
    checked(site)
    setup = {"view": "rear", "watched": "fppa_deg", "limit": "7.5", "sound": "yes"}
    assert runner.post("/mirror/setup", data=setup).status_code == 303
    kept = mirror_setup(site.desk(OWNER).store)
    assert (kept.view.value, kept.limit, kept.has_sound) == ("rear", 7.5, True)
    wrong = runner.post("/mirror/setup", data={**setup, "limit": "a lot"})
    assert wrong.status_code == 422
    assert "a lot" in wrong.text
    assert mirror_setup(site.desk(OWNER).store) == kept


def test_the_limit_is_shown_as_it_is_written_in_german_and_taken_back_so(
    runner: Browser, site: Site
) -> None:
    checked(site)
    runner.post("/mirror/setup", data={"view": "rear", "watched": "fppa_deg", "limit": "7.5"})
    shown = runner.get("/mirror", headers={"accept-language": "de"}).text
    assert 'name="limit" value="7,5"' in shown
    runner.post("/mirror/setup", data={"view": "rear", "watched": "fppa_deg", "limit": "7,5"})
    assert mirror_setup(site.desk(OWNER).store).limit == 7.5


def test_a_session_shows_both_legs_with_their_errors_and_both_parts(
    runner: Browser, site: Site
) -> None:
    checked(site)
    shown = runner.get(f"/mirror/sessions/{ran(site)}").text
    for said in ("8.1° in", "± 1.9°", "With the mirror", "Without the mirror", "4 / 40", "9 / 40"):
        assert said in shown
    assert "96 ms" in shown
    assert "Something stood between" not in shown
    assert "from another side" not in shown


def test_a_session_without_limit_or_value_shows_no_number_of_them(
    runner: Browser, site: Site
) -> None:
    checked(site)
    part = {"has_feedback": True, "duration_s": 20.0, "left": leg(None), "right": leg(None)}
    session = ran(
        site,
        None,
        limit=None,
        left=leg(None, None),
        right=leg(None, None),
        parts=[part],
        delay_ms=None,
        hidden_s=20.0,
        other_view="rear",
        other_view_s=12.0,
        cadence_spm={"value": None, "reason": "Too few steps in a row were seen."},
    )
    shown = runner.get(f"/mirror/sessions/{session}").text
    assert "not measured" in shown
    assert "°" not in shown
    assert "does not count" in shown
    assert "Something stood between the camera and you" in shown
    assert "seen from another side than the mirror was told" in shown


def test_a_session_is_its_owners(
    runner: Browser, site: Site, sign_up: Callable[[str, str], Browser], visitor: Browser
) -> None:
    checked(site)
    session = ran(site)
    other = sign_up("other", "Other")
    assert other.get(f"/mirror/sessions/{session}").status_code == 404
    assert other.post(f"/mirror/sessions/{session}/delete").status_code == 404
    assert visitor.get("/mirror").status_code == 303
    assert visitor.get(f"/mirror/sessions/{session}").status_code == 303
    assert runner.post(f"/mirror/sessions/{session}/delete").status_code == 303
    assert runner.get(f"/mirror/sessions/{session}").status_code == 404


def test_it_reads_in_german(runner: Browser, site: Site) -> None:
    checked(site)
    runner.headers["accept-language"] = "de"
    for path in ("/mirror", f"/mirror/sessions/{ran(site)}"):
        assert runner.get(path).status_code == 200


def test_before_the_first_session_two_films_are_asked_for_and_may_be_left_out(
    runner: Browser, site: Site
) -> None:
    checked(site)
    shown = runner.get("/mirror").text
    assert "look once without the mirror" in shown
    assert "nobody can tell later" in shown
    assert 'href="/clips/new/run"' in shown
    assert 'href="/clips/new/squat"' in shown
    assert START in shown
    desk = site.desk(OWNER)
    for kept in (kept_run(), kept_squat()):
        desk.store.save_document(filmed_at(kept, desk.clock.now()))
    shown = runner.get("/mirror").text
    assert "Run, filmed on Sunday 22 November" in shown
    assert "nobody can tell later" not in shown
    assert 'href="/clips/new/run"' not in shown
    ran(site)
    assert "look once without the mirror" not in runner.get("/mirror").text


@pytest.mark.parametrize("has_before", [True, False])
def test_after_the_course_the_retest_is_compared_or_it_says_why_not(
    runner: Browser, site: Site, has_before: bool
) -> None:
    checked(site)
    desk = site.desk(OWNER)
    now = desk.clock.now()
    if has_before:
        for kept in (kept_run(), kept_squat()):
            desk.store.save_document(filmed_at(kept, now - timedelta(days=3)))
    for number in range(1, 9):
        ran(site, number)
    for kept in (kept_run(), kept_squat()):
        desk.store.save_document(filmed_at(kept, desk.clock.now() + timedelta(seconds=1)))
    shown = unescape(runner.get("/mirror").text)
    assert ("too small" in shown) is has_before
    assert ("There is no film from before the first session" in shown) is not has_before
    compared = re.findall(r'href="(/clips/compare\?[^"]+)"', shown)
    assert len(compared) == 2 * has_before
    for path in compared:
        assert runner.get(path).status_code == 200
