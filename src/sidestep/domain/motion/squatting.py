"""Analyses a clip of squats, on both legs or on one, from its pose track."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.body_size import shank_length_px
from sidestep.domain.motion.calibration import Calibration, Line
from sidestep.domain.motion.camera import straighten
from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.cleaning import CleanTrack, clean_track, duration_s, frame_rate_hz
from sidestep.domain.motion.clip_quality import (
    SQUAT_IN_FRONT,
    STAND_FIRST,
    STRAIGHT_BEFORE_YOU,
    camera_problems,
    covered_problems,
    has_holes,
    sides_problems,
    squat_problems,
    standing_problems,
    track_problems,
    unmeasured_problems,
    view_problems,
)
from sidestep.domain.motion.corrections import corrections
from sidestep.domain.motion.frontal_angles import fppa_deg, knee_over_foot_pct
from sidestep.domain.motion.means_by_posture import means_by_posture, move_to_mean
from sidestep.domain.motion.plausible_points import plausible
from sidestep.domain.motion.pose_track import Cover, PoseTrack, Series
from sidestep.domain.motion.posture import Posture
from sidestep.domain.motion.posture_model import PostureModel
from sidestep.domain.motion.quality import Problem, Quality, worth_telling
from sidestep.domain.motion.sides import settle_sides
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.squat_analysis import Repetition, SquatAnalysis, SquatMeasure
from sidestep.domain.motion.squat_posture import squat_postures
from sidestep.domain.motion.squat_repetitions import (
    RepetitionFound,
    find_repetitions,
    find_standing,
    knee_bend_deg,
)
from sidestep.domain.motion.standing_camera import estimate_standing_camera
from sidestep.domain.motion.step_statistics import measure_series, subtract
from sidestep.domain.motion.view_finding import find_view, inward_turn_deg
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of, parameter_of, whole_number_of
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown

BOTTOM_S = 0.1
"""Values at the bottom are means over this long before and after it."""

SQUAT_PREFIX = "squat_"
"""Squats read otherwise than running: their lines in a calibration carry this before the id."""

_TELLING_COVERS = (Cover.KNEE,)
"""Feet and shins of somebody who squats hardly move: there, stillness hides nothing."""

_AT_BOTTOM = {
    SquatMeasure.FPPA_WORST: SquatMeasure.FPPA,
    SquatMeasure.KNEE_OVER_FOOT_WORST: SquatMeasure.KNEE_OVER_FOOT,
}
"""Of what is furthest in on the way, the same at the bottom: lines of their own tell both."""

_OVER_FOOT = (SquatMeasure.KNEE_OVER_FOOT, SquatMeasure.KNEE_OVER_FOOT_WORST)

_ANGLES = (SquatMeasure.FPPA, SquatMeasure.FPPA_WORST)
_NO_LINE = "From here it cannot be measured well enough for a number."
_NO_GAP = "Only squats on both legs, with the feet apart, have it."


def analyse_squat(
    track: PoseTrack,
    *,
    view: View | None,
    parameters: Parameters,
    calibration: Calibration,
    versions: Mapping[str, str],
) -> SquatAnalysis:
    """Measure every squat of a clip filmed from in front or behind.

    The parameters are those of ``analyse_run``. What is furthest in is looked for where the knee
    bends enough for a squat, and is nowhere less far in than at the bottom. The angle of the knee
    (FPPA) is given at the bottom only while the knee bends little enough there, and its worst only
    over that part of the way.

    Raises
    ------
    KnowledgeError
        A parameter is missing.

    Sources
    -------
    munro_2012
    """
    track = plausible(track)
    problems = [*track_problems(track, parameters, frame_rate_parameter="squat_frame_rate_min_hz")]
    seen = _Seen()
    if len(track.time_s) > 1 and not has_holes(track):
        found = find_view(track)
        problems += view_problems(found, view)
        view = found.or_asked(view)
        if view is not None:
            sided = settle_sides(track, view)
            problems += sides_problems(sided)
            seen = _look(clean_track(sided), track, parameters)
            problems += seen.problems
    problems = [*worth_telling(problems)]
    repetitions: Sequence[Repetition] = ()
    by_posture: frozenset[SquatMeasure] = frozenset()
    if view is not None:
        repetitions, by_posture = _calibrated(seen, view, calibration)
    measurer = _Measurer(
        view=view,
        repetitions=repetitions,
        by_posture=by_posture,
        camera=seen.camera,
        problems=problems,
        parameters=parameters,
        calibration=calibration,
    )
    sides = {side: measurer.side(side) for side in Side}
    if measurer.refusal is None:
        problems += unmeasured_problems(
            sides.values(), is_calibrated=calibration.is_any, hint=SQUAT_IN_FRONT
        )
        measurer = replace(measurer, problems=problems)
    return SquatAnalysis(
        view=view,
        n_frames=len(track.time_s),
        duration_s=duration_s(track.time_s),
        frame_rate_hz=frame_rate_hz(track.time_s),
        repetitions=tuple(measurer.told(each) for each in repetitions),
        sides=sides,
        difference=measurer.differences(),
        quality=Quality(problems=tuple(problems)),
        versions=dict(versions),
        camera=seen.camera,
        postures=seen.postures,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the pictures of one clip showed, uncalibrated."""

    repetitions: tuple[Repetition, ...] = ()
    postures: Mapping[Side, Posture] = field(default_factory=dict)
    camera: CameraPose | None = None
    problems: tuple[Problem, ...] = ()


def _look(
    track: CleanTrack,
    as_seen: PoseTrack,
    parameters: Parameters,
) -> _Seen:
    if track.view is View.SIDE:
        return _Seen(problems=tuple(squat_problems(track.view, (), parameters)))
    lift_min_pct = number_of(parameters, "single_leg_lift_min_pct")
    standing = find_standing(track, lift_min_pct=lift_min_pct)
    camera = estimate_standing_camera(track, standing, as_seen.lines_roll)
    if camera is not None:
        track = straighten(track, camera.roll_deg)
    found = find_repetitions(
        track,
        depth_min_pct=number_of(parameters, "squat_depth_min_pct"),
        lift_min_pct=lift_min_pct,
    )
    problems = [*squat_problems(track.view, [each.on for each in found], parameters)]
    on_both = [each.foot_moves_pct for each in found if each.on is None]
    problems += standing_problems(on_both, parameters)
    problems += covered_problems(as_seen.covered_by, _TELLING_COVERS)
    if camera is not None or found:
        problems += camera_problems(
            camera, parameters, to_tell_turn=STAND_FIRST, to_have_none=STRAIGHT_BEFORE_YOU
        )
    squatting = [_squatting(each, parameters) for each in found]
    telling = [
        _telling(each, bent, parameters) for each, bent in zip(found, squatting, strict=True)
    ]
    is_on_both = all(
        each.on is None and samples.size for each, samples in zip(found, telling, strict=True)
    )
    return _Seen(
        repetitions=tuple(
            Repetition(
                start_s=float(track.time_s[each.start]),
                bottom_s=float(track.time_s[each.bottom]),
                end_s=float(track.time_s[each.end]),
                on=each.on,
                values=_measure(track, each, bent, samples),
            )
            for each, bent, samples in zip(found, squatting, telling, strict=True)
        ),
        postures=squat_postures(track, telling, camera) if found and is_on_both else {},
        camera=camera,
        problems=tuple(problems),
    )


def _measure(
    track: CleanTrack,
    found: RepetitionFound,
    squatting: NDArray[np.intp],
    telling: NDArray[np.intp],
) -> dict[Side, dict[SquatMeasure, float]]:
    """Return what the picture shows of one squat, uncalibrated."""
    shank_px = shank_length_px(track.xy_px)
    bottom = _around(track, found.bottom)
    values: dict[Side, dict[SquatMeasure, float]] = {}
    for side in [found.on] if found.on else list(Side):
        fppa = fppa_deg(track.xy_px, side, track.view)
        offset = knee_over_foot_pct(track.xy_px, side, track.view, shank_px)
        raw = {
            SquatMeasure.FPPA_WORST: _most_inward(fppa[telling]),
            SquatMeasure.KNEE_OVER_FOOT: float(np.mean(offset[bottom])),
            SquatMeasure.KNEE_OVER_FOOT_WORST: _most_inward(offset[squatting]),
            SquatMeasure.DEPTH: found.depth_pct,
        }
        if found.bottom in telling:
            raw[SquatMeasure.FPPA] = float(np.mean(fppa[bottom]))
        if found.on is None:
            raw[SquatMeasure.KNEE_TO_ANKLE_GAP] = _gap_ratio(track, bottom)
        values[side] = {name: value for name, value in raw.items() if np.isfinite(value)}
    return values


def _squatting(found: RepetitionFound, parameters: Parameters) -> NDArray[np.intp]:
    """Return the samples of a squat in which the knee is bent enough for one.

    Upright the knee is beside the foot by how wide the feet stand, whatever it does further down.
    """
    least_pct = number_of(parameters, "squat_depth_min_pct")
    is_bent = found.knee_bend_deg >= knee_bend_deg(np.array([least_pct]))
    return found.start + np.flatnonzero(is_bent)


def _telling(
    found: RepetitionFound, squatting: NDArray[np.intp], parameters: Parameters
) -> NDArray[np.intp]:
    """Return those samples in which the angle of the knee tells something.

    A straight leg has no angle, and of a leg bent too much the thigh points at the lens.
    """
    most_deg = number_of(parameters, "squat_fppa_knee_bend_max_deg")
    return squatting[found.knee_bend_deg[squatting - found.start] <= most_deg]


def _lines(view: View, calibration: Calibration) -> dict[SquatMeasure, Line | None]:
    return {measure: calibration.line(view, f"{SQUAT_PREFIX}{measure}") for measure in SquatMeasure}


def _calibrated(
    seen: _Seen, view: View, calibration: Calibration
) -> tuple[Sequence[Repetition], frozenset[SquatMeasure]]:
    """Return the squats told back to the truth, and what the postures told the mean of.

    Without a line there is no value. Where posture tells the mean of a leg, the line only tells how
    far each squat is from it. The bottom is on the way, so nothing is furthest in short of it.
    """
    lines = _lines(view, calibration)
    means = means_by_posture(seen.postures, lines)
    told = []
    for repetition in seen.repetitions:
        values: dict[Side, dict[SquatMeasure, float]] = {}
        for side, raw in repetition.values.items():
            turn_deg = inward_turn_deg(seen.camera, side, view)
            values[side] = {
                measure: line.true_value(value, turn_deg)
                for measure, value in raw.items()
                for line in [lines[measure]]
                if line is not None
            }
        told.append(values)
    for measure, of_sides in means.items():
        for side, mean in of_sides.items():
            own = [values[side] for values in told]
            move_to_mean(own, [True] * len(own), measure, mean)
    for legs in told:
        for own_values in legs.values():
            _raise_to_bottom(own_values)
    repetitions = tuple(
        replace(repetition, values=values)
        for repetition, values in zip(seen.repetitions, told, strict=True)
    )
    return repetitions, frozenset(means)


def _raise_to_bottom(values: dict[SquatMeasure, float]) -> None:
    for worst, bottom in _AT_BOTTOM.items():
        if worst in values and bottom in values:
            values[worst] = max(values[worst], values[bottom])


def _around(track: CleanTrack, bottom: int) -> slice:
    half = round(BOTTOM_S * track.rate_hz)
    return slice(max(0, bottom - half), bottom + half + 1)


def _most_inward(values: Series) -> float:
    seen = values[np.isfinite(values)]
    return float(seen.max()) if seen.size else float("nan")


def _gap_ratio(track: CleanTrack, bottom: slice) -> float:
    """Return the knees' sideways distance over the ankles'."""
    x = track.xy_px[bottom, :, 0]
    knees, ankles = (
        float(np.mean(np.abs(x[:, keypoint(part, Side.LEFT)] - x[:, keypoint(part, Side.RIGHT)])))
        for part in ("knee", "ankle")
    )
    # Feet together leave nothing to compare the knees with.
    return knees / ankles if ankles > 0.05 * track.leg_px else float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measurer:
    """Makes measures of the repetitions of one clip."""

    view: View | None
    repetitions: Sequence[Repetition]
    by_posture: frozenset[SquatMeasure]
    camera: CameraPose | None
    problems: Sequence[Problem]
    parameters: Parameters
    calibration: Calibration

    @property
    def refusal(self) -> str | None:
        """Why nothing in the clip may be measured."""
        return next((each.message for each in self.problems if each.is_fatal), None)

    def told(self, repetition: Repetition) -> Repetition:
        """Return a squat without what may not be told, and with a reason for all that is not."""
        values = {} if self.refusal is not None else repetition.values
        reasons = {
            side: {
                measure: self._why_not(repetition, side, measure)
                for measure in SquatMeasure
                if measure not in values.get(side, {})
            }
            for side in Side
        }
        return replace(repetition, values=values, reasons=reasons)

    def _why_not(self, repetition: Repetition, side: Side, measure: SquatMeasure) -> str:
        if self.refusal is not None:
            return self.refusal
        if repetition.on is side.other:
            return "This squat was on the other leg."
        if self._line(measure) is None:
            return _NO_LINE
        if measure is SquatMeasure.KNEE_TO_ANKLE_GAP:
            return _NO_GAP
        if measure in _ANGLES:
            return parameter_of(self.parameters, "squat_fppa_knee_bend_max_deg").filled_in()
        return "The picture does not show it in this squat."

    def side(self, side: Side) -> dict[SquatMeasure, Measure]:
        return {measure: self._measure(side, measure) for measure in SquatMeasure}

    def differences(self) -> dict[SquatMeasure, Measure]:
        found: dict[SquatMeasure, Measure] = {}
        for measure in SquatMeasure:
            if measure in (SquatMeasure.KNEE_TO_ANKLE_GAP, SquatMeasure.DEPTH):
                # One value of both sides together: there is no left minus right.
                continue
            left, right = (self._measure(side, measure, alone=True) for side in Side)
            line = self._line(measure)
            shared_sd = self._left_by_calibration(measure, line).difference_sd if line else None
            found[measure] = subtract(left, right, shared_sd)
        return found

    def _line(self, measure: SquatMeasure) -> Line | None:
        return self.calibration.line(self.view, f"{SQUAT_PREFIX}{measure}") if self.view else None

    def _left_by_calibration(self, measure: SquatMeasure, line: Line) -> Line | PostureModel:
        """Return what carries the errors that calibration left in this measure."""
        return line.by_posture if measure in self.by_posture and line.by_posture else line

    def _measure(self, side: Side, measure: SquatMeasure, *, alone: bool = False) -> Measure:
        """Return the mean of a leg; ``alone`` without the error that calibration left."""
        found = self._mean(side, measure, alone=alone)
        if measure in _AT_BOTTOM and isinstance(found, Measured):
            bottom = self._mean(side, _AT_BOTTOM[measure], alone=alone)
            # Slips of the model are left out of each by itself, so they may be means of others.
            if isinstance(bottom, Measured) and bottom.value > found.value:
                found = replace(found, value=bottom.value)
        return found if alone or isinstance(found, Unknown) else self._wider_far_out(measure, found)

    def _wider_far_out(self, measure: SquatMeasure, found: Measured) -> Measured:
        """Widen the error of knees further out than the calibration has many of."""
        if measure is SquatMeasure.KNEE_TO_ANKLE_GAP:
            beyond = found.value - number_of(self.parameters, "squat_gap_wide_from_ratio")
        elif measure in _OVER_FOOT:
            beyond = number_of(self.parameters, "squat_knee_out_from_pct") - found.value
        else:
            return found
        share = number_of(self.parameters, "squat_far_out_error_frac")
        return replace(found, error=found.error + share * max(0.0, beyond))

    def _mean(self, side: Side, measure: SquatMeasure, *, alone: bool) -> Measure:
        if self.refusal is not None:
            return Unknown(reason=self.refusal)
        line = self._line(measure)
        if line is None:
            return Unknown(reason=_NO_LINE)
        own = [each.values[side] for each in self.repetitions if side in each.values]
        values = np.array([each.get(measure, np.nan) for each in own], dtype=float)
        fewest = whole_number_of(self.parameters, "squat_repetitions_needed")
        return measure_series(
            values,
            fewest=fewest,
            too_few=self._too_few(measure, len(own), fewest),
            calibration_sd=0.0 if alone else self._left_by_calibration(measure, line).residual_sd,
            corrected_for=corrections(self.camera, line),
        )

    def _too_few(self, measure: SquatMeasure, n_own: int, fewest: int) -> str:
        if not n_own and self.repetitions:
            return "No squat in this clip was on this leg."
        if measure is SquatMeasure.KNEE_TO_ANKLE_GAP and n_own >= fewest:
            return _NO_GAP
        if measure in _ANGLES and n_own >= fewest:
            return parameter_of(self.parameters, "squat_fppa_knee_bend_max_deg").filled_in()
        return parameter_of(self.parameters, "squat_repetitions_needed").filled_in(found=n_own)
