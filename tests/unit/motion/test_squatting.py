from dataclasses import replace

import numpy as np
import pytest

from builders.motion_runner import Camera, Runner, pose_track
from builders.motion_squatter import ANKLE_HALF_M, Squatter
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.motion.calibration import EXACT, Calibration, Line
from sidestep.domain.motion.clip_quality import squat_problems
from sidestep.domain.motion.pose_track import Cover
from sidestep.domain.motion.posture import NOT_APART
from sidestep.domain.motion.posture_model import PostureModel
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.motion.squatting import analyse_squat
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measured, Unknown

FAR = Camera(view=View.FRONT, distance_m=40.0, focal_px=20_000.0)


def analysed(
    squatter: Squatter, view: View | None = None, calibration: Calibration = EXACT
) -> SquatAnalysis:
    return analyse_squat(
        squatter.track(),
        view=view,
        parameters=shipped_parameters("motion"),
        calibration=calibration,
        versions={},
    )


def measured(found: SquatAnalysis, side: Side, measure: SquatMeasure) -> Measured:
    value = found.sides[side][measure]
    assert isinstance(value, Measured), value
    return value


@pytest.mark.parametrize("view", [View.FRONT, View.REAR])
def test_every_squat_is_found_with_its_times(view: View) -> None:
    squatter = Squatter(repetitions=5, noise_px=2, camera=Camera(view=view))
    found = analysed(squatter)
    assert found.view is view
    assert len(found.repetitions) == 5
    for repetition, bottom_s in zip(found.repetitions, squatter.bottoms(), strict=True):
        assert repetition.bottom_s == pytest.approx(bottom_s, abs=0.25)
        assert repetition.start_s == pytest.approx(bottom_s - 1.25, abs=0.6)
        assert repetition.end_s == pytest.approx(bottom_s + 1.25, abs=0.6)
        assert repetition.on is None


@pytest.mark.parametrize("view", [View.FRONT, View.REAR])
def test_knees_are_measured_per_side_at_the_bottom(view: View) -> None:
    squatter = Squatter(
        knee_in_deg={Side.LEFT: 9.0, Side.RIGHT: 1.0},
        camera=Camera(view=view, distance_m=40.0, focal_px=20_000.0),
    )
    found = analysed(squatter)
    at = int(np.argmin(np.abs(squatter.times() - squatter.bottoms()[0])))
    for side in Side:
        truth = squatter.true_fppa_deg(side)[at]
        assert measured(found, side, SquatMeasure.FPPA).value == pytest.approx(truth, abs=1.0)
        tilt = np.deg2rad(squatter.knee_in_deg[side])
        shank = 0.42 * np.tan(tilt) / 0.42
        assert measured(found, side, SquatMeasure.KNEE_OVER_FOOT).value == pytest.approx(
            100 * shank, abs=1.0
        )
    difference = found.difference[SquatMeasure.KNEE_OVER_FOOT]
    assert isinstance(difference, Measured)
    assert difference.value == pytest.approx(14.0, abs=1.5)


def test_knees_that_meet_have_a_small_gap() -> None:
    squatter = Squatter(knee_in_deg=dict.fromkeys(Side, 10.0), camera=FAR)
    gap = measured(analysed(squatter), Side.LEFT, SquatMeasure.KNEE_TO_ANKLE_GAP)
    knees = ANKLE_HALF_M - 0.42 * np.tan(np.deg2rad(10))
    assert gap.value == pytest.approx(knees / ANKLE_HALF_M, abs=0.05)


def test_a_deep_squat_has_no_angle_at_the_bottom_but_an_offset() -> None:
    found = analysed(Squatter(bend_deg=95.0))
    fppa = found.sides[Side.LEFT][SquatMeasure.FPPA]
    assert isinstance(fppa, Unknown)
    assert "60 degrees" in fppa.reason
    assert isinstance(found.sides[Side.LEFT][SquatMeasure.FPPA_WORST], Measured)
    assert measured(found, Side.LEFT, SquatMeasure.KNEE_OVER_FOOT).n == 4


@pytest.mark.parametrize("side", list(Side))
def test_the_standing_leg_is_found_and_the_other_has_no_values(side: Side) -> None:
    found = analysed(Squatter(on=side, noise_px=1))
    assert {repetition.on for repetition in found.repetitions} == {side}
    assert measured(found, side, SquatMeasure.KNEE_OVER_FOOT).n == 4
    other = found.sides[side.other][SquatMeasure.KNEE_OVER_FOOT]
    assert isinstance(other, Unknown)
    assert isinstance(found.difference[SquatMeasure.KNEE_OVER_FOOT], Unknown)
    assert isinstance(found.sides[side][SquatMeasure.KNEE_TO_ANKLE_GAP], Unknown)


@pytest.mark.parametrize(
    "squatter",
    [Squatter(), Squatter(bend_deg=95.0), Squatter(on=Side.RIGHT)],
    ids=["both", "deep", "one leg"],
)
def test_what_a_squat_has_no_number_for_has_a_reason(squatter: Squatter) -> None:
    for repetition in analysed(squatter).repetitions:
        for side in Side:
            told, untold = repetition.values.get(side, {}), repetition.reasons[side]
            assert set(told) | set(untold) == set(SquatMeasure)
            assert not set(told) & set(untold)
            if repetition.on is side.other:
                assert set(untold.values()) == {"This squat was on the other leg."}
            elif squatter.bend_deg > 90:
                assert list(untold) == [SquatMeasure.FPPA]
                assert "60 degrees" in untold[SquatMeasure.FPPA]


def test_squats_that_cannot_be_measured_hold_no_number_at_all() -> None:
    squatter = Squatter()
    dark = replace(squatter.track(), brightness=np.full(len(squatter.times()), 12.0))
    found = analyse_squat(
        dark, view=None, parameters=shipped_parameters("motion"), calibration=EXACT, versions={}
    )
    (problem,) = found.quality.problems
    assert len(found.repetitions) == 4
    for repetition in found.repetitions:
        assert not any(repetition.values.values())
        for side in Side:
            assert repetition.reasons[side] == dict.fromkeys(SquatMeasure, problem.message)


def test_a_squat_cut_off_by_the_clips_start_or_end_does_not_count() -> None:
    squatter = Squatter(pause_s=0.0, repetitions=3)
    track = squatter.track()
    half = int(0.5 * squatter.repetition_s * squatter.rate_hz)
    part = pose_track(
        track.time_s[half:-half] - track.time_s[half], track.xy_px[half:-half], squatter.camera
    )
    found = analyse_squat(
        part, view=None, parameters=shipped_parameters("motion"), calibration=EXACT, versions={}
    )
    assert len(found.repetitions) == 1


def test_two_squats_are_too_few() -> None:
    found = analysed(Squatter(repetitions=2))
    reason = found.sides[Side.LEFT][SquatMeasure.KNEE_OVER_FOOT]
    assert isinstance(reason, Unknown)
    assert "3" in reason.reason
    assert "2" in reason.reason


def test_from_aside_and_without_squats_there_is_a_reason() -> None:
    aside = analysed(Squatter(camera=Camera(view=View.SIDE)))
    assert [problem.code for problem in aside.quality.problems] == ["view_not_frontal"]
    standing = analysed(Squatter(bend_deg=5.0))
    assert [problem.code for problem in standing.quality.problems] == ["no_squats"]
    assert isinstance(standing.sides[Side.LEFT][SquatMeasure.DEPTH], Unknown)


def test_squats_have_lines_of_their_own() -> None:
    calibration = Calibration(
        model="x",
        version="1",
        lines={(View.FRONT, "squat_knee_over_foot_pct"): Line(intercept=2.0, n=20)},
    )
    plain, moved = analysed(Squatter()), analysed(Squatter(), calibration=calibration)
    assert measured(moved, Side.LEFT, SquatMeasure.KNEE_OVER_FOOT).value == pytest.approx(
        measured(plain, Side.LEFT, SquatMeasure.KNEE_OVER_FOOT).value - 2
    )
    assert isinstance(moved.sides[Side.LEFT][SquatMeasure.DEPTH], Unknown)


def test_a_run_is_no_squat() -> None:
    found = analyse_squat(
        Runner(duration_s=6).track(),
        view=None,
        parameters=shipped_parameters("motion"),
        calibration=EXACT,
        versions={},
    )
    assert found.repetitions == ()


def test_quiet_standing_tells_how_the_camera_stood() -> None:
    camera = Camera(view=View.FRONT, yaw_deg=4.0, roll_deg=3.0)
    found = analysed(Squatter(noise_px=1, camera=camera))
    assert found.camera is not None
    assert found.camera.roll_deg == pytest.approx(3.0, abs=0.8)
    assert abs(found.camera.turn_deg) == pytest.approx(4.0, abs=1.5)
    words = measured(found, Side.LEFT, SquatMeasure.KNEE_OVER_FOOT).corrected_for
    assert "camera tilted 3 degrees" in words


@pytest.mark.parametrize("view", [View.FRONT, View.REAR])
def test_a_line_with_a_turn_makes_turned_knees_even(view: View) -> None:
    lines = {(view, "squat_fppa_deg"): Line(turn=1.0, n=20)}
    calibration = Calibration(model="x", version="1", lines=dict(lines))
    squatter = Squatter(camera=Camera(view=view, yaw_deg=5.0))
    raw, told = analysed(squatter), analysed(squatter, calibration=calibration)
    apart = [
        measured(found, Side.LEFT, SquatMeasure.FPPA).value
        - measured(found, Side.RIGHT, SquatMeasure.FPPA).value
        for found in (raw, told)
    ]
    assert abs(apart[0]) > 6
    assert abs(apart[1]) < 3


def test_squats_with_a_word_that_would_exchange_the_legs_are_refused() -> None:
    found = analysed(Squatter(camera=Camera(view=View.FRONT)), View.REAR)
    assert found.quality.problems[0].code == "view_disagrees"
    assert not found.quality.is_usable
    assert all(not each.values for each in found.repetitions)


def test_squats_filmed_from_far_aside_are_refused() -> None:
    found = analysed(Squatter(camera=Camera(view=View.FRONT, yaw_deg=20.0)))
    (turned,) = (each for each in found.quality.problems if each.code == "camera_turned")
    assert "may be some degrees less or more" in turned.message
    assert "treadmill" not in turned.hint
    assert not found.quality.is_usable


def test_squats_of_somebody_who_never_stands_on_both_feet_are_refused_with_how_to_film() -> None:
    found = analysed(Squatter(on=Side.LEFT, rests=False))
    (problem,) = found.quality.problems
    assert problem.code == "camera_turn_unknown"
    assert problem.is_fatal
    assert "both feet" in problem.hint
    assert len(found.repetitions) == 4
    assert found.sides[Side.LEFT][SquatMeasure.KNEE_OVER_FOOT] == Unknown(reason=problem.message)


def test_feet_that_are_never_seen_leave_the_cameras_turn_unknown() -> None:
    track = Squatter().track()
    xy_px = track.xy_px.copy()
    xy_px[:, [keypoint("toe", side) for side in Side]] = np.nan
    found = analyse_squat(
        replace(track, xy_px=xy_px),
        view=None,
        parameters=shipped_parameters("motion"),
        calibration=EXACT,
        versions={},
    )
    assert "camera_turn_unknown" in [problem.code for problem in found.quality.problems]


def test_knees_that_stay_out_are_not_hidden_by_standing_upright() -> None:
    squatter = Squatter(bend_deg=80.0, knee_in_deg=dict.fromkeys(Side, -8.0), camera=FAR)
    found = analysed(squatter)
    for side in Side:
        assert measured(found, side, SquatMeasure.FPPA_WORST).value < -5


@pytest.mark.parametrize("bend_deg", [55.0, 80.0, 110.0], ids=["shallow", "usual", "deep"])
def test_knees_that_stay_out_are_not_hidden_by_feet_wider_than_upright_knees(
    bend_deg: float,
) -> None:
    squatter = Squatter(
        bend_deg=bend_deg,
        upright_in_deg=9.0,
        knee_in_deg=dict.fromkeys(Side, -8.0),
        camera=FAR,
    )
    found = analysed(squatter)
    upright_pct, at_bottom_pct = 100 * np.tan(np.deg2rad([9.0, -8.0]))
    for side in Side:
        worst = measured(found, side, SquatMeasure.KNEE_OVER_FOOT_WORST).value
        assert at_bottom_pct - 1 < worst < upright_pct / 3


def test_a_knee_furthest_in_below_the_reach_of_its_angle_is_seen() -> None:
    squatter = Squatter(bend_deg=110.0, knee_in_deg=dict.fromkeys(Side, 8.0), camera=FAR)
    worst = measured(analysed(squatter), Side.LEFT, SquatMeasure.KNEE_OVER_FOOT_WORST)
    assert worst.value == pytest.approx(100 * np.tan(np.deg2rad(8.0)), abs=1.0)


def test_a_slip_left_out_on_the_way_leaves_the_mean_no_less_far_in_than_at_the_bottom() -> None:
    squatter = Squatter(
        repetitions=5, bend_deg=80.0, knee_in_deg=dict.fromkeys(Side, 0.0), camera=FAR
    )
    track, xy_px = squatter.track(), squatter.track().xy_px.copy()
    inward_px = 2.1  # 1 % of a shank; she is seen from in front, her left on the right.
    knee = keypoint("knee", Side.LEFT)
    for bottom_s, further_in in zip(squatter.bottoms(), [3.0, 7.0, 4.0, 6.0, 9.0], strict=True):
        is_near = np.abs(track.time_s - bottom_s) < squatter.repetition_s / 2
        xy_px[is_near, knee, 0] -= inward_px * further_in * squatter.depth()[is_near]
    slip_s = squatter.bottoms()[-1] + 0.35
    xy_px[:, knee, 0] -= inward_px * 40.0 * np.exp(-(((track.time_s - slip_s) / 0.08) ** 2) / 2)
    found = analyse_squat(
        replace(track, xy_px=xy_px),
        view=None,
        parameters=shipped_parameters("motion"),
        calibration=EXACT,
        versions={},
    )
    worst = measured(found, Side.LEFT, SquatMeasure.KNEE_OVER_FOOT_WORST)
    bottom = measured(found, Side.LEFT, SquatMeasure.KNEE_OVER_FOOT)
    assert (worst.n, bottom.n) == (4, 5)
    assert worst.value >= bottom.value > 5.5


def by_posture(**own: float) -> PostureModel:
    return PostureModel(intercept=3.0, own=own, other={}, residual_sd=0.5, difference_sd=0.25, n=40)


def worst_line(model: PostureModel) -> Calibration:
    line = Line(residual_sd=4.0, difference_sd=4.0, n=40, by_posture=model)
    return Calibration(
        model="x", version="1", lines={(View.FRONT, f"squat_{SquatMeasure.FPPA_WORST}"): line}
    )


def test_posture_tells_the_mean_of_squats_on_both_legs_and_keeps_their_distances() -> None:
    squatter = Squatter(knee_in_deg={Side.LEFT: 9.0, Side.RIGHT: 1.0}, noise_px=1)
    plain, told = analysed(squatter), analysed(squatter, calibration=worst_line(by_posture()))
    for side in Side:
        value = measured(told, side, SquatMeasure.FPPA_WORST)
        assert value.value == pytest.approx(3.0)
        assert value.error < measured(plain, side, SquatMeasure.FPPA_WORST).error + 1.5
        apart = [
            [each.values[side][SquatMeasure.FPPA_WORST] for each in found.repetitions]
            for found in (plain, told)
        ]
        assert np.diff(apart[0]) == pytest.approx(np.diff(apart[1]))


def test_a_posture_holds_what_a_model_may_ask_for() -> None:
    squatter = Squatter(knee_in_deg={Side.LEFT: 9.0, Side.RIGHT: 1.0}, camera=FAR)
    postures = analysed(squatter).postures
    left, right = postures[Side.LEFT], postures[Side.RIGHT]
    assert left["fppa_deg"] > right["fppa_deg"] + 3
    assert left["femoral_adduction_deg"] > right["femoral_adduction_deg"]
    assert left["knee_over_foot_pct"] > right["knee_over_foot_pct"]
    for name in NOT_APART:
        assert left[name] == right[name] > 0
    assert left["inward_turn_deg"] == pytest.approx(-right["inward_turn_deg"])


def test_squats_on_one_leg_have_the_line_alone() -> None:
    found = analysed(Squatter(on=Side.LEFT), calibration=worst_line(by_posture()))
    assert found.postures == {}
    value = measured(found, Side.LEFT, SquatMeasure.FPPA_WORST)
    assert value.value != pytest.approx(3.0)
    assert value.error == pytest.approx(1.96 * 4.0, abs=0.2)


@pytest.mark.parametrize("cover", Cover)
def test_what_stands_before_a_knee_takes_every_number_of_squats_and_nothing_else_does(
    cover: Cover,
) -> None:
    track = replace(Squatter(repetitions=5).track(), covered_by=cover)
    found = analyse_squat(
        track,
        view=View.FRONT,
        parameters=shipped_parameters("motion"),
        calibration=EXACT,
        versions={},
    )
    hides = cover is Cover.KNEE
    assert ("legs_hidden" in [problem.code for problem in found.quality.problems]) is hides
    assert found.quality.is_usable is not hides
    for side in Side:
        depth = found.sides[side][SquatMeasure.DEPTH]
        assert isinstance(depth, Unknown if hides else Measured)


def is_measured(found: SquatAnalysis) -> bool:
    return any(isinstance(each, Measured) for leg in found.sides.values() for each in leg.values())


@pytest.mark.parametrize(
    ("squatter", "code", "said"),
    [
        (Squatter(), "", ""),
        (Squatter(repetitions=1), "too_few_squats", "this clip has 1."),
        (Squatter(repetitions=2), "too_few_squats", "this clip has 2."),
        (Squatter(repetitions=2, on=Side.LEFT), "too_few_squats", "this clip has 2."),
        (Squatter(repetitions=3, on=Side.LEFT), "", ""),
        (Squatter(bend_deg=5.0), "no_squats", "No squat was found"),
    ],
)
def test_squats_are_usable_only_when_something_was_measured(
    squatter: Squatter, code: str, said: str
) -> None:
    found = analysed(squatter)
    assert found.quality.is_usable is is_measured(found) is (not code)
    assert [each.code for each in found.quality.problems] == [code] * bool(code)
    for problem in found.quality.problems:
        assert said in problem.message
        assert problem.is_fatal
        assert problem.hint == (
            "Film three to five slow squats, standing straight before and after each."
        )
    assert is_measured(found) or not any(any(each.values.values()) for each in found.repetitions)


def test_the_error_is_wider_for_knees_further_out_than_were_filmed_often() -> None:
    """Eight rendered people with knees 4 to 13 % outside: they read 3 % too far outside."""
    inside = analysed(Squatter(knee_in_deg=dict.fromkeys(Side, 5.0), camera=FAR))
    outside = analysed(Squatter(knee_in_deg=dict.fromkeys(Side, -9.0), camera=FAR))
    for measure, edge in (
        (SquatMeasure.KNEE_OVER_FOOT, -6.0),
        (SquatMeasure.KNEE_TO_ANKLE_GAP, 1.25),
    ):
        near, far = (measured(each, Side.LEFT, measure) for each in (inside, outside))
        assert abs(far.value) > abs(edge)
        assert far.error - near.error == pytest.approx(0.5 * abs(far.value - edge), rel=0.1)
    # Left minus right: what is beyond falls away.
    apart = outside.difference[SquatMeasure.KNEE_OVER_FOOT]
    assert isinstance(apart, Measured)
    assert apart.error < 1.0


@pytest.mark.parametrize(("moves_pct", "is_one_leg"), [(0.0, False), (1.3, False), (4.0, True)])
@pytest.mark.parametrize("side", list(Side))
def test_a_foot_that_goes_up_and_down_with_the_body_does_not_stand(
    side: Side, moves_pct: float, *, is_one_leg: bool
) -> None:
    """Held ahead, it is as low in the picture as the other: such squats gave numbers of both."""
    squatter = Squatter()
    track = squatter.track()
    down_px = track.xy_px[:, keypoint("ankle", side), 1] - track.xy_px[:, keypoint("hip", side), 1]
    xy_px = track.xy_px.copy()
    for part in ("ankle", "heel", "toe"):
        xy_px[:, keypoint(part, side), 1] -= squatter.depth() * moves_pct / 100 * down_px.max()
    found = analyse_squat(
        replace(track, xy_px=xy_px),
        view=View.FRONT,
        parameters=shipped_parameters("motion"),
        calibration=EXACT,
        versions={},
    )
    assert len(found.repetitions) == 4
    assert [each.code for each in found.quality.problems] == ["foot_moves"] * is_one_leg
    assert found.quality.is_usable is not is_one_leg
    assert is_measured(found) is not is_one_leg


def test_two_squats_on_each_leg_are_too_few_of_either() -> None:
    (problem,) = squat_problems(
        View.FRONT,
        [Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT],
        shipped_parameters("motion"),
    )
    assert problem.code == "too_few_squats"
    assert problem.message == (
        "A measure needs 3 squats; this clip has 2. Squats on one leg count for that leg alone."
    )
    both = [None, None, Side.LEFT]
    assert not [*squat_problems(View.FRONT, both, shipped_parameters("motion"))]


def test_squats_that_are_measured_from_elsewhere_only_say_where_to_put_the_camera() -> None:
    front = Calibration(
        model="x", version="1", lines={(View.FRONT, "squat_knee_over_foot_pct"): Line(n=20)}
    )
    found = analysed(Squatter(camera=Camera(view=View.REAR)), calibration=front)
    (problem,) = found.quality.problems
    assert problem.code == "nothing_measured"
    assert problem.message == "From here it cannot be measured well enough for a number."
    assert problem.hint == "Put the camera in front of you, at the height of your hips."
    assert not found.quality.is_usable
    assert not any(any(each.values.values()) for each in found.repetitions)
    unknown_model = analysed(Squatter(), calibration=Calibration(model="y", version="none"))
    (problem,) = unknown_model.quality.problems
    assert "this pose model" in problem.message
    assert "SIDESTEP_MODELS" in problem.hint


def test_in_the_dark_nobody_is_told_that_there_was_no_squat() -> None:
    track = Squatter(bend_deg=5.0).track()
    dark = replace(track, brightness=np.full(len(track.time_s), 12.0))
    found = analyse_squat(
        dark, view=None, parameters=shipped_parameters("motion"), calibration=EXACT, versions={}
    )
    assert [each.code for each in found.quality.problems] == ["too_dark"]
