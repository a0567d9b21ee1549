"""Analyses a running clip from its pose track; each step of the way has its own module."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sidestep.domain.motion.calibration import Calibration, Line
from sidestep.domain.motion.camera import estimate_camera, straighten
from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.motion.cleaning import CleanTrack, clean_track, duration_s, frame_rate_hz
from sidestep.domain.motion.clip_quality import (
    IN_LINE_WITH_THE_BELT,
    RUN_FROM_BEHIND,
    RUN_WITH_FEET,
    camera_problems,
    covered_problems,
    has_holes,
    length_problems,
    running_problems,
    sides_problems,
    step_problems,
    track_problems,
    unmeasured_problems,
    view_problems,
)
from sidestep.domain.motion.corrections import corrections
from sidestep.domain.motion.drift import find_drift, with_misreading
from sidestep.domain.motion.gait_events import NO_GAIT, Gait, find_gait
from sidestep.domain.motion.means_by_posture import means_by_posture, move_to_mean
from sidestep.domain.motion.plausible_points import plausible
from sidestep.domain.motion.pose_track import LinesRoll, PoseTrack, Series
from sidestep.domain.motion.posture import Posture, postures
from sidestep.domain.motion.posture_model import PostureModel
from sidestep.domain.motion.quality import Problem, Quality, worth_telling
from sidestep.domain.motion.rhythm import rhythm_curves
from sidestep.domain.motion.run_analysis import Drift, RunAnalysis, RunMeasure, SideOfRun, Step
from sidestep.domain.motion.sagittal_angles import find_facing, nearer_side
from sidestep.domain.motion.sides import settle_sides
from sidestep.domain.motion.standing_camera import (
    estimate_standing_camera,
    find_quiet_standing,
)
from sidestep.domain.motion.step_statistics import (
    CONFIDENCE_Z,
    mean_error,
    measure_series,
    subtract,
)
from sidestep.domain.motion.step_values import (
    NEARER_LEG_ONLY,
    OF_THE_LEGS,
    RawStep,
    measure_steps,
    measures_of,
    whole_stances,
)
from sidestep.domain.motion.view_finding import find_view, inward_turn_deg
from sidestep.domain.motion.views import View
from sidestep.domain.motion.wander import Wander, correct_wander
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of, whole_number_of
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown

NO_STANCE_CODES = frozenset(
    {"no_person", "edited_clip", "frames_missing", "two_runners", "not_running", "slow_motion"}
    | {"sped_up"}
)
"""Problems that leave no cadence either: there is no run at natural speed to count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the pictures of one clip showed, before it becomes measures."""

    view: View | None
    gait: Gait = NO_GAIT
    camera: CameraPose | None = None
    wander: Wander | None = None
    hidden: Side | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def steps(self) -> tuple[RawStep, ...]:
        return self.wander.steps if self.wander else ()

    @property
    def postures(self) -> Mapping[Side, Posture]:
        return postures(self.steps, self.camera, self.view) if self.view else {}


def analyse_run(
    track: PoseTrack,
    *,
    view: View | None,
    parameters: Parameters,
    calibration: Calibration,
    versions: Mapping[str, str],
) -> RunAnalysis:
    """Measure every step of a running clip, each side, their difference and their drift.

    Parameters
    ----------
    track
        As the pose source saw it. Anything finite gives a result; what cannot be measured is
        ``Unknown`` with the reason.
    view
        From where it was filmed; ``None`` finds out.
    parameters
        Those of ``knowledge/motion``.
    calibration
        Of the pose model behind the track.

    Raises
    ------
    KnowledgeError
        A parameter is missing.

    Sources
    -------
    dingenen_2018, munro_2012
    """
    track = plausible(track)
    seen = _look(track, view, parameters)
    seen = replace(seen, problems=worth_telling(seen.problems))
    fatal = [problem for problem in seen.problems if problem.is_fatal]
    lines = _lines(seen, calibration)
    means = {} if fatal else means_by_posture(seen.postures, lines)
    values = [{} for _ in seen.steps] if fatal else _calibrated(seen, lines, means)
    reason = fatal[0].message if fatal else None
    measurer = _Measurer(
        seen=seen,
        values=values,
        by_posture=frozenset(means),
        reason=reason,
        parameters=parameters,
        calibration=calibration,
    )
    sides = {side: measurer.side(side) for side in Side}
    unmeasured = () if fatal else tuple(_unmeasured(sides, calibration))
    return RunAnalysis(
        view=seen.view,
        n_frames=len(track.time_s),
        duration_s=duration_s(track.time_s),
        frame_rate_hz=frame_rate_hz(track.time_s),
        cadence_spm=_cadence(seen),
        sides=sides,
        difference=measurer.differences(),
        drift={side: measurer.drifts(side) for side in Side},
        steps=_steps(track.time_s, seen, [{} for _ in values] if unmeasured else values),
        quality=Quality(problems=(*seen.problems, *unmeasured)),
        versions=dict(versions),
        camera=seen.camera,
        postures=seen.postures,
    )


def _look(track: PoseTrack, asked: View | None, parameters: Parameters) -> _Seen:
    """Find view, sides, steps and camera, as far as the clip carries."""
    problems = [*track_problems(track, parameters, frame_rate_parameter="frame_rate_min_hz")]
    problems += length_problems(duration_s(track.time_s), parameters)
    if len(track.time_s) < 2 or has_holes(track):
        return _Seen(view=asked, problems=tuple(problems))
    found = find_view(track)
    problems += view_problems(found, asked)
    view = found.or_asked(asked)
    if view is None:
        return _Seen(view=None, problems=tuple(problems))
    clean, mixed_up = _clean(track, view)
    gait = find_gait(rhythm_curves(clean))
    problems += [*mixed_up, *running_problems(gait, parameters)]
    if any(problem.code in NO_STANCE_CODES for problem in problems):
        return _Seen(view=view, problems=tuple(problems))
    stance_share = number_of(parameters, "stance_share_of_stride")
    gait = replace(gait, stances=whole_stances(clean, gait.stances, stance_share))
    problems += [*step_problems(gait, parameters), *covered_problems(track.covered_by)]
    camera = hidden = None
    if view is View.SIDE:
        hidden = nearer_side(find_facing(clean.xy_px)).other
    else:
        camera = _camera(clean, gait, stance_share, track.lines_roll)
        problems += camera_problems(
            camera, parameters, to_tell_turn=RUN_WITH_FEET, to_have_none=IN_LINE_WITH_THE_BELT
        )
        clean = straighten(clean, camera.roll_deg)
    steps = measure_steps(clean, gait.stances, stance_share)
    wander = correct_wander(steps, view)
    return _Seen(
        view=view,
        gait=gait,
        camera=camera,
        wander=wander,
        hidden=hidden,
        problems=tuple(problems),
    )


def _clean(track: PoseTrack, view: View) -> tuple[CleanTrack, tuple[Problem, ...]]:
    """Settle the sides and smooth; what lies between takes too much room to be kept."""
    sided = settle_sides(track, view)
    return clean_track(sided), tuple(sides_problems(sided))


def _camera(
    track: CleanTrack, gait: Gait, stance_share: float, lines_roll: LinesRoll | None
) -> CameraPose:
    """Tell how the camera stood from the running and, if there was any, from quiet standing."""
    camera = estimate_camera(track, gait.stances, stance_share, lines_roll)
    quiet = find_quiet_standing(track, gait.stances)
    standing = estimate_standing_camera(track, quiet, lines_roll)
    if standing is None:
        return camera
    return replace(camera, roll_deg=(camera.roll_deg + standing.roll_deg) / 2)


def _cadence(seen: _Seen) -> Measure:
    """Return steps a minute, counted from one even step to the next."""
    blocking = [problem for problem in seen.problems if problem.code in NO_STANCE_CODES]
    if blocking:
        return Unknown(reason=blocking[0].message)
    good = [stance for stance in seen.gait.stances if stance.is_good]
    gaps = np.diff([stance.time_s for stance in good])
    gaps = gaps[gaps < 1.5 * good[0].step_s] if good else gaps
    if len(gaps) < 3:
        reason = next(
            (problem.message for problem in seen.problems if problem.is_fatal),
            "Too few steps could be told apart.",
        )
        return Unknown(reason=reason)
    value = 60 / float(np.mean(gaps))
    error = value * mean_error(gaps) / float(np.mean(gaps))
    return Measured(value=value, error=error, n=len(gaps) + 1)


def _unmeasured(sides: Mapping[Side, SideOfRun], calibration: Calibration) -> Iterator[Problem]:
    legs = [leg.measures for leg in sides.values()]
    return unmeasured_problems(legs, is_calibrated=calibration.is_any, hint=RUN_FROM_BEHIND)


def _lines(seen: _Seen, calibration: Calibration) -> dict[RunMeasure, Line | None]:
    if seen.view is None:
        return {}
    return {measure: calibration.line(seen.view, measure) for measure in measures_of(seen.view)}


def _calibrated(
    seen: _Seen,
    lines: Mapping[RunMeasure, Line | None],
    means: Mapping[RunMeasure, Mapping[Side, float]],
) -> list[dict[RunMeasure, float]]:
    """Return each step's values told back to the truth; without a line there is no value.

    Where posture tells the mean of a leg, the line only tells how far each step is from it.
    """
    if seen.view is None:
        return []
    told: list[dict[RunMeasure, float]] = []
    for step in seen.steps:
        turn_deg = inward_turn_deg(seen.camera, step.stance.side, seen.view)
        values = {}
        for measure, value in step.values.items():
            line = lines[measure]
            if line is not None:
                values[measure] = line.true_value(value, turn_deg)
        told.append(values)
    for side in Side:
        own = [place for place, step in enumerate(seen.steps) if step.stance.side is side]
        are_good = [seen.steps[place].stance.is_good for place in own]
        for measure, of_sides in means.items():
            move_to_mean([told[place] for place in own], are_good, measure, of_sides[side])
    return told


def _steps(
    time_s: Series, seen: _Seen, values: Sequence[Mapping[RunMeasure, float]]
) -> tuple[Step, ...]:
    last = max(0, len(time_s) - 1)
    return tuple(
        Step(
            side=step.stance.side,
            time_s=step.stance.time_s,
            first_frame=min(last, int(np.searchsorted(time_s, step.start_s - 1e-9))),
            last_frame=max(0, int(np.searchsorted(time_s, step.end_s + 1e-9)) - 1),
            is_good=step.stance.is_good,
            values=value,
        )
        for step, value in zip(seen.steps, values, strict=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measurer:
    """Makes measures of the good steps of one clip."""

    seen: _Seen
    values: Sequence[Mapping[RunMeasure, float]]
    by_posture: frozenset[RunMeasure]
    reason: str | None
    parameters: Parameters
    calibration: Calibration

    @property
    def measures(self) -> tuple[RunMeasure, ...]:
        # From an unknown place too: what is not there could not say why it is not known.
        return measures_of(self.seen.view or View.REAR)

    @property
    def fewest(self) -> int:
        return whole_number_of(self.parameters, "steps_needed")

    def line(self, measure: RunMeasure) -> Line | None:
        return self.calibration.line(self.seen.view, measure) if self.seen.view else None

    def series(self, side: Side, measure: RunMeasure) -> tuple[Series, Series]:
        """Return times and values of the good steps; NaN where unknown."""
        good = [
            (step.stance.time_s, value.get(measure, float("nan")))
            for step, value in zip(self.seen.steps, self.values, strict=True)
            if step.stance.is_good and step.stance.side is side
        ]
        table = np.array(good, dtype=float).reshape(-1, 2)
        return table[:, 0], table[:, 1]

    def side(self, side: Side) -> SideOfRun:
        times, _ = self.series(side, RunMeasure.FPPA)
        measures = {measure: self._measure(side, measure) for measure in self.measures}
        return SideOfRun(n_steps=len(times), measures=measures)

    def _measure(self, side: Side, measure: RunMeasure, *, alone: bool = False) -> Measure:
        """Return one measure; ``alone`` leaves out what calibration adds to its error."""
        if self.reason is not None:
            return Unknown(reason=self.reason)
        line = self.line(measure)
        if line is None:
            return Unknown(reason=self._why_no_line(measure))
        if side is self.seen.hidden and measure in NEARER_LEG_ONLY:
            return Unknown(reason="The other leg hides this one: film it from its own side too.")
        _, values = self.series(side, measure)
        return measure_series(
            values,
            fewest=self.fewest,
            too_few=f"Fewer than {self.fewest} steps of this leg show it.",
            calibration_sd=0.0 if alone else self._left_by_calibration(measure, line).residual_sd,
            corrected_for=self._corrected_for(measure, line),
        )

    def _why_no_line(self, measure: RunMeasure) -> str:
        is_tried = self.calibration.line(View.SIDE, RunMeasure.KNEE_FLEXION) is not None
        if measure is RunMeasure.OVERSTRIDE and is_tried:
            return (
                "On runners whose joints are known it was off by as much as they differ from each "
                "other, so a number would mislead."
            )
        return "From here it cannot be measured well enough for a number."

    def _left_by_calibration(self, measure: RunMeasure, line: Line) -> Line | PostureModel:
        """Return what carries the errors that calibration left in this measure."""
        return line.by_posture if measure in self.by_posture and line.by_posture else line

    def _corrected_for(self, measure: RunMeasure, line: Line) -> tuple[str, ...]:
        wander = self.seen.wander
        return corrections(
            self.seen.camera,
            line,
            is_wander_corrected=wander is not None and measure in wander.corrected,
        )

    def differences(self) -> dict[RunMeasure, Measure]:
        found: dict[RunMeasure, Measure] = {}
        for measure in self.measures:
            left, right = (self._measure(side, measure, alone=True) for side in Side)
            line = self.line(measure)
            shared_sd = self._left_by_calibration(measure, line).difference_sd if line else None
            found[measure] = subtract(left, right, shared_sd)
        return found

    def drifts(self, side: Side) -> dict[RunMeasure, Drift | Unknown]:
        found = {measure: self._drift(side, measure) for measure in self.measures}
        return {
            measure: with_misreading(
                drift,
                CONFIDENCE_Z * line.change_sd * _moved(found, measure, drift),
                self._smallest_real_change(measure),
            )
            if isinstance(drift, Drift) and (line := self.line(measure))
            else drift
            for measure, drift in found.items()
        }

    def _drift(self, side: Side, measure: RunMeasure) -> Drift | Unknown:
        whole = self._measure(side, measure)
        if isinstance(whole, Unknown):
            return whole
        times, values = self.series(side, measure)
        return find_drift(
            times,
            values,
            fewest=self.fewest,
            smallest_real_change=self._smallest_real_change(measure),
        )

    def _smallest_real_change(self, measure: RunMeasure) -> float:
        return number_of(self.parameters, f"real_change_{measure}")


def _moved(found: Mapping[RunMeasure, Drift | Unknown], measure: RunMeasure, own: Drift) -> float:
    """Return how far what a measure depends on has moved: thigh and shank, or itself."""
    thigh, bend = found.get(RunMeasure.FEMORAL_ADDUCTION), found.get(RunMeasure.FPPA)
    if measure in OF_THE_LEGS and isinstance(thigh, Drift) and isinstance(bend, Drift):
        return float(np.hypot(thigh.change, thigh.change - bend.change))
    return abs(own.change)
