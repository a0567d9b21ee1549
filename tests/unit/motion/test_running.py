from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from builders.motion_runner import (
    Camera,
    Runner,
    jumping_jacks,
    pose_track,
    standing_then_running,
    walker,
)
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.motion.calibration import EXACT, Calibration, Line
from sidestep.domain.motion.pose_track import Cover, PoseTrack
from sidestep.domain.motion.posture_model import PostureModel
from sidestep.domain.motion.run_analysis import Drift, RunAnalysis, RunMeasure
from sidestep.domain.motion.running import analyse_run
from sidestep.domain.motion.sides import LEGS, mirror_track
from sidestep.domain.motion.skeleton import MIRRORED, N_KEYPOINTS, keypoint
from sidestep.domain.motion.step_values import FRONTAL_MEASURES
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measured, Unknown

PARAMETERS = shipped_parameters("motion")
FAR = Camera(distance_m=40.0, focal_px=20_000.0)
TRUE_THIGH = {Side.LEFT: 11.0, Side.RIGHT: 8.0}
TRUE_FPPA = {Side.LEFT: 9.0, Side.RIGHT: 3.0}
FRONTAL = (RunMeasure.FEMORAL_ADDUCTION, RunMeasure.FPPA, RunMeasure.KNEE_OVER_FOOT)


def analysed(
    track: PoseTrack, view: View | None = None, calibration: Calibration = EXACT
) -> RunAnalysis:
    return analyse_run(
        track, view=view, parameters=PARAMETERS, calibration=calibration, versions={"pose": "x"}
    )


@cache
def plain_run() -> RunAnalysis:
    return analysed(Runner(noise_px=2).track())


def measured(run: RunAnalysis, side: Side, measure: RunMeasure) -> Measured:
    found = run.sides[side].measures[measure]
    assert isinstance(found, Measured), found
    return found


def problems(run: RunAnalysis) -> list[str]:
    return [problem.code for problem in run.quality.problems]


@pytest.mark.parametrize("view", [View.REAR, View.FRONT])
def test_angles_of_a_runner_seen_from_afar_are_the_true_ones(view: View) -> None:
    runner = Runner(
        adduction_deg=TRUE_THIGH,
        fppa_deg=TRUE_FPPA,
        camera=replace(FAR, view=view),
        spread_deg=0.5,
        duration_s=15,
    )
    run = analysed(runner.track())
    assert run.view is view
    assert isinstance(run.cadence_spm, Measured)
    assert run.cadence_spm.value == pytest.approx(runner.cadence_spm, rel=0.005)
    for side in Side:
        whole = runner.visible_stances(side)
        truth = float(runner.true_adduction(side, whole).mean())
        thigh = measured(run, side, RunMeasure.FEMORAL_ADDUCTION)
        assert thigh.value == pytest.approx(truth, abs=0.5)
        assert thigh.error < 0.8
        assert measured(run, side, RunMeasure.FPPA).value == pytest.approx(TRUE_FPPA[side], abs=0.7)
        assert abs(run.sides[side].n_steps - len(whole)) <= 2


def test_a_near_camera_adds_little_when_it_stands_straight_behind() -> None:
    run = plain_run()
    for side in Side:
        assert measured(run, side, RunMeasure.FEMORAL_ADDUCTION).value == pytest.approx(8, abs=1)
        assert measured(run, side, RunMeasure.FPPA).value == pytest.approx(5, abs=1.6)


def test_a_roll_of_the_camera_is_taken_out() -> None:
    upright, rolled = (
        analysed(Runner(camera=Camera(roll_deg=roll), noise_px=2).track()) for roll in (0.0, 4.0)
    )
    for side in Side:
        for measure in (*FRONTAL, RunMeasure.TRUNK_LEAN):
            assert measured(rolled, side, measure).value == pytest.approx(
                measured(upright, side, measure).value, abs=0.4
            )
    words = measured(rolled, Side.LEFT, RunMeasure.FPPA).corrected_for
    assert "camera tilted 4 degrees" in words


def test_a_line_with_a_turn_takes_the_cameras_turn_out() -> None:
    lines: dict[tuple[View, str], Line] = {
        (View.REAR, measure): Line(turn=turn, n=30)
        for measure, turn in ((RunMeasure.FPPA, 0.70), (RunMeasure.FEMORAL_ADDUCTION, 0.4))
    }
    calibration = Calibration(model="x", version="1", lines=lines)
    straight, turned = (
        analysed(Runner(camera=Camera(yaw_deg=yaw), noise_px=1).track(), calibration=calibration)
        for yaw in (0.0, 5.0)
    )
    raw = analysed(Runner(camera=Camera(yaw_deg=5.0), noise_px=1).track())
    for side in Side:
        truth = measured(straight, side, RunMeasure.FPPA).value
        assert measured(turned, side, RunMeasure.FPPA).value == pytest.approx(truth, abs=0.8)
        assert abs(measured(raw, side, RunMeasure.FPPA).value - truth) > 2.5
    words = measured(turned, Side.LEFT, RunMeasure.FPPA).corrected_for
    assert any(word.startswith("camera turned") for word in words)


def test_a_camera_that_lies_on_its_edge_is_refused_with_the_angle_found() -> None:
    run = analysed(Runner(camera=Camera(roll_deg=20.0), noise_px=1).track())
    assert problems(run) == ["camera_rolled"]
    reason = run.sides[Side.LEFT].measures[RunMeasure.FEMORAL_ADDUCTION]
    assert isinstance(reason, Unknown)
    assert "20 degrees; up to 12" in reason.reason


def test_a_camera_far_aside_is_refused_with_the_angle_found_and_allowed() -> None:
    run = analysed(Runner(camera=Camera(yaw_deg=15.0)).track())
    assert problems(run) == ["camera_turned"]
    assert not run.quality.is_usable
    reason = run.sides[Side.LEFT].measures[RunMeasure.FPPA]
    assert isinstance(reason, Unknown)
    assert "up to 9" in reason.reason
    assert "in line with a treadmill" in run.quality.problems[0].hint
    assert isinstance(run.cadence_spm, Measured)
    assert not any(step.values for step in run.steps)


def test_a_camera_whose_turn_cannot_be_told_is_no_straight_camera() -> None:
    track = Runner(camera=Camera(view=View.FRONT), duration_s=10).track()
    xy_px = track.xy_px.copy()
    xy_px[:, [keypoint("heel", side) for side in Side]] = np.nan
    run = analysed(replace(track, xy_px=xy_px))
    assert run.camera is not None
    assert np.isnan(run.camera.turn_deg)
    assert problems(run) == ["camera_turn_unknown"]
    assert not run.quality.is_usable
    reason = run.sides[Side.LEFT].measures[RunMeasure.FPPA]
    assert reason == Unknown(reason=run.quality.problems[0].message)
    assert isinstance(run.cadence_spm, Measured)


def test_a_measure_without_calibration_is_unknown() -> None:
    calibration = Calibration(
        model="x", version="1", lines={(View.REAR, RunMeasure.FPPA): Line(slope=0.7, n=20)}
    )
    run = analysed(Runner().track(), calibration=calibration)
    assert isinstance(run.sides[Side.LEFT].measures[RunMeasure.KNEE_GAP], Unknown)
    fppa = measured(run, Side.LEFT, RunMeasure.FPPA)
    raw = measured(plain_run(), Side.LEFT, RunMeasure.FPPA)
    assert fppa.value == pytest.approx(raw.value / 0.7, abs=0.2)


def test_what_calibration_left_is_in_the_error_but_less_so_in_the_difference() -> None:
    line = Line(residual_sd=2.0, difference_sd=0.5, n=20)
    calibration = Calibration(model="x", version="1", lines={(View.REAR, RunMeasure.FPPA): line})
    run = analysed(Runner(noise_px=1).track(), calibration=calibration)
    difference = run.difference[RunMeasure.FPPA]
    assert isinstance(difference, Measured)
    assert measured(run, Side.LEFT, RunMeasure.FPPA).error == pytest.approx(3.92, abs=0.1)
    assert difference.error == pytest.approx(0.98, abs=0.2)
    assert difference.value == pytest.approx(0.0, abs=0.5)


def with_posture(weights: dict[str, float]) -> RunAnalysis:
    model = PostureModel(
        intercept=20.0, own=weights, other={}, residual_sd=2.0, difference_sd=0.5, n=30
    )
    line = Line(residual_sd=4.0, difference_sd=3.0, n=20, by_posture=model)
    calibration = Calibration(model="x", version="1", lines={(View.REAR, RunMeasure.FPPA): line})
    return analysed(Runner(noise_px=2).track(), calibration=calibration)


def test_posture_tells_the_mean_of_a_leg_and_leaves_its_steps_as_far_apart() -> None:
    run, plain = with_posture({"fppa_deg": 0.5}), plain_run()
    raw = measured(plain, Side.LEFT, RunMeasure.FPPA)
    told = measured(run, Side.LEFT, RunMeasure.FPPA)
    assert told.value == pytest.approx(20 + 0.5 * raw.value, abs=0.2)
    assert told.error == pytest.approx(3.92, abs=0.2)
    difference = run.difference[RunMeasure.FPPA]
    assert isinstance(difference, Measured)
    assert difference.error < 1.3
    own, same = (
        [step.values[RunMeasure.FPPA] for step in each.steps if step.side is Side.LEFT]
        for each in (run, plain)
    )
    assert np.diff(own) == pytest.approx(np.diff(same))


def test_a_posture_that_is_not_seen_whole_leaves_the_word_to_the_line() -> None:
    told = measured(with_posture({"never_seen_pct": 1.0}), Side.LEFT, RunMeasure.FPPA)
    assert told.value == pytest.approx(measured(plain_run(), Side.LEFT, RunMeasure.FPPA).value)
    assert told.error == pytest.approx(7.84, abs=0.2)


def test_a_mirrored_runner_has_the_mirrored_posture() -> None:
    track = Runner(noise_px=2, adduction_deg=TRUE_THIGH).track()
    run, mirrored = analysed(track), analysed(mirror_track(track))
    for side in Side:
        assert run.postures[side] == pytest.approx(mirrored.postures[side.other], abs=0.1)


def test_a_knee_that_gives_in_on_one_side_is_a_clear_drift_there_only() -> None:
    run = analysed(
        Runner(
            drift_deg={Side.LEFT: 4.0, Side.RIGHT: 0.0},
            spread_deg=1.5,
            noise_px=2,
            duration_s=70,
            camera=FAR,
        ).track()
    )
    left = run.drift[Side.LEFT][RunMeasure.FEMORAL_ADDUCTION]
    right = run.drift[Side.RIGHT][RunMeasure.FEMORAL_ADDUCTION]
    assert isinstance(left, Drift)
    assert isinstance(right, Drift)
    assert left.is_clear
    assert left.change == pytest.approx(4.0, abs=0.6 + left.error)
    assert left.error < 1.5
    assert not right.is_clear
    assert abs(right.change) < 1.0


def test_a_change_may_be_misread_by_as_much_as_the_leg_has_moved() -> None:
    track = Runner(
        drift_deg={Side.LEFT: 4.0, Side.RIGHT: 0.0}, spread_deg=1.0, duration_s=20, camera=FAR
    ).track()
    exact, misread = (
        analysed(
            track,
            calibration=Calibration(
                model="x",
                version="1",
                lines={(View.REAR, each): Line(change_sd=sd) for each in FRONTAL_MEASURES},
            ),
        ).drift
        for sd in (0.0, 0.25)
    )
    for measure in (RunMeasure.FPPA, RunMeasure.KNEE_GAP, RunMeasure.TRUNK_LEAN):
        left, sure, bend, thigh = (
            drift
            for drift in (
                misread[Side.LEFT][measure],
                exact[Side.LEFT][measure],
                exact[Side.LEFT][RunMeasure.FPPA],
                exact[Side.LEFT][RunMeasure.FEMORAL_ADDUCTION],
            )
            if isinstance(drift, Drift)
        )
        moved = np.hypot(thigh.change, thigh.change - bend.change)
        if measure is RunMeasure.TRUNK_LEAN:
            moved = abs(sure.change)
        assert left.change == sure.change
        assert left.error == pytest.approx(np.hypot(sure.error, 1.96 * 0.25 * moved))


def test_wandering_on_the_belt_does_not_scatter_the_steps() -> None:
    runner = Runner(wander_m=0.12, spread_deg=0.3, duration_s=60)
    run = analysed(runner.track())
    spread = np.std(
        [
            step.values[RunMeasure.FPPA]
            for step in run.steps
            if step.side is Side.LEFT and step.is_good
        ]
    )
    assert spread < 0.5
    assert "your wandering on the belt" in measured(run, Side.LEFT, RunMeasure.FPPA).corrected_for


@pytest.mark.parametrize(("yaw_deg", "nearer"), [(0.0, Side.LEFT), (180.0, Side.RIGHT)])
def test_from_aside_the_nearer_knees_bend_and_the_trunks_lean_are_found(
    yaw_deg: float, nearer: Side
) -> None:
    camera = Camera(view=View.SIDE, width_px=1920, height_px=1080, distance_m=4, yaw_deg=yaw_deg)
    run = analysed(Runner(camera=camera, noise_px=1).track())
    assert run.view is View.SIDE
    assert measured(run, nearer, RunMeasure.KNEE_FLEXION).value == pytest.approx(40.3, abs=1.5)
    hidden = run.sides[nearer.other].measures[RunMeasure.KNEE_FLEXION]
    assert isinstance(hidden, Unknown)
    assert "hides" in hidden.reason
    assert isinstance(run.difference[RunMeasure.KNEE_FLEXION], Unknown)
    for side in Side:
        lean = measured(run, side, RunMeasure.TRUNK_LEAN_FORWARD).value
        assert lean == pytest.approx(np.degrees(np.arctan(0.1)), abs=0.3)
        assert RunMeasure.FPPA not in run.sides[side].measures


@pytest.mark.parametrize("view", [None, View.FRONT])
def test_jumping_jacks_are_no_run(view: View | None) -> None:
    run = analysed(jumping_jacks(), view)
    assert "not_running" in problems(run)
    assert isinstance(run.cadence_spm, Unknown)
    assert run.steps == ()


@pytest.mark.parametrize("view", list(View))
def test_walking_is_no_run(view: View) -> None:
    run = analysed(walker(Camera(view=view)))
    assert "not_running" in problems(run)
    assert isinstance(run.cadence_spm, Unknown)


def test_slow_motion_is_named() -> None:
    run = analysed(Runner(cadence_spm=42, duration_s=40).track())
    assert "slow_motion" in problems(run)


def test_a_speeded_up_clip_is_named() -> None:
    run = analysed(Runner(cadence_spm=246, duration_s=12).track())
    assert problems(run) == ["sped_up"]
    assert isinstance(run.cadence_spm, Unknown)
    assert "246" in run.cadence_spm.reason
    assert run.steps == ()


def test_standing_still_is_no_run() -> None:
    track = Runner(duration_s=8).track()
    still = np.repeat(track.xy_px[:1], len(track.time_s), axis=0)
    noise = np.random.default_rng(1).standard_normal(still.shape)
    assert "not_running" in problems(analysed(replace(track, xy_px=still + noise)))


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("too_dark", {"brightness": np.full(600, 12.0)}),
        ("edited_clip", {"cuts_s": (3.2,)}),
        ("no_person", {"xy_px": np.full((600, N_KEYPOINTS, 2), np.nan)}),
        ("several_people", {"people": np.full(600, 2.0)}),
        ("two_runners", {"people": np.full(600, 2.0), "rivals": np.full(600, 1.0)}),
        ("feet_out_of_frame", {"height_px": 1300}),
    ],
)
def test_each_fault_of_a_clip_is_named_with_what_to_do(
    code: str, change: dict[str, object]
) -> None:
    run = analysed(replace(Runner(duration_s=10).track(), **change))  # type: ignore[arg-type]
    assert code in problems(run)
    fault = next(problem for problem in run.quality.problems if problem.code == code)
    assert fault.hint
    assert run.quality.is_usable is (code == "several_people")


def test_hidden_knees_are_named() -> None:
    track = Runner(duration_s=8).track()
    score = track.score.copy()
    score[::2, keypoint("knee", Side.RIGHT)] = 0.4
    assert "legs_hidden" in problems(analysed(replace(track, score=score)))


@pytest.mark.parametrize("cover", Cover)
def test_what_stands_before_a_runner_takes_every_number_and_is_named(cover: Cover) -> None:
    run = analysed(replace(Runner(duration_s=8).track(), covered_by=cover))
    assert problems(run) == ["shoulders_hidden" if cover is Cover.CONSOLE else "legs_hidden"]
    assert not run.quality.is_usable
    for side in Side:
        assert all(isinstance(found, Unknown) for found in run.sides[side].measures.values())


def test_another_person_in_the_middle_is_named() -> None:
    track = Runner(duration_s=10).track()
    xy_px = track.xy_px.copy()
    xy_px[300:, :, 0] += 500
    run = analysed(replace(track, xy_px=xy_px, width_px=2000))
    (problem,) = (each for each in run.quality.problems if each.code == "two_runners")
    assert problem.message.startswith("After 5.0 s the body that is followed is suddenly elsewhere")


def test_a_body_seen_elsewhere_in_a_single_frame_is_no_other_person() -> None:
    track = Runner(duration_s=10).track()
    xy_px = track.xy_px.copy()
    xy_px[:60] = np.nan
    xy_px[5] = track.xy_px[5] + [500, 0]
    assert "two_runners" not in problems(analysed(replace(track, xy_px=xy_px, width_px=2000)))


def test_of_two_runners_nobody_says_both_that_one_was_followed_and_that_none_is_known() -> None:
    track = Runner(duration_s=10).track()
    run = analysed(replace(track, people=np.full(600, 2.0), rivals=np.full(600, 1.0)))
    assert problems(run) == ["two_runners"]
    assert isinstance(run.sides[Side.LEFT].measures[RunMeasure.FPPA], Unknown)
    passing = np.where(np.arange(600) < 200, 1.0, 0.0)
    run = analysed(replace(track, people=np.full(600, 2.0), rivals=passing))
    assert problems(run) == ["several_people"]
    assert run.quality.is_usable


@pytest.mark.parametrize("calibrated", [RunMeasure.KNEE_FLEXION, None])
def test_a_run_of_which_nothing_was_measured_is_not_usable(calibrated: RunMeasure | None) -> None:
    lines = {} if calibrated is None else {(View.SIDE, str(calibrated)): Line(n=20)}
    calibration = Calibration(model="x", version="1", lines=lines)
    run = analysed(Runner(duration_s=10).track(), calibration=calibration)
    (problem,) = run.quality.problems
    assert problem.code == "nothing_measured"
    assert not run.quality.is_usable
    assert not any(step.values for step in run.steps)
    assert isinstance(run.cadence_spm, Measured)
    assert ("SIDESTEP_MODELS" in problem.hint) is (calibrated is None)


def test_where_the_foot_lands_is_not_given_and_why_is_said() -> None:
    lines: dict[tuple[View, str], Line] = {
        (View.SIDE, measure): Line(n=20)
        for measure in (RunMeasure.KNEE_FLEXION, RunMeasure.TRUNK_LEAN_FORWARD)
    }
    calibration = Calibration(model="x", version="1", lines=lines)
    aside = Runner(camera=Camera(view=View.SIDE)).track()
    run = analysed(aside, View.SIDE, calibration)
    assert run.quality.is_usable
    for leg in run.sides.values():
        found = leg.measures[RunMeasure.OVERSTRIDE]
        assert isinstance(found, Unknown)
        assert "as much as they differ from each other" in found.reason
    # A model of which nothing is known from there says no more than that.
    nothing = analysed(aside, View.SIDE, Calibration(model="x", version="1", lines={}))
    (reason,) = {leg.measures[RunMeasure.OVERSTRIDE].reason for leg in nothing.sides.values()}  # type: ignore[union-attr]
    assert "differ from each other" not in reason


def test_too_few_steps_and_too_few_frames_are_named() -> None:
    assert "too_short" in problems(analysed(Runner(duration_s=4).track()))
    slow = analysed(Runner(rate_hz=30).track())
    assert "low_frame_rate" in problems(slow)
    message = next(p.message for p in slow.quality.problems if p.code == "low_frame_rate")
    assert "50" in message
    assert "30" in message


def test_a_film_whose_frames_are_all_written_twice_is_too_slow_and_says_so() -> None:
    track = Runner(rate_hz=60).track()
    changes = np.where(np.arange(len(track.time_s)) % 2, 0.5, 6.0)
    (problem,) = analysed(replace(track, changes=changes)).quality.problems
    assert problem.code == "low_frame_rate"
    assert problem.message.startswith("This film holds 60 frames a second, but only about 30 of")
    assert "50" in problem.message
    assert "as it was recorded" in problem.hint
    fast = Runner(rate_hz=120, duration_s=10).track()
    assert not problems(analysed(replace(fast, changes=np.resize([0.5, 6.0], len(fast.time_s)))))


@pytest.mark.parametrize(
    ("seen", "asked", "words"),
    [
        (View.REAR, View.FRONT, "You said from the front, but the body looks filmed from behind."),
        (View.FRONT, View.REAR, "You said from behind, but the body looks filmed from the front."),
        (View.SIDE, View.REAR, "You said from behind, but the body looks filmed from the side."),
    ],
)
def test_a_word_that_would_exchange_the_legs_is_refused_with_what_to_do(
    seen: View, asked: View, words: str
) -> None:
    run = analysed(Runner(camera=Camera(view=seen), noise_px=1, duration_s=10).track(), asked)
    problem = run.quality.problems[0]
    assert problem.is_fatal
    assert problem.message == words
    assert f"again with --view {seen}, or choose" in problem.hint
    assert problem.helps_now
    assert run.view is seen
    for side in Side:
        assert all(isinstance(found, Unknown) for found in run.sides[side].measures.values())
    assert not any(step.values for step in run.steps)


def test_the_persons_word_counts_where_the_picture_is_unsure_and_that_is_said() -> None:
    track = Runner(noise_px=1).track()
    xy_px = track.xy_px.copy()
    xy_px[::4] = xy_px[::4, MIRRORED]
    run = analysed(replace(track, xy_px=xy_px), View.FRONT)
    assert run.view is View.FRONT
    (problem,) = (each for each in run.quality.problems if each.code == "view_disagrees")
    assert not problem.is_fatal
    assert "Your word counts" in problem.message


def test_a_view_that_changes_is_not_guessed() -> None:
    track = Runner(duration_s=10).track()
    xy_px = track.xy_px.copy()
    xy_px[300:] = xy_px[300:, MIRRORED]
    run = analysed(replace(track, xy_px=xy_px))
    assert run.view is None
    assert problems(run) == ["view_unclear"]
    assert "with --view rear, front or side" in run.quality.problems[0].hint


def test_legs_mixed_up_for_a_while_are_put_right_and_said() -> None:
    track = Runner(duration_s=10, noise_px=1).track()
    xy_px = track.xy_px.copy()
    for part in LEGS:
        pair = [keypoint(part, side) for side in Side]
        xy_px[200:240, pair] = xy_px[200:240, pair[::-1]]
    run = analysed(replace(track, xy_px=xy_px))
    assert problems(run) == ["sides_repaired"]
    assert run.quality.is_usable
    assert "40 frames" in run.quality.problems[0].message


def test_a_change_of_pace_is_said() -> None:
    slow, quick = Runner(cadence_spm=150, noise_px=1), Runner(cadence_spm=186, noise_px=1)
    xy_px = np.concatenate([slow.track().xy_px, quick.track().xy_px])
    run = analysed(pose_track(np.arange(len(xy_px)) / slow.rate_hz, xy_px))
    assert problems(run) == ["uneven_rhythm"]
    assert run.quality.is_usable
    assert "Around 15 to 25 s the rhythm is uneven" in run.quality.problems[0].message


def test_frames_of_a_step_are_those_of_the_clip() -> None:
    track = Runner(jitter=0.3).track()
    run = analysed(track)
    for step in run.steps:
        inside = track.time_s[step.first_frame : step.last_frame + 1]
        assert np.all(np.abs(inside - step.time_s) < 0.06)
        assert len(inside) >= 4


def test_nothing_at_all_gives_a_result() -> None:
    track = Runner(duration_s=1).track()
    empty = PoseTrack(
        time_s=np.empty(0),
        xy_px=np.empty((0, N_KEYPOINTS, 2)),
        score=np.empty((0, N_KEYPOINTS)),
        brightness=np.empty(0),
        sharpness=np.empty(0),
        people=np.empty(0),
        cuts_s=(),
        width_px=track.width_px,
        height_px=track.height_px,
        model="none",
    )
    run = analysed(empty)
    assert problems(run)[0] == "no_person"
    # Whoever reads the result finds every measure, with the reason why it has no number.
    legs = [run.difference, *(run.drift[side] for side in Side)]
    legs += [run.sides[side].measures for side in Side]
    for measures in legs:
        assert list(measures) == list(FRONTAL_MEASURES)
        for measure in measures.values():
            assert isinstance(measure, Unknown)
            assert measure.reason == run.quality.problems[0].message


def test_a_stop_in_the_middle_makes_no_steps_and_is_said() -> None:
    run = Runner(noise_px=2, duration_s=10)
    still = standing_then_running(run, 5.0)
    rate_hz = int(run.rate_hz)
    xy_px = np.concatenate([run.track().xy_px, still.xy_px])
    found = analysed(pose_track(np.arange(len(xy_px)) / rate_hz, xy_px))
    assert not any(10.1 < step.time_s < 14.9 for step in found.steps)
    assert isinstance(found.cadence_spm, Measured)
    assert found.cadence_spm.value == pytest.approx(168, rel=0.005)
    assert found.quality.is_usable


def test_a_clip_with_missing_frames_is_refused() -> None:
    track = Runner(duration_s=8).track()
    time_s = track.time_s.copy()
    time_s[240:] += 3600.0
    assert "frames_missing" in problems(analysed(replace(track, time_s=time_s)))


DARK = np.full(600, 12.0)


@pytest.mark.parametrize(
    ("track", "told"),
    [
        (replace(Runner(cadence_spm=100, duration_s=10).track(), brightness=DARK), ["too_dark"]),
        (replace(Runner(duration_s=10, noise_px=60).track(), brightness=DARK), ["too_dark"]),
        (
            replace(
                Runner(duration_s=10).track(),
                xy_px=np.full((600, N_KEYPOINTS, 2), np.nan),
                brightness=DARK,
            ),
            ["too_dark"],
        ),
        (
            replace(Runner(duration_s=10, rate_hz=30).track(), brightness=np.full(300, 12.0)),
            ["too_dark", "low_frame_rate"],
        ),
        (Runner(duration_s=0.5).track(), ["too_short"]),
        (Runner(duration_s=1.5, noise_px=2).track(), ["too_short"]),
        (Runner(cadence_spm=100, duration_s=2).track(), ["too_short"]),
        (Runner(duration_s=4).track(), ["too_short"]),
    ],
)
def test_what_makes_the_rest_meaningless_is_told_alone(track: PoseTrack, told: list[str]) -> None:
    assert problems(analysed(track)) == told


def test_a_short_clip_says_at_once_what_the_next_one_would_be_refused_for() -> None:
    track = Runner(duration_s=4).track()
    assert problems(analysed(replace(track, covered_by=Cover.BAR))) == ["too_short", "legs_hidden"]
    console = replace(track, covered_by=Cover.CONSOLE)
    assert problems(analysed(console)) == ["too_short", "shoulders_hidden"]
    cut_off = replace(track, height_px=int(np.nanmax(track.xy_px[..., 1]) - 20))
    found = analysed(replace(cut_off, covered_by=Cover.BAR))
    assert problems(found) == ["feet_out_of_frame", "too_short"]
    track = Runner(duration_s=2).track()
    two = np.full(len(track.time_s), 2.0)
    assert problems(analysed(replace(track, people=two, rivals=two - 1))) == [
        "two_runners",
        "too_short",
    ]


def test_feet_below_the_picture_are_no_walk() -> None:
    track = Runner(duration_s=10).track()
    feet = [keypoint(part, side) for part in ("ankle", "heel", "toe") for side in Side]
    xy_px, score = track.xy_px.copy(), track.score.copy()
    xy_px[:, feet] = xy_px[:, feet[:1]] + [0, 600]
    score[:, feet] = 0.2
    run = analysed(replace(track, xy_px=xy_px, score=score))
    assert problems(run) == ["feet_out_of_frame"]
    inside = replace(track, score=score)
    assert problems(analysed(inside)) == ["legs_hidden"]


def test_a_clip_of_a_second_says_how_long_it_is() -> None:
    (problem,) = analysed(Runner(duration_s=1.0).track()).quality.problems
    assert problem.message == (
        "The clip lasts 1.0 s: too short for the 7 good steps of each leg that a measure needs."
    )
    assert "20 seconds" in problem.hint


def test_a_clip_of_one_picture_says_so() -> None:
    run = analysed(Runner(duration_s=1 / 60).track())
    assert problems(run) == ["too_short"]
    assert run.quality.problems[0].message == (
        "The clip has only one picture, so nothing can be seen to move."
    )


@pytest.mark.parametrize("turned", [[[0, -1], [1, 0]], [[0, 1], [-1, 0]], [[-1, 0], [0, -1]]])
def test_a_film_that_is_not_upright_says_so(turned: list[list[int]]) -> None:
    track = Runner(duration_s=10).track()
    lying = track.xy_px @ np.array(turned, dtype=float)
    lying += (1920, 1920) - lying[np.isfinite(lying[..., 0])].max(axis=0)
    run = analysed(replace(track, xy_px=lying, width_px=1920, height_px=1920))
    assert problems(run) == ["not_upright"]
    assert run.quality.problems[0].helps_now


def test_light_where_nobody_is_does_not_say_how_the_runner_was_lit() -> None:
    track = Runner(duration_s=20).track()
    n_away = 400
    xy_px, brightness = track.xy_px.copy(), track.brightness.copy()
    xy_px[:n_away] = np.nan
    brightness[n_away:] = 12.0
    seen = replace(track, xy_px=xy_px, brightness=brightness)
    assert "too_dark" in problems(analysed(seen))
    brightness = np.where(np.isfinite(xy_px[:, 0, 0]), 120.0, 12.0)
    assert "too_dark" not in problems(analysed(replace(seen, brightness=brightness)))
