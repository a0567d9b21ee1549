"""The course at the mirror: what is next, what counts, when to look again, when to wait."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from builders.clip_results import filmed_at, kept_run, kept_squat
from builders.days_told import RULES, At, answered
from builders.drawn_clips import GreyClip
from builders.motion_runner import Camera, Runner
from fakes.mirror import TrackedPoses
from fakes.stores import MemoryStore
from sidestep.domain.motion.calibration import EXACT
from sidestep.domain.motion.mirror import Mirror
from sidestep.domain.motion.mirror_course import PlannedSession, has_mirror, mirror_course
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.errors import InputError
from sidestep.services.clips.browser_mirror import BrowserMirror, Cue, SentPicture
from sidestep.services.clips.mirror_loop import MirrorLoop
from sidestep.services.clips.mirror_plan import (
    CHECK_FIRST,
    MirrorPlan,
    MirrorSetup,
    keep_mirror_setup,
    mirror_plan,
)
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.ports.frames import Frame

RUNNER = Runner(
    rate_hz=30,
    duration_s=12,
    adduction_deg={Side.LEFT: 12.0, Side.RIGHT: 6.0},
    camera=Camera(distance_m=40, focal_px=20_000),
)
FIRST_DAY = date(2026, 7, 1)


class GreyPictures:
    """Implements ``services.ports.SentPictures``: whatever is sent is a grey picture."""

    def frame(self, jpeg: bytes, time_s: float) -> Frame:
        return next(iter(GreyClip([time_s]).frames()))


def plan(store: MemoryStore, at: At) -> MirrorPlan:
    return mirror_plan(store=store, knowledge=RULES, clock=at)


def kept(store: MemoryStore, at: At, kind: str, content: dict[str, Any]) -> None:
    keep_document(DocumentKind(kind), content, store=store, knowledge=RULES, clock=at)


def ran(store: MemoryStore, at: At, number: int | None) -> None:
    side = {"femoral_adduction_deg": {"value": 8.0}}
    kept(store, at, "mirror_session", {"number": number, "left": side, "right": side})


def filmed(store: MemoryStore, at: At, kind: str, *, usable: bool = True) -> str:
    clip = kept_run() if kind == "clip_run" else kept_squat()
    clip = filmed_at(clip, at.now(), usable=usable)
    store.save_document(clip)
    return clip.id


def test_the_course_is_that_of_the_study() -> None:
    course = mirror_course(RULES.motion)
    assert [each.number for each in course] == list(range(1, 9))
    assert [each.feedback_share for each in course[:4]] == [1.0] * 4
    assert (course[0].minutes, course[-1].minutes) == (15, 30)
    fading = [each.feedback_share for each in course[3:]]
    assert fading == sorted(fading, reverse=True)
    assert len(set(fading)) == len(fading)
    assert fading[-1] == pytest.approx(0.1)


@pytest.mark.parametrize("share", [1.0, 0.775, 0.1])
def test_the_mirror_is_there_for_its_share_of_the_time_and_first(share: float) -> None:
    seconds = np.arange(0, 1800)
    there = [has_mirror(float(each), share, RULES.motion) for each in seconds]
    assert there[0]
    assert np.mean(there) == pytest.approx(share, abs=0.01)


def test_the_next_session_follows_those_that_counted() -> None:
    store, at = MemoryStore(), At()
    answered(store, at)
    assert plan(store, at).next == mirror_course(RULES.motion)[0]
    for number in (1, 2, None, 3):
        ran(store, at, number)
    now = plan(store, at)
    assert now.next is not None
    assert now.next.number == 4
    assert (len(now.done), len(now.others)) == (3, 1)
    assert now.usual == 8.0
    assert now.retests == ()


def test_after_the_course_two_retests_ask_for_a_run_and_a_squat() -> None:
    store, at = MemoryStore(), At(day=FIRST_DAY)
    answered(store, at)
    filmed(store, at, "clip_run")
    for number in range(1, 9):
        ran(store, at, number)
    now = plan(store, at)
    assert now.next is None
    assert now.free.feedback_share == 1.0
    assert [each.due_on for each in now.retests] == [FIRST_DAY, FIRST_DAY + timedelta(days=28)]
    assert not any(each.has_run for each in now.retests), "what was filmed before does not tell"
    filmed(store, at, "clip_run")
    filmed(store, at, "clip_squat", usable=False)
    first, later = plan(store, at).retests
    assert (first.has_run, first.has_squat, later.has_run) == (True, False, False)
    at.day = FIRST_DAY + timedelta(days=30)
    for kind in ("clip_run", "clip_squat"):
        filmed(store, at, kind)
    assert all(each.is_done for each in plan(store, at).retests)


def test_before_the_course_a_run_and_a_squat_are_wanted_and_old_ones_are_called_old() -> None:
    store, at = MemoryStore(), At(day=FIRST_DAY)
    answered(store, at)
    assert not plan(store, at).before.is_whole
    filmed(store, at, "clip_run")
    filmed(store, at, "clip_squat", usable=False)
    before = plan(store, at).before
    assert (before.run is not None, before.squat is not None) == (True, False)
    at.day += timedelta(days=1)
    filmed(store, at, "clip_squat")
    assert plan(store, at).before.is_whole
    at.day = FIRST_DAY + timedelta(days=int(RULES.plans["film_again_days"].value) + 1)
    before = plan(store, at).before
    assert (before.is_run_old, before.is_squat_old) == (True, False)
    ran(store, at, 1)
    filmed(store, at, "clip_run")
    assert plan(store, at).before == before, "what comes after the first session is none of it"


def test_a_retest_is_held_against_the_newest_film_from_before_the_course() -> None:
    store, at = MemoryStore(), At(day=FIRST_DAY - timedelta(days=9))
    answered(store, at)
    filmed(store, at, "clip_run")
    at.day = FIRST_DAY
    before = filmed(store, at, "clip_run")
    for number in range(1, 9):
        ran(store, at, number)
        if number == 4:
            filmed(store, at, "clip_run")
    after = filmed(store, at, "clip_run")
    filmed(store, at, "clip_squat")
    keep_mirror_setup(
        "front",
        "knee_over_foot_pct",
        "",
        has_sound=False,
        store=store,
        knowledge=RULES,
        clock=at,
    )
    first, later = plan(store, at).retests
    assert first.run_compared is not None
    assert (first.run_compared.before.id, first.run_compared.after.id) == (before, after)
    names = [each.name for each in first.run_compared.measures]
    assert names == [RunMeasure.FEMORAL_ADDUCTION, RunMeasure.KNEE_OVER_FOOT]
    assert {leg.is_clear for each in first.run_compared.measures for leg in each.legs} == {False}
    assert first.squat is not None
    assert first.squat_compared is None, "there is none from before to hold it against"
    assert later.run_compared is None


def test_it_waits_for_the_knee() -> None:
    store, at = MemoryStore(), At()
    assert plan(store, at).wait == CHECK_FIRST
    answered(store, at, "emergency")
    assert "see" in plan(store, at).wait
    quiet = MemoryStore()
    answered(quiet, at)
    assert plan(quiet, at).wait == ""


def test_the_setup_is_kept() -> None:
    store, at = MemoryStore(), At()
    assert plan(store, at).setup == MirrorSetup()
    keep_mirror_setup(
        "rear", "fppa_deg", "7,25", has_sound=False, store=store, knowledge=RULES, clock=at
    )
    assert plan(store, at).setup == MirrorSetup(
        view=View.REAR, watched=RunMeasure.FPPA, limit=7.2, has_sound=False
    )
    keep_mirror_setup(
        "rear", "fppa_deg", " ", has_sound=True, store=store, knowledge=RULES, clock=at
    )
    assert plan(store, at).setup.limit is None


@pytest.mark.parametrize("limit", ["ten", "nan", "inf", "61", "-100"])
def test_a_limit_that_is_none_is_refused(limit: str) -> None:
    with pytest.raises(InputError):
        keep_mirror_setup(
            "front",
            "fppa_deg",
            limit,
            has_sound=True,
            store=MemoryStore(),
            knowledge=RULES,
            clock=At(),
        )


@pytest.mark.parametrize(("view", "watched"), [("side", "fppa_deg"), ("front", "cadence_spm")])
def test_a_view_or_measure_without_a_mirror_is_refused(view: str, watched: str) -> None:
    with pytest.raises(InputError):
        keep_mirror_setup(
            view,
            watched,
            "",
            has_sound=True,
            store=MemoryStore(),
            knowledge=RULES,
            clock=At(),
        )


def a_mirror(planned: PlannedSession, limit: float | None = None) -> BrowserMirror:
    setup = MirrorSetup(view=View.REAR, limit=limit)
    mirror = Mirror(view=View.REAR, parameters=RULES.motion, calibration=EXACT, limit=limit)
    poses = TrackedPoses(RUNNER.track())
    return BrowserMirror(
        loop=MirrorLoop(mirror=mirror, poses=poses),
        pictures=GreyPictures(),
        planned=planned,
        setup=setup,
    )


def run(
    mirror: BrowserMirror, *, pause_s: float = 0.0, n: int | None = None
) -> list[dict[str, Any]]:
    """Send the runner's pictures; half-way nothing comes for a while."""
    times = RUNNER.track().time_s[:n]
    return [
        mirror.take(
            SentPicture(
                number=number,
                time_s=500 + float(time_s) + (pause_s if number > len(times) / 2 else 0.0),
                delay_s=0.05,
                n_dropped=0,
                jpeg=b"",
            )
        )
        for number, time_s in enumerate(times)
    ]


SHORT = PlannedSession(number=5, minutes=0, feedback_share=1.0)
BLIND = PlannedSession(number=8, minutes=0, feedback_share=0.02)
"""The mirror is there for six seconds of five minutes."""


def end(mirror: BrowserMirror, store: MemoryStore) -> dict[str, Any]:
    told = mirror.end(store=store, knowledge=RULES, clock=At())
    assert told is not None
    return told.content


def test_without_the_mirror_nothing_is_shown_or_sounds_but_all_is_counted() -> None:
    mirror = a_mirror(BLIND, limit=9.0)
    answers = run(mirror)
    seen = [each for each in answers if each["mirror"]]
    blind = [each for each in answers if not each["mirror"]]
    assert {each["sound"] for each in seen} == {None, "left"}
    assert {each["sound"] for each in blind} == {None}
    assert all("points" in each and "bars" in each for each in seen)
    assert not any("points" in each or "bars" in each or "cue" in each for each in blind)
    content = end(mirror, MemoryStore())
    with_it, without = content["parts"]
    assert (with_it["has_feedback"], without["has_feedback"]) == (True, False)
    assert with_it["duration_s"] + without["duration_s"] == pytest.approx(
        content["duration_s"], abs=0.01
    )
    for side in ("left", "right"):
        assert with_it[side]["n_steps"] + without[side]["n_steps"] == content[side]["n_steps"]
    assert without["left"]["over_limit_share"] > 0.9
    assert without["right"]["over_limit_share"] == 0.0


def test_one_side_over_the_limit_has_the_word() -> None:
    answers = run(a_mirror(SHORT, limit=9.0))
    assert answers[0]["cue"] == Cue.KNEES_APART
    assert answers[-1]["cue"] == Cue.LEFT_OUT
    assert answers[-1]["over"] == {"left": True, "right": False}


def test_a_pause_is_no_running() -> None:
    mirror = a_mirror(SHORT)
    run(mirror, pause_s=600, n=300)
    assert end(mirror, MemoryStore())["duration_s"] == pytest.approx(11, abs=0.1)


def test_half_of_the_minutes_count() -> None:
    for minutes, number in ((0, 5), (1, None)):
        mirror = a_mirror(replace(SHORT, minutes=minutes))
        run(mirror)
        content = end(mirror, MemoryStore())
        assert content["number"] == number
        assert content["planned"]["number"] == 5


def test_nobody_seen_is_nothing_kept() -> None:
    store = MemoryStore()
    assert a_mirror(SHORT).end(store=store, knowledge=RULES, clock=At()) is None
    assert store.documents("mirror_session") == []
