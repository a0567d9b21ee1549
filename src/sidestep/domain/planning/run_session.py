"""A planned run as steps in the order of doing, for a watch; what is run was decided before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sidestep.domain.planning.week import Block, BlockKind, Day, Turns
from sidestep.domain.vocabulary.side import Side

SHORTEST_STEP_S = 30
"""What is left of a run after its last whole turn joins the step before it when it is shorter."""

_ROUNDED_M = 10


class StepKind(StrEnum):
    """What is done in a step."""

    WARM_UP = "warm_up"
    RUN = "run"
    WALK = "walk"
    SIDE_STEPS = "side_steps"
    DRILL = "drill"
    STRETCH = "stretch"


class TargetKind(StrEnum):
    """What a person's own range is a range of: beats a minute, or seconds for a kilometre."""

    HEART_RATE = "heart_rate"
    PACE = "pace"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTarget:
    """A range that a person wants to keep to while she runs; a plan has none but its effort.

    ``low`` is below ``high``: of two paces the faster one.
    """

    kind: TargetKind
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStep:
    """One thing to do, until a time or a distance is over or, without both, the lap key is pressed.

    ``notes`` are whole sentences, the most telling first. ``about_s`` is how long a step without an
    end takes in the plan, for formats in which every step has one. ``target`` comes beside the
    effort that the notes tell of.
    """

    kind: StepKind
    title: str
    notes: tuple[str, ...] = ()
    seconds: int | None = None
    distance_m: int | None = None
    about_s: int | None = None
    target: RunTarget | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Steps that are done more than once in a row."""

    times: int
    steps: tuple[RunStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSession:
    """One run: what it is called, how far it goes at most, and its steps."""

    on: date
    title: str
    distance_km: float
    parts: tuple[RunStep | Repeat, ...]

    @property
    def steps(self) -> tuple[RunStep, ...]:
        """Every step as it comes, repeats written out."""
        return tuple(
            step
            for part in self.parts
            for step in (part.steps * part.times if isinstance(part, Repeat) else (part,))
        )

    @property
    def stored_steps(self) -> int:
        """How many steps a file counts: those of a repeat once, and the repeat itself."""
        return sum(len(part.steps) + 1 if isinstance(part, Repeat) else 1 for part in self.parts)


def aiming(session: RunSession, target: RunTarget | None) -> RunSession:
    """Return a run whose running steps have a target; what else is in it has none."""

    def aimed(step: RunStep) -> RunStep:
        return replace(step, target=target) if step.kind is StepKind.RUN else step

    parts = tuple(
        replace(part, steps=tuple(map(aimed, part.steps)))
        if isinstance(part, Repeat)
        else aimed(part)
        for part in session.parts
    )
    return replace(session, parts=parts)


def numbered_steps(parts: Sequence[RunStep | Repeat]) -> tuple[tuple[int, RunStep], ...]:
    """Return every step as it comes, with its number in a file.

    There a repeat is a step of its own behind those it repeats, which keep their numbers.
    """
    numbered: list[tuple[int, RunStep]] = []
    first = 0
    for part in parts:
        steps, times = ((part,), 1) if isinstance(part, RunStep) else (part.steps, part.times)
        numbered += list(enumerate(steps, first)) * times
        first += len(steps) + (0 if isinstance(part, RunStep) else 1)
    return tuple(numbered)


def run_session(day: Day) -> RunSession | None:
    """Return a day's run as steps, ``None`` when it has no run.

    A walk to warm up and the stretches after the run end when the person says so. Between them a
    run goes by distance, and one in which running and walking take turns by time: there the planned
    minutes hold the breaks too, so that it never gets longer than planned. Side steps come inside:
    between two stretches of running, or halfway through a walking break. A drill follows the first.
    """
    run = _only(day, BlockKind.RUN)
    if run is None:
        return None
    inside = _with_side_steps(_pieces(run), _side_steps(day))
    steps = [_warm_up(day), *inside, *_stretches_after(day)]
    return RunSession(
        on=day.date,
        title=run.title,
        distance_km=run.distance_km or 0.0,
        parts=_folded(steps),
    )


def _only(day: Day, kind: BlockKind) -> Block | None:
    return next((block for block in day.blocks if block.kind is kind), None)


def _warm_up(day: Day) -> RunStep:
    stretches = _doses(day, BlockKind.STRETCH_BEFORE)
    first = (f"First your stretches: {stretches}.",) if stretches else ()
    return RunStep(
        kind=StepKind.WARM_UP,
        title="Warm-up walk",
        notes=(*first, "Then walk as long as you like.", "Press lap to go on."),
        about_s=_minutes_s(day, BlockKind.STRETCH_BEFORE),
    )


def _stretches_after(day: Day) -> list[RunStep]:
    stretches = _doses(day, BlockKind.STRETCH_AFTER)
    if not stretches:
        return []
    about_s = _minutes_s(day, BlockKind.STRETCH_AFTER)
    notes = (f"{stretches}.",)
    return [RunStep(kind=StepKind.STRETCH, title="Stretches", notes=notes, about_s=about_s)]


def _doses(day: Day, kind: BlockKind) -> str:
    blocks = [block for block in day.blocks if block.kind is kind]
    return ", ".join(f"{block.title} {block.dose}" for block in blocks)


def _minutes_s(day: Day, kind: BlockKind) -> int:
    return round(sum(block.minutes for block in day.blocks if block.kind is kind) * 60.0)


def _pieces(run: Block) -> list[RunStep]:
    """Return the run without side steps: one step, or running and walking in turn."""
    if run.turns is None:
        whole_m = round((run.distance_km or 0.0) * 1000.0)
        notes = sentences(run.cues)
        return [RunStep(kind=StepKind.RUN, title=run.title, notes=notes, distance_m=whole_m)]
    at_most = () if run.distance_km is None else (f"No further than {run.distance_km:.1f} km.",)
    # The steps themselves tell when to walk: what to stop at needs the room more.
    cues = [cue for cue in run.cues if cue != run.turns.cue]
    running = RunStep(kind=StepKind.RUN, title="Run", notes=(*at_most, *sentences(cues)))
    walking = RunStep(kind=StepKind.WALK, title="Walk")
    lengths_s = _turn_lengths_s(round(run.minutes * 60.0), run.turns)
    return [
        replace(walking if index % 2 else running, seconds=seconds)
        for index, seconds in enumerate(lengths_s)
    ]


def _turn_lengths_s(whole_s: int, turns: Turns) -> list[int]:
    """Return how long each piece lasts, running first; together they last ``whole_s``."""
    lengths_s: list[int] = []
    left_s = whole_s
    while left_s > 0:
        turn_min = turns.walk_min if len(lengths_s) % 2 else turns.run_min
        length_s = min(round(turn_min * 60.0), left_s)
        if lengths_s and left_s < SHORTEST_STEP_S:
            lengths_s[-1] += left_s
            break
        lengths_s.append(length_s)
        left_s -= length_s
    return lengths_s


def _side_steps(day: Day) -> list[list[RunStep]]:
    """Return what comes at each place for side steps, left before right."""
    blocks = [block for block in day.blocks if block.kind is BlockKind.SHUFFLE]
    most = max((block.bouts.count for block in blocks if block.bouts is not None), default=0)
    places = [
        [_side_step(block) for block in blocks if block.bouts and place < block.bouts.count]
        for place in range(most)
    ]
    drill = _only(day, BlockKind.DRILL)
    if drill is not None and places:
        places[0].append(_drill(drill))
    return places


def _side_step(block: Block) -> RunStep:
    bouts = block.bouts
    first = ["At walking pace", bouts.cue] if bouts is not None and bouts.is_walked else []
    how = [cue for cue in block.cues if cue not in first]
    return RunStep(
        kind=StepKind.SIDE_STEPS,
        title=_short_title(block),
        notes=sentences([*first, *how]),
        seconds=None if bouts is None else round(bouts.bout_s),
    )


def _drill(block: Block) -> RunStep:
    """Return a drill as a step of its own: by time where it is timed, else until lap is pressed."""
    bouts = block.bouts
    dose = block.dose.partition(",")[0]
    until_lap = () if bouts is not None else ("Press lap to go on.",)
    return RunStep(
        kind=StepKind.DRILL,
        title=block.title.partition(" (")[0].partition(" and ")[0],
        notes=(f"{dose}.", *until_lap, *sentences(block.cues)),
        seconds=None if bouts is None else round(bouts.count * bouts.bout_s),
        about_s=round(block.minutes * 60.0),
    )


def _short_title(block: Block) -> str:
    """Name the side within the 15 letters that the narrowest watches show."""
    sides = [side for side in Side if block.exercise.endswith(f"_{side}")]
    return f"Side step {sides[0]}" if sides else block.title


def sentences(cues: Sequence[str]) -> tuple[str, ...]:
    """Return cues as sentences, each with its full stop."""
    return tuple(f"{cue.removesuffix('.')}." for cue in cues)


def _with_side_steps(pieces: list[RunStep], places: list[list[RunStep]]) -> list[RunStep]:
    """Put each place's side steps inside: spread evenly over the walking breaks, if there are any.

    Breaks that running follows come first.
    """
    if not places:
        return pieces
    walks = [index for index, piece in enumerate(pieces) if piece.kind is StepKind.WALK]
    breaks = [index for index in walks if index + 1 < len(pieces)] or walks
    if not breaks:
        # Nothing is walked: the one stretch of running is parted as often as there are places.
        return _woven(_split(pieces[0], len(places) + 1), places)
    held: dict[int, list[RunStep]] = {}
    for place, steps in enumerate(places):
        chosen = breaks[int((place + 0.5) * len(breaks) / len(places))]
        held.setdefault(chosen, []).extend(steps)
    return [
        step
        for index, piece in enumerate(pieces)
        for step in (_woven(_split(piece, 2), [held[index]]) if index in held else [piece])
    ]


def _woven(pieces: list[RunStep], between: list[list[RunStep]]) -> list[RunStep]:
    woven = [pieces[0]]
    for steps, piece in zip(between, pieces[1:], strict=True):
        woven += [*steps, piece]
    return woven


def _split(step: RunStep, count: int) -> list[RunStep]:
    """Return a step in ``count`` pieces of one length; the last one takes what is left over."""
    if step.distance_m is not None:
        short_m = step.distance_m // count // _ROUNDED_M * _ROUNDED_M
        last_m = step.distance_m - (count - 1) * short_m
        pieces = [replace(step, distance_m=short_m)] * (count - 1)
        return [*pieces, replace(step, distance_m=last_m)]
    whole_s = step.seconds or 0
    short_s = whole_s // count
    pieces = [replace(step, seconds=short_s)] * (count - 1)
    return [*pieces, replace(step, seconds=whole_s - (count - 1) * short_s)]


def _folded(steps: Sequence[RunStep]) -> tuple[RunStep | Repeat, ...]:
    """Gather what comes again and again into repeats, none inside another: no watch does that."""
    parts: list[RunStep | Repeat] = []
    start = 0
    while start < len(steps):
        width, times = _best_repeat(steps[start:])
        if times > 1:
            parts.append(Repeat(times=times, steps=tuple(steps[start : start + width])))
        else:
            parts.append(steps[start])
        start += width * times
    return tuple(parts)


def _best_repeat(steps: Sequence[RunStep]) -> tuple[int, int]:
    """Return how many steps from here come how often in a row, where that saves most."""
    best = 1, 1
    for width in range(1, len(steps) // 2 + 1):
        times = 1
        while steps[times * width : (times + 1) * width] == steps[:width]:
            times += 1
        if (times - 1) * width > (best[1] - 1) * best[0]:
            best = width, times
    return best
