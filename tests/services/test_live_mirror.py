"""The mirror's loop: newest picture only, sounds by the rule, a session that adds up."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from builders.motion_runner import Camera, Runner
from builders.shipped_parameters import shipped_parameters
from fakes.mirror import PacedFrames, RememberedScreen, TrackedPoses
from sidestep.domain.motion.calibration import EXACT, Calibration, Line
from sidestep.domain.motion.mirror import LiveStep, Mirror
from sidestep.domain.motion.pose_track import Cover, PoseTrack
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.skeleton import N_KEYPOINTS, Keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measured, Unknown
from sidestep.errors import InputError, UnreadableFileError
from sidestep.services.clips.live_mirror import run_mirror
from sidestep.services.clips.mirror_session import (
    MirrorSession,
    mean_cadence,
    mirror_document,
)
from sidestep.services.clips.mirror_words import NOT_CORRECTED, mirror_sentences
from sidestep.services.ports.clips import Covered

THIGH = RunMeasure.FEMORAL_ADDUCTION
RUNNER = Runner(
    rate_hz=30,
    duration_s=12,
    adduction_deg={Side.LEFT: 12.0, Side.RIGHT: 6.0},
    camera=Camera(distance_m=40, focal_px=20_000),
)


def mirror(limit: float | None = None, calibration: Calibration = EXACT) -> Mirror:
    return Mirror(
        view=View.REAR,
        parameters=shipped_parameters("motion"),
        calibration=calibration,
        limit=limit,
    )


@cache
def seen() -> PoseTrack:
    return RUNNER.track()


def session(screen: RememberedScreen, limit: float | None = None) -> MirrorSession:
    track = seen()
    return run_mirror(
        PacedFrames(track.time_s.tolist()), TrackedPoses(track), mirror(limit), screen
    )


def slow(frames: PacedFrames, cost_s: float) -> Callable[[], None]:
    def work() -> None:
        frames.now_s += cost_s

    return work


def test_older_pictures_are_dropped_so_that_the_delay_does_not_grow() -> None:
    track = Runner(rate_hz=60, duration_s=3).track()
    frames, screen = PacedFrames(track.time_s.tolist()), RememberedScreen()
    told = run_mirror(frames, TrackedPoses(track, work=slow(frames, 0.045)), mirror(), screen)
    assert told.n_shown + told.n_dropped == len(track.time_s)
    assert told.n_dropped > told.n_shown
    assert told.delay_ms is not None
    median, high = told.delay_ms
    assert 45 - 1e-6 <= median <= high <= 45 + 1000 / 60


def test_getting_ready_costs_no_picture_and_counts_in_no_delay() -> None:
    track = Runner(rate_hz=30, duration_s=3).track()
    frames = PacedFrames(track.time_s.tolist())
    poses = TrackedPoses(track, getting_ready=slow(frames, 4.0))
    told = run_mirror(frames, poses, mirror(), RememberedScreen())
    assert (told.n_shown, told.n_dropped) == (len(track.time_s), 0)
    assert told.delay_ms == pytest.approx((0, 0))


def test_the_delay_on_the_picture_is_that_of_the_pictures_before() -> None:
    track = Runner(rate_hz=30, duration_s=3).track()
    frames, screen = PacedFrames(track.time_s.tolist()), RememberedScreen()
    run_mirror(frames, TrackedPoses(track, work=slow(frames, 0.02)), mirror(), screen)
    assert screen.pictures[0].delay_s is None
    assert screen.pictures[-1].delay_s == pytest.approx(0.02)
    assert not any(picture.is_too_slow for picture in screen.pictures)


def test_the_sound_comes_after_three_of_five_and_no_step_counts_for_two_sounds() -> None:
    screen = RememberedScreen()
    told = session(screen, limit=9.5)
    n_left = told.sides[Side.LEFT].n_steps
    assert {side for _, side in screen.sounds} == {Side.LEFT}
    assert [n_steps for n_steps, _ in screen.sounds] == list(range(3, n_left + 1, 5))


def test_without_a_limit_nothing_sounds() -> None:
    screen = RememberedScreen()
    told = session(screen)
    assert screen.sounds == []
    assert told.sides[Side.LEFT].n_over is None
    assert told.sides[Side.LEFT].over_share is None


def test_a_session_adds_up() -> None:
    told = session(RememberedScreen(), limit=9.5)
    left, right = told.sides[Side.LEFT], told.sides[Side.RIGHT]
    truth = sum(len(RUNNER.visible_stances(side)) for side in Side)
    assert abs(told.n_steps - truth) <= 2
    assert left.n_over == left.n_measured == left.n_steps
    assert left.over_share == 1
    assert right.n_over == 0
    for steps, true in ((left, 12), (right, 6)):
        assert isinstance(steps.value, Measured)
        assert steps.value.value == pytest.approx(true, abs=1)
    assert isinstance(told.cadence_spm, Measured)
    assert told.cadence_spm.value == pytest.approx(168, abs=max(told.cadence_spm.error, 0.5))
    assert told.duration_s == pytest.approx(12, abs=0.1)
    assert told.rate_hz == pytest.approx(30, rel=0.01)
    assert not told.is_too_slow


def test_behind_a_bar_steps_are_counted_and_nothing_is_measured_until_it_is_gone() -> None:
    track, screen = seen(), RememberedScreen()

    def covered(time_s: float) -> Covered | None:
        return Covered(by=Cover.BAR, since_s=2.0) if 8.0 <= time_s < 10.0 else None

    told = run_mirror(
        PacedFrames(track.time_s.tolist()),
        TrackedPoses(track, covered=covered),
        mirror(limit=9.5),
        screen,
    )
    free = session(RememberedScreen(), limit=9.5)
    assert told.n_steps == free.n_steps
    assert told.hidden_s == pytest.approx(8.0, abs=0.1)
    assert mirror_document(told)["hidden_s"] == pytest.approx(told.hidden_s, abs=0.001)
    for side in Side:
        n_measured = told.sides[side].n_measured
        assert n_measured == pytest.approx(free.sides[side].n_measured * 4 / 12, abs=2)
    for picture in screen.pictures:
        recent = [step for side in Side for step in picture.shown.recent[side]]
        is_hidden = picture.shown.hidden_since_s is not None
        assert is_hidden is (covered(picture.frame.time_s) is not None)
        assert not (is_hidden and any(step.values for step in recent if step.time_s >= 2.0))
    assert any("For 8 s something stood between" in said for said in mirror_sentences(told))
    assert not any("something stood" in said for said in mirror_sentences(free))


def test_a_runner_seen_from_behind_in_a_mirror_for_the_front_is_told_and_not_measured() -> None:
    track, screen = seen(), RememberedScreen()
    front = replace(mirror(limit=-60.0), view=View.FRONT)
    told = run_mirror(PacedFrames(track.time_s.tolist()), TrackedPoses(track), front, screen)
    assert told.n_steps > 30
    assert screen.sounds == []
    assert told.other_view_s == pytest.approx(12, abs=0.2)
    for side in Side:
        assert told.sides[side].n_measured == 0
    document = mirror_document(told)
    assert (document["other_view"], document["hidden_s"]) == ("rear", 0.0)
    (words,) = (said for said in mirror_sentences(told) if "you were seen" in said)
    assert words.startswith("For 12 s you were seen from behind, and the mirror was set to see you")
    assert "--view rear" in words
    right = session(RememberedScreen())
    assert right.other_view is None
    assert not any("you were seen" in said for said in mirror_sentences(right))


def test_of_somebody_who_does_not_run_nothing_is_hidden() -> None:
    track, screen = Runner(rate_hz=30, duration_s=2).track(), RememberedScreen()
    poses = TrackedPoses(track, covered=lambda _: Covered(by=Cover.BAR, since_s=0.0))
    told = run_mirror(PacedFrames(track.time_s.tolist()), poses, mirror(), screen)
    assert told.n_steps > 0
    assert told.hidden_s == 0.0


def test_closing_the_window_ends_it() -> None:
    assert session(RememberedScreen(closes_after=10)).n_shown == 10


def test_stopping_from_the_keyboard_still_tells_what_was_seen() -> None:
    track = seen()
    left = iter(range(100))

    def work() -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    poses = TrackedPoses(track, work=work)
    told = run_mirror(PacedFrames(track.time_s.tolist()), poses, mirror(), RememberedScreen())
    assert told.n_shown == 100
    assert told.n_steps > 5


def test_stopping_before_the_first_picture_is_told_so() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    poses = TrackedPoses(seen(), work=stop)
    told = run_mirror(PacedFrames([0.0]), poses, mirror(), RememberedScreen())
    assert mirror_sentences(told) == ["It was stopped before the first picture."]
    assert mirror_document(told)["delay_ms"] is None


def test_points_that_are_hardly_seen_are_not_shown() -> None:
    track = seen()
    score = np.ones(N_KEYPOINTS)
    score[Keypoint.LEFT_KNEE] = 0.1
    screen = RememberedScreen()
    poses = TrackedPoses(track, score=score)
    run_mirror(PacedFrames(track.time_s[:30].tolist()), poses, mirror(), screen)
    shown = screen.pictures[-1].shown.xy_px
    assert np.isnan(shown[Keypoint.LEFT_KNEE]).all()
    assert np.isfinite(shown[Keypoint.RIGHT_KNEE]).all()


def test_an_empty_picture_is_shown_too() -> None:
    track = RUNNER.track()
    track.xy_px[:] = np.nan
    screen = RememberedScreen()
    frames = PacedFrames(track.time_s.tolist())
    told = run_mirror(frames, TrackedPoses(track), mirror(), screen)
    assert told.n_shown == len(screen.pictures) == len(track.time_s)
    assert told.n_steps == 0
    assert "No steps were seen" in mirror_sentences(told)[0]


def test_a_camera_that_breaks_off_does_not_lose_the_session() -> None:
    track = seen()
    frames = PacedFrames(track.time_s.tolist(), breaks="The camera stopped: unplugged.")
    told = run_mirror(frames, TrackedPoses(track), mirror(), RememberedScreen())
    assert told.n_steps > 25
    assert mirror_sentences(told)[-1] == "It ended early: The camera stopped: unplugged."
    assert mirror_document(told)["broke_off"] == "The camera stopped: unplugged."


def test_a_camera_that_never_gives_a_picture_is_an_error() -> None:
    frames = PacedFrames([], breaks="The camera stopped: unplugged.")
    with pytest.raises(UnreadableFileError, match="unplugged"):
        run_mirror(frames, TrackedPoses(seen()), mirror(), RememberedScreen())


def test_a_limit_that_could_never_sound_is_refused() -> None:
    bare = Calibration(model="some network", version="none")
    with pytest.raises(InputError, match="cannot be measured from behind") as refused:
        run_mirror(
            PacedFrames([0.0]),
            TrackedPoses(seen()),
            mirror(9.5, bare),
            RememberedScreen(),
        )
    assert "another measure" in refused.value.hint


def test_without_calibration_steps_are_counted_and_values_are_unknown() -> None:
    track = seen()
    told = run_mirror(
        PacedFrames(track.time_s.tolist()),
        TrackedPoses(track),
        mirror(calibration=Calibration(model="some network", version="none")),
        RememberedScreen(),
    )
    assert told.n_steps > 25
    value = told.sides[Side.LEFT].value
    assert isinstance(value, Unknown)
    assert "calibrated" in value.reason
    assert NOT_CORRECTED not in mirror_sentences(told)


def test_what_calibration_left_is_in_the_error() -> None:
    line = Line(residual_sd=2.0)
    rough = Calibration(model="rough", version="1", lines={(View.REAR, THIGH.value): line})
    track = seen()
    told = run_mirror(
        PacedFrames(track.time_s.tolist()),
        TrackedPoses(track),
        mirror(calibration=rough),
        RememberedScreen(),
    )
    value = told.sides[Side.LEFT].value
    assert isinstance(value, Measured)
    assert value.error >= 1.96 * 2.0


def test_the_session_is_told_in_plain_sentences() -> None:
    said = " ".join(mirror_sentences(session(RememberedScreen(), limit=9.5)))
    assert "Thigh towards the midline: left 1" in said
    assert "Beyond your own limit of 9.5°: left 17 of 17 steps, right 0 of 17 steps." in said
    assert "steps a minute (±" in said
    assert "Delay: 0 ms" in said
    assert NOT_CORRECTED in said


def test_too_few_pictures_are_told() -> None:
    track = seen()
    frames = PacedFrames(track.time_s.tolist())
    poses = TrackedPoses(track, work=slow(frames, 0.11))
    screen = RememberedScreen()
    told = run_mirror(frames, poses, mirror(), screen)
    assert told.is_too_slow
    assert [picture.is_too_slow for picture in screen.pictures[29:31]] == [False, True]
    assert "steps may be missing" in mirror_sentences(told)[-1]
    assert mirror_document(told)["frames"]["too_few"] is True


def test_the_document_names_every_number() -> None:
    document = mirror_document(session(RememberedScreen(), limit=9.5))
    assert document["watched"] == "femoral_adduction_deg"
    assert document["limit"] == 9.5
    assert document["left"]["femoral_adduction_deg"]["n"] == document["left"]["n_measured"]
    assert document["left"]["n_over_limit"] == document["left"]["n_steps"]
    assert document["right"]["over_limit_share"] == 0
    assert document["delay_ms"] == {"median": 0.0, "percentile_95": 0.0}
    assert document["frames"]["dropped"] == 0


def step(side: Side, time_s: float) -> LiveStep:
    return LiveStep(side=side, time_s=time_s, values={})


def test_cadence_leaves_out_pauses_and_steps_that_were_missed() -> None:
    sides = [Side.LEFT, Side.RIGHT] * 20
    steps = [step(side, 0.35 * at) for at, side in enumerate(sides)]
    later = [step(side, 60 + 0.35 * at) for at, side in enumerate(sides) if at != 7]
    cadence = mean_cadence(steps + later)
    assert isinstance(cadence, Measured)
    assert cadence.value == pytest.approx(60 / 0.35, rel=1e-6)
    assert isinstance(mean_cadence(steps[:8]), Unknown)
    assert isinstance(mean_cadence([]), Unknown)
