import pytest

from builders.motion_runner import Camera, Runner, standing_then_running
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.motion.calibration import EXACT
from sidestep.domain.motion.camera import estimate_camera, weigh_lines
from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.cleaning import clean_track
from sidestep.domain.motion.corrections import corrections
from sidestep.domain.motion.gait_events import find_gait
from sidestep.domain.motion.pose_track import LinesRoll
from sidestep.domain.motion.rhythm import rhythm_curves
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.running import analyse_run
from sidestep.domain.motion.sides import settle_sides
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

STANCE_SHARE = 0.36


def found(camera: Camera, lines_roll: LinesRoll | None = None, **runner: object) -> CameraPose:
    track = Runner(camera=camera, duration_s=10, noise_px=2, **runner).track()  # type: ignore[arg-type]
    clean = clean_track(settle_sides(track, camera.view))
    stances = find_gait(rhythm_curves(clean)).stances
    return estimate_camera(clean, stances, STANCE_SHARE, lines_roll)


@pytest.mark.parametrize("view", [View.REAR, View.FRONT])
@pytest.mark.parametrize("yaw_deg", [-6.0, -2.0, 0.0, 4.0])
def test_the_turn_is_found_from_the_belts_way(view: View, yaw_deg: float) -> None:
    pose = found(Camera(view=view, yaw_deg=yaw_deg))
    # Carried round the runner anticlockwise from behind, the camera sees what lies ahead further
    # left; in front it is the other way round.
    expected = -yaw_deg if view is View.REAR else yaw_deg
    assert pose.turn_deg == pytest.approx(expected, abs=0.25 * abs(yaw_deg) + 0.5)
    assert pose.turn_error_deg < 0.5


@pytest.mark.parametrize("view", [View.REAR, View.FRONT])
@pytest.mark.parametrize("roll_deg", [-5.0, 0.0, 3.0])
def test_the_roll_is_found_from_the_body(view: View, roll_deg: float) -> None:
    pose = found(Camera(view=view, roll_deg=roll_deg))
    assert pose.roll_deg == pytest.approx(roll_deg, abs=0.5)


def test_a_runner_who_leans_is_no_rolled_camera() -> None:
    assert abs(found(Camera(), sway_deg=6.0).roll_deg) < 0.5


def test_lines_of_the_place_correct_a_crooked_runner() -> None:
    crooked = {"adduction_deg": {Side.LEFT: 14.0, Side.RIGHT: 2.0}}
    alone = found(Camera(), None, **crooked)
    helped = found(Camera(), LinesRoll(degrees=0.0, error_deg=0.4), **crooked)
    assert abs(alone.roll_deg) > 0.4
    assert abs(helped.roll_deg) < 0.15


def test_lines_that_contradict_the_runner_are_not_heard() -> None:
    assert weigh_lines(1.0, LinesRoll(degrees=20.0, error_deg=0.1)) == 1.0
    assert weigh_lines(1.0, None) == 1.0
    assert weigh_lines(2.0, LinesRoll(degrees=0.0, error_deg=2.0)) == pytest.approx(1.0)


def test_quiet_standing_before_a_run_halves_what_a_crooked_runner_fakes() -> None:
    runner = Runner(adduction_deg={Side.LEFT: 14.0, Side.RIGHT: 2.0}, duration_s=10, noise_px=2)
    alone, helped = (
        analyse_run(
            track,
            view=View.REAR,
            parameters=shipped_parameters("motion"),
            calibration=EXACT,
            versions={},
        )
        for track in (runner.track(), standing_then_running(runner, 3.0))
    )
    assert alone.camera is not None
    assert helped.camera is not None
    assert abs(helped.camera.roll_deg) < 0.65 * abs(alone.camera.roll_deg)
    assert all(step.time_s > 3.0 for step in helped.steps)
    assert len(helped.steps) == len(alone.steps)


@pytest.mark.parametrize(
    ("roll_deg", "said"),
    [
        (0.4, ()),
        (-0.5, ("camera tilted 1 degree",)),
        (1.4, ("camera tilted 1 degree",)),
        (2.3, ("camera tilted 2 degrees",)),
    ],
)
def test_what_was_taken_out_is_counted_in_words(roll_deg: float, said: tuple[str, ...]) -> None:
    pose = CameraPose(roll_deg=roll_deg, turn_deg=0.0, turn_error_deg=0.0)
    line = EXACT.line(View.REAR, RunMeasure.FPPA)
    assert line is not None
    assert corrections(pose, line) == said
