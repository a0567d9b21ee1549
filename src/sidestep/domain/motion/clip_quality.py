"""The checks of a clip: what keeps it from being measured, said with how to film it better.

What is measured, and how, is not known here.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import middle_of, trunk_length_px
from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.cleaning import frame_rate_hz
from sidestep.domain.motion.gait_events import Gait
from sidestep.domain.motion.new_frames import new_frames_hz
from sidestep.domain.motion.pose_track import Cover, PoseTrack
from sidestep.domain.motion.quality import Problem
from sidestep.domain.motion.sides import SidedTrack
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.view_finding import ViewFound
from sidestep.domain.motion.views import FROM, View
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of, parameter_of
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown

NOT_SURE = 0.5
"""A score below this: the pose source says itself that it hardly sees the point."""

RATE_TOLERANCE = 0.98
"""A camera set to 50 frames a second may record 49.95."""

MISSING_FRAMES = 3.0
"""A clip that lasts this much longer than its frames is full of holes, or its times are wrong."""

JUMP_TRUNKS = 1.0
SETTLED_S = 0.4
"""The person followed has changed when the hips jump so far at once and stay there so long."""

SETTLED_SHARE = 0.5
"""Of the frames before and after a jump, somebody must be seen in so many."""

ALTERNATION = 0.25
"""Share of the feet's movement that must be explained by one leg after the other."""


def track_problems(
    track: PoseTrack, parameters: Parameters, *, frame_rate_parameter: str
) -> Iterator[Problem]:
    """Yield what is wrong with the picture itself, worst first."""
    yield from _nobody(track, parameters)
    yield from _one_picture(track)
    yield from _not_upright(track)
    yield from _edited(track)
    yield from _another_person(track)
    yield from _too_dark(track, parameters)
    yield from _too_slow(track, parameters, frame_rate_parameter)
    yield from _feet_out(track, parameters)
    yield from _legs_hidden(track, parameters)
    yield from _several_people(track)


def _problem(
    parameters: Parameters, parameter_id: str, code: str, hint: str, found: float
) -> Problem:
    """Word a problem with the sentence of the number that was not kept."""
    message = parameter_of(parameters, parameter_id).filled_in(
        found=found, found_percent=100.0 * found
    )
    return Problem(code=code, message=message, hint=hint)


def _nobody(track: PoseTrack, parameters: Parameters) -> Iterator[Problem]:
    is_seen = _is_seen(track)
    seen = float(np.mean(is_seen)) if len(is_seen) else 0.0
    if seen < number_of(parameters, "person_seen_min_frac"):
        hint = "Film one person, whole, from head to feet, in good light."
        yield _problem(parameters, "person_seen_min_frac", "no_person", hint, seen)


def _is_seen(track: PoseTrack) -> NDArray[np.bool_]:
    """Return in which frames there is somebody, shape (n,)."""
    return np.isfinite(middle_of(track.xy_px, "hip")[:, 0])


def _one_picture(track: PoseTrack) -> Iterator[Problem]:
    if len(track.time_s) == 1:
        yield Problem(
            code="too_short",
            message="The clip has only one picture, so nothing can be seen to move.",
            hint="Start the camera first, and stop it only when you are done.",
        )


def _not_upright(track: PoseTrack) -> Iterator[Problem]:
    """Yield that the film lies on its side or stands on its head, as some editors leave it."""
    up = middle_of(track.xy_px, "shoulder") - middle_of(track.xy_px, "hip")
    up = up[np.isfinite(up[:, 0])]
    if not len(up):
        return
    rightwards, downwards = np.median(up, axis=0)
    if -downwards > abs(rightwards):
        return
    is_aside = abs(rightwards) > abs(downwards)
    yield Problem(
        code="not_upright",
        message=_ON_ITS_SIDE if is_aside else _ON_ITS_HEAD,
        hint="Turn the film upright in your phone's gallery, and measure it again.",
        helps_now=True,
    )


_ON_ITS_SIDE = "The picture lies on its side: your head is not above your feet in it."
_ON_ITS_HEAD = "The picture stands on its head: your head is not above your feet in it."


def _edited(track: PoseTrack) -> Iterator[Problem]:
    hint = "Give the clip as the camera recorded it, in one piece."
    if track.cuts_s:
        places = ", ".join(f"{cut:.1f} s" for cut in track.cuts_s[:3])
        message = f"The picture changes abruptly at {places}: the clip seems to be cut together."
        yield Problem(code="edited_clip", message=message, hint=hint, helps_now=True)
    elif has_holes(track):
        message = "Many frames of the clip are missing, so its timing can't be trusted."
        yield Problem(code="frames_missing", message=message, hint=hint, helps_now=True)


def has_holes(track: PoseTrack) -> bool:
    """Whether the clip lasts far longer than its frames account for."""
    rate_hz = frame_rate_hz(track.time_s)
    n = len(track.time_s)
    return n > 1 and float(np.ptp(track.time_s)) * rate_hz > MISSING_FRAMES * n


def _another_person(track: PoseTrack) -> Iterator[Problem]:
    hips = middle_of(track.xy_px, "hip")
    trunk_px = trunk_length_px(track.xy_px)
    known = np.flatnonzero(np.isfinite(hips[:, 0]))
    if len(known) < 2 or not trunk_px > 0:
        return
    step = np.diff(hips[known], axis=0)
    settled = max(2, round(SETTLED_S * frame_rate_hz(track.time_s)))
    jumps = np.flatnonzero(np.hypot(step[:, 0], step[:, 1]) > JUMP_TRUNKS * trunk_px)
    for last, first in zip(known[jumps], known[jumps + 1], strict=True):
        before = hips[max(0, last + 1 - settled) : last + 1]
        after = hips[first : first + settled]
        if _is_settled(before) and _is_settled(after):
            apart = np.nanmedian(after, axis=0) - np.nanmedian(before, axis=0)
            if np.hypot(*apart) > JUMP_TRUNKS * trunk_px:
                yield Problem(
                    code="two_runners",
                    message=f"After {track.time_s[last]:.1f} s the body that is followed is "
                    "suddenly elsewhere in the picture: it may be somebody else from there on.",
                    hint="Film so that only you are in the picture, without mirrors behind you.",
                )
                return


def _is_settled(hips: NDArray[np.float64]) -> bool:
    """Whether somebody was there, and not a single frame in which things looked like a body."""
    return float(np.mean(np.isfinite(hips[:, 0]))) >= SETTLED_SHARE


def _too_dark(track: PoseTrack, parameters: Parameters) -> Iterator[Problem]:
    # Where she is seen, her own light counts; where nobody is found, that of the whole picture.
    is_nobody = any(_nobody(track, parameters))
    told = np.isfinite(track.brightness) & (is_nobody | _is_seen(track))
    seen = track.brightness[told]
    if seen.size and np.median(seen) < number_of(parameters, "brightness_min"):
        hint = "Turn on more light, or film with the light behind the camera."
        found = float(np.median(seen))
        yield _problem(parameters, "brightness_min", "too_dark", hint, found)


def _too_slow(
    track: PoseTrack, parameters: Parameters, frame_rate_parameter: str
) -> Iterator[Problem]:
    rate_hz = frame_rate_hz(track.time_s)
    new_hz = new_frames_hz(track.time_s, track.changes)
    if not 0 < new_hz < RATE_TOLERANCE * number_of(parameters, frame_rate_parameter):
        return
    hint = "Set the camera to 60 frames a second or more; 120 is better for running."
    problem = _problem(parameters, frame_rate_parameter, "low_frame_rate", hint, new_hz)
    if new_hz < rate_hz:
        repeated = (
            f"This film holds {rate_hz:.0f} frames a second, but only about {new_hz:.0f} of them "
            "are new: the others repeat the one before."
        )
        problem = replace(problem, message=f"{repeated} {problem.message}", hint=_AS_RECORDED)
    yield problem


_AS_RECORDED = (
    "Set the camera itself to 60 frames a second or more, film in good light, and give the film as "
    "it was recorded: saving it again with more frames adds nothing new."
)


def _feet_out(track: PoseTrack, parameters: Parameters) -> Iterator[Problem]:
    feet = [keypoint(part, side) for side in Side for part in ("ankle", "heel", "toe")]
    xy_px = track.xy_px[:, feet]
    known = np.isfinite(xy_px[..., 0])
    size = np.array([track.width_px, track.height_px])
    with np.errstate(invalid="ignore"):
        out = np.any((xy_px < 0) | (xy_px > size), axis=-1) & known
    seen = np.any(known, axis=1)
    share = float(np.mean(np.any(out, axis=1)[seen])) if seen.any() else 0.0
    if share > number_of(parameters, "feet_out_max_frac"):
        hint = "Step back or tilt the camera so that both feet stay in the picture all the time."
        yield _problem(parameters, "feet_out_max_frac", "feet_out_of_frame", hint, share)


def _legs_hidden(track: PoseTrack, parameters: Parameters) -> Iterator[Problem]:
    hidden = [hidden_share(track, side) for side in Side]
    if max(hidden) > number_of(parameters, "legs_hidden_max_frac"):
        hint = "Move the camera until no handrail, console or loose trousers hide knees and ankles."
        yield _problem(parameters, "legs_hidden_max_frac", "legs_hidden", hint, max(hidden))


def hidden_share(track: PoseTrack, side: Side) -> float:
    """Return the share of frames with a person in which this knee or ankle is hardly seen."""
    legs = [keypoint(part, side) for part in ("knee", "ankle")]
    seen = np.isfinite(middle_of(track.xy_px, "hip")[:, 0])
    if not seen.any():
        return 0.0
    unsure: NDArray[np.bool_] = np.any(track.score[:, legs] < NOT_SURE, axis=1)
    return float(np.mean(unsure[seen]))


def _several_people(track: PoseTrack) -> Iterator[Problem]:
    counted = np.isfinite(track.people)
    rivals = np.zeros(len(counted)) if track.rivals is None else track.rivals
    if counted.any() and np.mean(rivals[counted] > 0) > 0.5:
        yield Problem(
            code="two_runners",
            message="Two people move side by side here, and nothing tells which one is you.",
            hint="Film so that only you are in the picture, or you in its middle and large.",
        )
    elif counted.any() and np.mean(track.people[counted] > 1) > 0.5:
        yield Problem(
            code="several_people",
            message="More than one person is in the picture; the nearest one was followed.",
            hint="Look at the picture with the lines: they should be on you.",
            is_fatal=False,
        )


def view_problems(found: ViewFound, asked: View | None) -> Iterator[Problem]:
    """Yield what is wrong with the place of the camera, as the body's outline shows it."""
    hint = "Put the camera straight behind you, in front of you, or exactly to your side."
    if asked is None and found.view is None:
        message = "It isn't clear from where the clip was filmed."
        yield Problem(code="view_unclear", message=message, hint=f"{hint} {_OR_NAME_IT}")
    elif asked is not None and found.view is not None and asked is not found.view:
        message = f"You said {FROM[asked]}, but the body looks filmed {FROM[found.view]}."
        is_sure = found.contradicts(asked)
        yield Problem(
            code="camera_turned" if View.SIDE in (asked, found.view) else "view_disagrees",
            message=message + ("" if is_sure else " Your word counts: left and right follow it."),
            hint=_MEASURE_AGAIN[found.view] if is_sure else hint,
            is_fatal=is_sure,
            helps_now=is_sure,
        )


_OR_NAME_IT = (
    "Or say where it stood: measure this clip again with --view rear, front or side, or choose it "
    "in the browser."
)


_MEASURE_AGAIN = {
    View.REAR: "Measure this clip again with --view rear, or choose “from behind” in the browser.",
    View.FRONT: "Measure this clip again with --view front, or choose “from the front” in the "
    "browser.",
    View.SIDE: "Measure this clip again with --view side, or choose “from the side” in the "
    "browser.",
}
"""What to do now where another view was named than is seen."""


def sides_problems(sided: SidedTrack) -> Iterator[Problem]:
    """Yield that the legs were exchanged and put right."""
    if sided.n_swaps:
        times = count_of(sided.n_swaps, "time", "times")
        frames = count_of(sided.n_swapped_frames, "frame", "frames")
        yield Problem(
            code="sides_repaired",
            message=f"Left and right leg were mixed up {times} ({frames}) and put right.",
            hint="A brighter picture, and trousers of another colour than the ground, help.",
            is_fatal=False,
        )


def length_problems(length_s: float, parameters: Parameters) -> Iterator[Problem]:
    """Yield that a clip is too short for the steps of a run, however fast they come."""
    needed = number_of(parameters, "steps_needed")
    least_s = 60.0 * len(Side) * needed / number_of(parameters, "natural_speed_max_spm")
    if length_s < least_s:
        message = (
            f"The clip lasts {length_s:.1f} s: too short for the {needed:.0f} good steps of each "
            "leg that a measure needs."
        )
        yield Problem(code="too_short", message=message, hint=_LONGER)


_LONGER = "Film for at least 20 seconds of steady running."


def running_problems(gait: Gait, parameters: Parameters) -> Iterator[Problem]:
    """Yield why this is no run at natural speed."""
    hint = "Film yourself running at your usual speed, for at least 20 seconds."
    legs_alternate = any(window.alternation > ALTERNATION for window in gait.windows)
    if not gait.stances or not legs_alternate or not np.isfinite(gait.cadence_spm):
        message = "Nobody runs in this clip: the legs don't take turns."
        yield Problem(code="not_running", message=message, hint=hint)
        return
    lifts = gait.swing_legs >= number_of(parameters, "running_foot_lift_min_legs")
    cadence_spm, found = gait.cadence_spm, gait.cadence_spm
    if lifts and cadence_spm < number_of(parameters, "natural_speed_min_spm"):
        limit, code = "natural_speed_min_spm", "slow_motion"
        hint = "Give the clip at its real speed, not exported as slow motion."
    elif cadence_spm > number_of(parameters, "natural_speed_max_spm"):
        limit, code = "natural_speed_max_spm", "sped_up"
        hint = "Give the clip at its real speed, not speeded up."
    elif cadence_spm < number_of(parameters, "running_cadence_min_spm"):
        limit, code = "running_cadence_min_spm", "not_running"
    elif not lifts:
        limit, code, found = "running_foot_lift_min_legs", "not_running", gait.swing_legs
    else:
        return
    problem = _problem(parameters, limit, code, hint, found)
    yield replace(problem, helps_now=code in ("slow_motion", "sped_up"))


def squat_problems(
    view: View, standing_on: Sequence[Side | None], parameters: Parameters
) -> Iterator[Problem]:
    """Yield why squats cannot be measured here.

    ``standing_on`` is the leg of each squat that was found, ``None`` for both legs.
    """
    if view is View.SIDE:
        message = "Seen from the side, a knee that goes inward can't be told."
        yield Problem(code="view_not_frontal", message=message, hint=SQUAT_IN_FRONT)
    elif not standing_on:
        message = "No squat was found in this clip."
        yield Problem(code="no_squats", message=message, hint=_MORE_SQUATS)
    else:
        most = max(sum(leg is not side.other for leg in standing_on) for side in Side)
        if most < number_of(parameters, "squat_repetitions_needed"):
            few = _problem(
                parameters, "squat_repetitions_needed", "too_few_squats", _MORE_SQUATS, most
            )
            is_of_each = most < len(standing_on)
            yield replace(few, message=f"{few.message} {_OF_EACH_LEG}") if is_of_each else few


def standing_problems(foot_moves_pct: Sequence[float], parameters: Parameters) -> Iterator[Problem]:
    """Yield that it is not both feet that stand, where squats were taken for ones on both legs.

    ``foot_moves_pct`` is how much further one ankle went up and down than the other, by squat.
    """
    if not foot_moves_pct:
        return
    moves_pct = median(foot_moves_pct)
    if moves_pct > number_of(parameters, _FOOT_MOVES):
        yield _problem(parameters, _FOOT_MOVES, "foot_moves", _BOTH_FEET_STAND, moves_pct)


def unmeasured_problems(
    legs: Iterable[Mapping[Any, Measure]], *, is_calibrated: bool, hint: str
) -> Iterator[Problem]:
    """Yield that no measure of either leg came out of a clip with which nothing else is wrong.

    Parameters
    ----------
    is_calibrated
        The pose model has a calibration.
    hint
        From where such a clip is measured.
    """
    measures = [each for leg in legs for each in leg.values()]
    if any(isinstance(each, Measured) for each in measures):
        return
    if is_calibrated:
        reasons = dict.fromkeys(each.reason for each in measures if isinstance(each, Unknown))
        message = " ".join(reasons)
    else:
        message = "How far this pose model misreads is not known, so it gives no number."
        hint = "Use the pose model that comes with Sidestep: leave SIDESTEP_MODELS unset."
    yield Problem(code="nothing_measured", message=message, hint=hint, helps_now=not is_calibrated)


RUN_FROM_BEHIND = "Film from straight behind you or from the front, whole and in good light."
SQUAT_IN_FRONT = "Put the camera in front of you, at the height of your hips."
"""From where a clip is measured."""

_FOOT_MOVES = "squat_foot_moves_max_pct"
_BOTH_FEET_STAND = (
    "Let both feet stand where they are until you are up again. On one leg, hold the free foot "
    "behind you."
)
_OF_EACH_LEG = "Squats on one leg count for that leg alone."
_MORE_SQUATS = "Film three to five slow squats, standing straight before and after each."


def step_problems(gait: Gait, parameters: Parameters) -> Iterator[Problem]:
    """Yield that too few steps are good, and where the rhythm was uncertain."""
    good = min(
        sum(stance.is_good and stance.side is side for stance in gait.stances) for side in Side
    )
    if good < number_of(parameters, "steps_needed"):
        yield _problem(parameters, "steps_needed", "too_short", _LONGER, good)
    if gait.bad_windows:
        first = gait.bad_windows[0]
        yield Problem(
            code="uneven_rhythm",
            message=f"Around {first.start_s:.0f} to {first.end_s:.0f} s the rhythm is uneven; "
            "steps that couldn't be counted surely are left out.",
            hint="Film steady running only; leave out starting and stopping.",
            is_fatal=False,
        )


_COVERS = {
    Cover.KNEE: "Something stands before a knee in the picture all the time; behind it the knee is "
    "only guessed.",
    Cover.BAR: "A bar lies across your legs in the picture; behind it the joints are only guessed.",
    Cover.POST: "A post stands before your legs in the picture; behind it the joints are only "
    "guessed.",
    Cover.RAIL: "A rail runs aslant across your legs in the picture; behind it the joints are only "
    "guessed.",
    Cover.CONSOLE: "Something hides both of your shoulders all the time; without them the joints "
    "are placed less surely.",
}


def covered_problems(
    covered_by: Cover | None, telling: Container[Cover] = frozenset(Cover)
) -> Iterator[Problem]:
    """Yield that something stands between the camera and the person.

    Parameters
    ----------
    telling
        What means anything of the way the person moves.
    """
    if covered_by is None or covered_by not in telling:
        return
    yield Problem(
        code="shoulders_hidden" if covered_by is Cover.CONSOLE else "legs_hidden",
        message=_COVERS[covered_by],
        hint="Move the camera until nothing stands between it and you: no handrail, console or "
        "post.",
    )


RUN_WITH_FEET = "Film from head to feet, so that heels and toes are seen at every step."
STAND_FIRST = "Stand still on both feet, seen whole, for two seconds before and after your squats."
"""How to film so that the camera's turn can be told."""

IN_LINE_WITH_THE_BELT = (
    "Put the camera straight behind you or in front of you, in line with a treadmill."
)
STRAIGHT_BEFORE_YOU = "Stand so that your feet and hips face the camera, or exactly away from it."
"""How to film so that the camera is not turned."""


def camera_problems(
    camera: CameraPose | None, parameters: Parameters, *, to_tell_turn: str, to_have_none: str
) -> Iterator[Problem]:
    """Yield that the camera stood too crooked to be corrected, or that nobody can tell.

    Parameters
    ----------
    camera
        ``None`` where nothing shows how it stood.
    to_tell_turn
        How to film so that its turn can be told.
    to_have_none
        How to film so that it is not turned.
    """
    if camera is None or not np.isfinite(camera.turn_deg):
        message = "From which direction the camera looked at you can't be told from this clip."
        yield Problem(code="camera_turn_unknown", message=message, hint=to_tell_turn)
    elif abs(camera.turn_deg) > number_of(parameters, "camera_turn_max_deg"):
        turn = abs(camera.turn_deg)
        yield _problem(parameters, "camera_turn_max_deg", "camera_turned", to_have_none, turn)
    if camera is not None and abs(camera.roll_deg) > number_of(parameters, "camera_roll_max_deg"):
        hint = "Hold or set the phone upright; a level on the screen helps."
        roll = abs(camera.roll_deg)
        yield _problem(parameters, "camera_roll_max_deg", "camera_rolled", hint, roll)
