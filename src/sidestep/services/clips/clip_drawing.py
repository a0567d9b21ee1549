"""Chooses what is drawn on a clip: smoothed legs, stances, and which frames become stills.

How a line or a picture looks is the picture adapter's.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.cleaning import CleanTrack, clean_track
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.run_analysis import RunAnalysis, RunMeasure
from sidestep.domain.motion.sides import settle_sides
from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measured
from sidestep.services.clips.measure_words import WORDS, in_words
from sidestep.services.ports.clip_pictures import Drawing, Stance, Still

BOTH = "both"
"""What a still is named after that shows the same moment of both legs."""

STILL_AROUND_BOTTOM_S = 0.25
"""The foot line is drawn this long before and after the bottom of a squat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """One step or repetition of one leg, and what picks its still: from aside the knee's bend."""

    stance: Stance
    time_s: float
    picked_by: float | None


def draw_run(
    track: PoseTrack, analysis: RunAnalysis, folder: Path
) -> tuple[Drawing, tuple[Still, ...]]:
    """Return what to draw on a running clip, stills of the typical and the worst step included.

    From aside there is no foot line and no worst, and a still only of the leg that is measured.
    """
    is_aside = analysis.view is View.SIDE
    picks = RunMeasure.KNEE_FLEXION if is_aside else RunMeasure.KNEE_OVER_FOOT
    told = {
        side
        for side, leg in analysis.sides.items()
        if isinstance(leg.measures.get(picks), Measured)
    }
    shown = [
        _shown(
            track,
            side=step.side,
            number=number,
            from_s=track.time_s[min(step.first_frame, len(track.time_s) - 1)],
            to_s=track.time_s[min(step.last_frame, len(track.time_s) - 1)],
            at_s=step.time_s,
            offset_pct=step.values.get(RunMeasure.KNEE_OVER_FOOT) if step.is_good else None,
            bend_deg=step.values.get(picks) if is_aside and step.is_good else None,
        )
        for number, step in enumerate(analysis.steps, start=1)
    ]
    if is_aside:
        stills = tuple(_stills_from_aside(track, shown, folder, told))
    else:
        stills = tuple(_stills(track, shown, folder, "step", told))
    return _drawn(track, analysis.view, shown), stills


def draw_squat(
    track: PoseTrack, analysis: SquatAnalysis, folder: Path
) -> tuple[Drawing, tuple[Still, ...]]:
    """Return what to draw on a squat clip, stills of the typical and the worst bottom included."""
    shown = [
        _shown(
            track,
            side=side,
            number=number,
            from_s=repetition.bottom_s - STILL_AROUND_BOTTOM_S,
            to_s=repetition.bottom_s + STILL_AROUND_BOTTOM_S,
            at_s=repetition.bottom_s,
            offset_pct=repetition.values.get(side, {}).get(SquatMeasure.KNEE_OVER_FOOT),
        )
        for number, repetition in enumerate(analysis.repetitions, start=1)
        for side in ((repetition.on,) if repetition.on is not None else tuple(Side))
    ]
    told = {
        side
        for side, leg in analysis.sides.items()
        if isinstance(leg.get(SquatMeasure.KNEE_OVER_FOOT), Measured)
    }
    return _drawn(track, analysis.view, shown), tuple(_stills(track, shown, folder, "squat", told))


def _shown(
    track: PoseTrack,
    *,
    side: Side,
    number: int,
    from_s: float,
    to_s: float,
    at_s: float,
    offset_pct: float | None,
    bend_deg: float | None = None,
) -> _Shown:
    first, last = (_frame_at(track, time_s) for time_s in (from_s, to_s))
    stance = Stance(
        side=side, number=number, first_frame=first, last_frame=last, offset_pct=offset_pct
    )
    picked_by = offset_pct if bend_deg is None else bend_deg
    return _Shown(stance=stance, time_s=at_s, picked_by=picked_by)


def _frame_at(track: PoseTrack, time_s: float) -> int:
    after = min(int(np.searchsorted(track.time_s, time_s)), len(track.time_s) - 1)
    before = max(after - 1, 0)
    return min((before, after), key=lambda frame: abs(track.time_s[frame] - time_s))


def _drawn(track: PoseTrack, view: View | None, shown: Sequence[_Shown]) -> Drawing:
    clean = clean_track(settle_sides(track, view or View.REAR))
    return Drawing(
        time_s=track.time_s,
        xy_px=_at_frames(clean, track),
        width_px=track.width_px,
        height_px=track.height_px,
        stances=tuple(each.stance for each in shown),
    )


def _at_frames(clean: CleanTrack, track: PoseTrack) -> NDArray[np.float64]:
    """Return the smooth points at the times of the clip's own frames."""
    if len(clean.time_s) == 0:
        return np.full_like(track.xy_px, np.nan)
    nearest = np.clip(np.searchsorted(clean.time_s, track.time_s), 0, len(clean.time_s) - 1)
    return clean.xy_px[nearest]


def _stills(
    track: PoseTrack,
    shown: Sequence[_Shown],
    folder: Path,
    counted_as: str,
    told: Collection[Side],
) -> Iterator[Still]:
    """Give the typical and the worst moment of each leg, never one moment of a leg twice.

    A moment that is the same of both legs is given once, of both. ``told`` are the legs that have a
    number with its error; of others no picture says one.
    """
    chosen = {side: _chosen([each for each in shown if each.stance.side is side]) for side in Side}
    for which in ("typical", "worst"):
        moments: dict[int, list[_Shown]] = {}
        for side in Side:
            if which in chosen[side]:
                each = chosen[side][which]
                moments.setdefault(_frame_at(track, each.time_s), []).append(each)
        for frame, legs in moments.items():
            of = BOTH if len(legs) > 1 else legs[0].stance.side
            yield Still(
                frame=frame,
                caption=_caption(which, legs, counted_as, told),
                path=folder / f"{which}_{of}.jpg",
            )


def _stills_from_aside(
    track: PoseTrack, shown: Sequence[_Shown], folder: Path, told: Collection[Side]
) -> Iterator[Still]:
    """Give the typical step of each leg that has a number; no bend of a knee is the worst."""
    for side in Side:
        typical = _chosen([each for each in shown if each.stance.side is side]).get("typical")
        if side in told and typical is not None:
            bend = in_words(RunMeasure.KNEE_FLEXION, typical.picked_by or 0.0)
            yield Still(
                frame=_frame_at(track, typical.time_s),
                caption=f"Typical {side.value} step, number {typical.stance.number}: "
                f"knee bent {bend}",
                path=folder / f"typical_{side.value}.jpg",
            )


def _chosen(of_leg: Sequence[_Shown]) -> dict[str, _Shown]:
    """Return the typical and the worst step of a leg, or repetition; nothing twice."""
    measured = [each for each in of_leg if each.picked_by is not None]
    if not measured:
        return {}
    values = np.array([each.picked_by for each in measured], dtype=float)
    from_median = np.abs(values - np.median(values))
    chosen = {}
    if len(measured) > 1:
        # Of two squats each is as typical: the still is of the one that is not the worst.
        worst = int(np.argmax(values))
        chosen["worst"] = measured[worst]
        from_median[worst] = np.inf
    chosen["typical"] = measured[int(np.argmin(from_median))]
    return chosen


def _caption(which: str, legs: Sequence[_Shown], counted_as: str, told: Collection[Side]) -> str:
    named = "Typical" if which == "typical" else "Furthest inward"
    stance = legs[0].stance
    of = "" if len(legs) > 1 else f"{stance.side.value} "
    shows = f"{named} {of}{counted_as}, number {stance.number}"
    if counted_as == "squat":
        # On the way down or up it may be further in, which another measure tells.
        shows = f"{shows}, at its bottom"
    knees = [
        f"{each.stance.side.value + ' ' if len(legs) > 1 else ''}knee {_where(each)} the foot line"
        for each in legs
        if each.stance.side in told
    ]
    return f"{shows}: {', '.join(knees)}" if knees else shows


def _where(each: _Shown) -> str:
    words = WORDS[RunMeasure.KNEE_OVER_FOOT]
    offset_pct = each.picked_by or 0.0
    where = words.more if offset_pct >= 0 else words.less
    return f"{in_words(RunMeasure.KNEE_OVER_FOOT, abs(offset_pct))} {where}"
