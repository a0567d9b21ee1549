"""What a pose model makes of a known truth, and the way back; not where such pairs come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.change_errors import StepsOfLeg, fit_change_sd
from sidestep.domain.motion.posture import Posture
from sidestep.domain.motion.posture_model import (
    LEAST_SLOPE,
    PostureModel,
    ReadLegs,
    fit_posture_model,
)
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

FEWEST_PAIRS = 8
"""A line with a turn has three unknowns; fewer clips than this leave no honest residual."""

WORTH_IT = 0.9
"""A posture that leaves more than this share of the line's error is not worth its many weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How one measure reads in one view: ``measured = slope * true + intercept + turn * degrees``.

    Attributes
    ----------
    slope, intercept
        In the measure's unit.
    turn
        Change of the measured value per degree that the camera is turned towards this leg's
        midline (see ``inward_turn_deg``).
    residual_sd
        Spread of the value told back about the truth, per side and clip, in the measure's unit.
    difference_sd
        The same of left minus right, in which what both sides share falls away.
    change_sd
        How far a change within a clip is misread, per unit that what it depends on has moved: of
        the legs' measures per degree of thigh and shank together, of others per unit of their own.
    n
        Sides of clips behind the line.
    by_posture
        What tells the mean of a whole clip better than the line does; the line then only tells how
        far each step is from that mean. ``None`` where nothing does.
    """

    slope: float = 1.0
    intercept: float = 0.0
    turn: float = 0.0
    residual_sd: float = 0.0
    difference_sd: float = 0.0
    change_sd: float = 0.0
    n: int = 0
    by_posture: PostureModel | None = None

    def true_value(self, measured: float, inward_turn_deg: float) -> float:
        """Return the truth that reads as ``measured``."""
        return (measured - self.intercept - self.turn * inward_turn_deg) / self.slope


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The lines of one pose model, by view and by the id of the measure.

    ``exact_for_all`` is for points without a pose model behind them: every measure is taken as it
    reads, with no error of its own.
    """

    model: str
    version: str
    lines: Mapping[tuple[View, str], Line] = field(default_factory=dict)
    exact_for_all: bool = False

    def line(self, view: View, measure: str) -> Line | None:
        """Return the line of a measure, ``None`` where it was never calibrated."""
        found = self.lines.get((view, measure))
        if found is None and self.exact_for_all:
            return Line()
        return found

    @property
    def is_any(self) -> bool:
        """Whether it calibrates anything at all."""
        return self.exact_for_all or bool(self.lines)


EXACT = Calibration(model="exact points", version="none", exact_for_all=True)
"""For points that are the truth, and for reading raw values to fit a calibration on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What one side of one clip read, uncalibrated, and what it truly was.

    ``build`` names a kind of body where nothing in the picture tells of it; empty where not asked.
    ``steps`` are the single steps, read and true, and ``moved`` what they depend on (see
    ``StepsOfLeg``); empty where no change within a clip is asked for.
    """

    clip: str
    side: Side
    view: View
    measure: str
    true: float
    measured: float
    inward_turn_deg: float = 0.0
    posture: Posture = field(default_factory=dict)
    build: str = ""
    steps: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    moved: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 1)))


def fit_calibration(pairs: Iterable[Pair], *, model: str, version: str) -> Calibration:
    """Fit a line per view and measure by least squares, and what posture tells beyond it.

    Left out are measures with fewer than ``FEWEST_PAIRS`` pairs and those that do not follow the
    truth (slope below ``LEAST_SLOPE``): they stay uncalibrated, hence unknown.
    """
    grouped: dict[tuple[View, str], list[Pair]] = {}
    for pair in pairs:
        if np.isfinite([pair.true, pair.measured, pair.inward_turn_deg]).all():
            grouped.setdefault((pair.view, pair.measure), []).append(pair)
    lines = {key: _fit_line(some) for key, some in grouped.items() if len(some) >= FEWEST_PAIRS}
    return Calibration(
        model=model,
        version=version,
        lines={
            key: replace(
                line,
                by_posture=_by_posture(grouped[key], line),
                change_sd=_change_sd(grouped[key], line),
            )
            for key, line in lines.items()
            if line.slope >= LEAST_SLOPE
        },
    )


def _by_posture(pairs: Sequence[Pair], line: Line) -> PostureModel | None:
    """Return what posture tells of a measure, ``None`` where it tells little more than the line."""
    by_clip: dict[str, dict[Side, Pair]] = {}
    for pair in pairs:
        if pair.posture:
            by_clip.setdefault(pair.clip, {})[pair.side] = pair
    model = fit_posture_model(
        [
            ReadLegs(
                postures={side: pair.posture for side, pair in legs.items()},
                true={side: pair.true for side, pair in legs.items()},
            )
            for legs in by_clip.values()
            if len(legs) == len(Side)
        ]
    )
    is_better = model is not None and model.residual_sd < WORTH_IT * line.residual_sd
    return model if is_better else None


def _change_sd(pairs: Sequence[Pair], line: Line) -> float:
    legs = [
        StepsOfLeg(moved=pair.moved, off=pair.steps[:, 0] / line.slope - pair.steps[:, 1])
        for pair in pairs
        if len(pair.steps)
    ]
    return fit_change_sd(legs) if legs else 0.0


def _fit_line(pairs: Sequence[Pair]) -> Line:
    line = _line_through(pairs)
    builds = sorted({pair.build for pair in pairs})
    if len(builds) < 2:
        return line
    # What no rendered body tells of is what another kind of body would read: each kind is read by
    # the line through the others.
    off = [
        _line_through([each for each in pairs if each.build != build]).true_value(
            pair.measured, pair.inward_turn_deg
        )
        - pair.true
        for build in builds
        for pair in pairs
        if pair.build == build
    ]
    return replace(line, residual_sd=max(line.residual_sd, float(np.sqrt(np.mean(np.square(off))))))


def _line_through(pairs: Sequence[Pair]) -> Line:
    true = np.array([pair.true for pair in pairs])
    measured = np.array([pair.measured for pair in pairs])
    turn = np.array([pair.inward_turn_deg for pair in pairs])
    # A turn that hardly varies cannot be told from the intercept.
    varies = float(np.std(turn)) > 0.5
    columns = [true, np.ones_like(true)] + ([turn] if varies else [])
    solved = np.linalg.lstsq(np.stack(columns, axis=1), measured, rcond=None)[0]
    slope, intercept = float(solved[0]), float(solved[1])
    per_degree = float(solved[2]) if varies else 0.0
    safe = slope if abs(slope) >= LEAST_SLOPE else LEAST_SLOPE
    off = (measured - intercept - per_degree * turn) / safe - true
    freedom = max(1, len(pairs) - len(columns))
    by_clip: dict[str, dict[Side, float]] = {}
    for pair, error in zip(pairs, off, strict=True):
        by_clip.setdefault(pair.clip, {})[pair.side] = float(error)
    differences = [each[Side.LEFT] - each[Side.RIGHT] for each in by_clip.values() if len(each) > 1]
    residual_sd = float(np.sqrt(np.sum(off**2) / freedom))
    return Line(
        slope=slope,
        intercept=intercept,
        turn=per_degree,
        residual_sd=residual_sd,
        difference_sd=float(np.sqrt(np.mean(np.square(differences))))
        if len(differences) > 2
        else float(np.sqrt(2)) * residual_sd,
        n=len(pairs),
    )
