from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from builders.motion_runner import Camera, Runner, pose_track
from builders.motion_squatter import Squatter
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.motion.calibration import EXACT, Calibration, Line
from sidestep.domain.motion.mirror import Mirror
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.posture_model import PostureModel
from sidestep.domain.motion.run_analysis import RunAnalysis, RunMeasure
from sidestep.domain.motion.running import analyse_run
from sidestep.domain.motion.sides import mirror_track
from sidestep.domain.motion.skeleton import N_KEYPOINTS
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.motion.squatting import analyse_squat
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured

PARAMETERS = shipped_parameters("motion")
LAW = settings(deadline=None, max_examples=8)
FRONTAL = st.sampled_from([View.REAR, View.FRONT])
RUN_S = 7.0


def analysed(track: PoseTrack, view: View | None = None) -> RunAnalysis:
    return analyse_run(track, view=view, parameters=PARAMETERS, calibration=EXACT, versions={})


def value(measure: Measure) -> float:
    return measure.value if isinstance(measure, Measured) else float("nan")


def numbers(run: RunAnalysis, side: Side) -> dict[RunMeasure, float]:
    return {measure: value(found) for measure, found in run.sides[side].measures.items()}


def assert_same(
    first: Mapping[RunMeasure, float], second: Mapping[RunMeasure, float], within: float = 0.02
) -> None:
    assert first.keys() == second.keys()
    for measure in first:
        assert first[measure] == pytest.approx(second[measure], abs=within, nan_ok=True), measure


@st.composite
def runners(draw: st.DrawFn) -> Runner:
    angle = st.integers(0, 14).map(float)
    return Runner(
        duration_s=RUN_S,
        cadence_spm=draw(st.integers(150, 190).map(float)),
        adduction_deg={side: draw(angle) for side in Side},
        fppa_deg={side: draw(angle) for side in Side},
        spread_deg=1.0,
        noise_px=1.0,
        seed=draw(st.integers(0, 99)),
        camera=Camera(view=draw(FRONTAL), yaw_deg=draw(st.integers(-4, 4).map(float))),
    )


@LAW
@given(runners())
def test_the_mirrored_runner_swaps_left_and_right_and_nothing_else(runner: Runner) -> None:
    track = runner.track()
    view = runner.camera.view
    run, mirrored = analysed(track, view), analysed(mirror_track(track), view)
    assert value(mirrored.cadence_spm) == pytest.approx(value(run.cadence_spm), rel=1e-6)
    assert [step.side.other for step in mirrored.steps] == [step.side for step in run.steps]
    for side in Side:
        assert_same(numbers(mirrored, side.other), numbers(run, side))


@LAW
@given(runners(), st.floats(0.3, 3.0), st.floats(-300, 300), st.floats(-300, 300))
def test_a_moved_or_scaled_picture_has_the_same_angles(
    runner: Runner, scale: float, right: float, down: float
) -> None:
    track = runner.track()
    view = runner.camera.view
    moved = replace(
        track,
        xy_px=scale * track.xy_px + np.array([right, down]) + 400,
        width_px=6000,
        height_px=9000,
    )
    wide = replace(track, width_px=6000, height_px=9000)
    run, other = analysed(wide, view), analysed(moved, view)
    for side in Side:
        assert_same(numbers(other, side), numbers(run, side))


@LAW
@given(runners(), st.floats(0.0, 5000.0))
def test_a_clip_that_starts_later_only_has_later_steps(runner: Runner, later_s: float) -> None:
    track = runner.track()
    view = runner.camera.view
    run = analysed(track, view)
    other = analysed(replace(track, time_s=track.time_s + later_s), view)
    assert len(other.steps) == len(run.steps)
    for step, moved in zip(run.steps, other.steps, strict=True):
        assert moved.time_s - step.time_s == pytest.approx(later_s, abs=1e-3)
    for side in Side:
        assert_same(numbers(other, side), numbers(run, side))


@LAW
@given(runners(), st.floats(-8, 8))
def test_a_rolled_camera_changes_no_angle(runner: Runner, roll_deg: float) -> None:
    straight = runner.track()
    angle = np.deg2rad(roll_deg)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    centre = np.array([straight.width_px, straight.height_px]) / 2
    rolled = replace(straight, xy_px=(straight.xy_px - centre) @ turn + centre)
    view = runner.camera.view
    run, other = analysed(straight, view), analysed(rolled, view)
    for side in Side:
        # Straightening and the turn that it corrects for lean on each other a little.
        assert_same(numbers(other, side), numbers(run, side), within=0.6)


@LAW
@given(
    runners(),
    st.lists(st.tuples(st.floats(0, RUN_S), st.floats(0.2, 2.0)), min_size=1, max_size=3),
)
def test_a_gap_never_invents_a_step(runner: Runner, gaps: list[tuple[float, float]]) -> None:
    track = runner.track()
    hidden = np.zeros(len(track.time_s), dtype=bool)
    for start_s, length_s in gaps:
        hidden |= (track.time_s >= start_s) & (track.time_s <= start_s + length_s)
    holed = replace(track, xy_px=np.where(hidden[:, None, None], np.nan, track.xy_px))
    for step in analysed(holed, runner.camera.view).steps:
        near = np.abs(runner.visible_stances(step.side) - step.time_s)
        assert near.min() < 0.05


@st.composite
def garbage(draw: st.DrawFn) -> PoseTrack:
    n = draw(st.integers(0, 90))
    anything = st.floats(-1e12, 1e12) | st.just(float("nan"))
    few = draw(arrays(np.float64, (n, 4), elements=anything))
    many = few[:, np.resize(np.arange(4), N_KEYPOINTS * 2)].reshape(n, N_KEYPOINTS, 2)
    if draw(st.booleans()):
        many = many + 300 * np.random.default_rng(n).standard_normal(many.shape)
    steps = draw(arrays(np.float64, n, elements=st.floats(1e-4, 1e4)))
    score: NDArray[np.float64] = draw(arrays(np.float64, n, elements=st.floats(-1, 2)))
    track = pose_track(np.cumsum(steps), many)
    return replace(
        track,
        score=np.repeat(score[:, None], N_KEYPOINTS, axis=1),
        brightness=few[:, 0],
        people=few[:, 1],
        sharpness=few[:, 2],
        width_px=draw(st.integers(1, 4000)),
        height_px=draw(st.integers(1, 4000)),
    )


@settings(deadline=None, max_examples=60)
@given(garbage(), st.none() | st.sampled_from(View))
def test_garbage_gives_a_result_and_no_exception(track: PoseTrack, view: View | None) -> None:
    run = analysed(track, view)
    squats = analyse_squat(track, view=view, parameters=PARAMETERS, calibration=EXACT, versions={})
    assert run.n_frames == squats.n_frames == len(track.time_s)
    for side in Side:
        for found in (*run.sides[side].measures.values(), *squats.sides[side].values()):
            assert not isinstance(found, Measured) or np.isfinite([found.value, found.error]).all()
    of_run = [each for leg in run.sides.values() for each in leg.measures.values()]
    of_squats = [each for leg in squats.sides.values() for each in leg.values()]
    for quality, measures in ((run.quality, of_run), (squats.quality, of_squats)):
        assert quality.is_usable is any(isinstance(each, Measured) for each in measures)
    for side in Side:
        for squat in squats.repetitions:
            told, untold = squat.values.get(side, {}), squat.reasons[side]
            assert set(told) ^ set(untold) == set(SquatMeasure)


AT_BOTTOM = {
    SquatMeasure.FPPA_WORST: SquatMeasure.FPPA,
    SquatMeasure.KNEE_OVER_FOOT_WORST: SquatMeasure.KNEE_OVER_FOOT,
}
LINES = st.builds(
    Line,
    slope=st.floats(0.5, 1.5),
    intercept=st.floats(-6, 6),
    by_posture=st.none()
    | st.builds(
        PostureModel,
        intercept=st.floats(-9, 9),
        own=st.just({}),
        other=st.just({}),
        residual_sd=st.just(1.0),
        difference_sd=st.just(1.0),
        n=st.just(20),
    ),
)


@LAW
@given(
    st.builds(
        Squatter,
        bend_deg=st.floats(48, 110),
        knee_in_deg=st.fixed_dictionaries(dict.fromkeys(Side, st.floats(-9, 9))),
        upright_in_deg=st.floats(-9, 9),
        noise_px=st.floats(0, 3),
    ),
    st.fixed_dictionaries({measure: LINES for pair in AT_BOTTOM.items() for measure in pair}),
)
def test_a_knee_is_nowhere_on_the_way_less_far_in_than_at_the_bottom(
    squatter: Squatter, lines: Mapping[SquatMeasure, Line]
) -> None:
    calibration = Calibration(
        model="x",
        version="1",
        lines={(View.FRONT, f"squat_{measure}"): line for measure, line in lines.items()},
    )
    found = analyse_squat(
        squatter.track(), view=None, parameters=PARAMETERS, calibration=calibration, versions={}
    )
    assert found.repetitions
    for worst, bottom in AT_BOTTOM.items():
        for side in Side:
            assert not value(found.sides[side][worst]) < value(found.sides[side][bottom])
            for squat in found.repetitions:
                values = squat.values[side]
                assert bottom not in values or values[worst] >= values[bottom]


@settings(deadline=None, max_examples=30)
@given(garbage())
def test_the_mirror_shows_anything(track: PoseTrack) -> None:
    mirror = Mirror(view=View.REAR, parameters=PARAMETERS, calibration=EXACT, limit=5.0)
    for time_s, xy_px in zip(track.time_s, track.xy_px, strict=True):
        mirror.show(float(time_s), xy_px)
