"""When a person looked again at her knee, and from when on the next look is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from sidestep.domain.planning.reasons import Rules
from sidestep.services.clips.mirror_looks import MirrorRetest, mirror_retests
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Clock, Knowledge, Store


class RetestKind(StrEnum):
    """What was looked at again."""

    KNEE_CHECK = "knee_check"
    RUN = "run"
    SQUAT = "squat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retest:
    """A day on which something was looked at, or from which on it is due."""

    kind: RetestKind
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Retests:
    """Every look, oldest first, and the next of each kind, soonest first.

    What was never looked at is due only where the mirror asks for it.
    """

    done: tuple[Retest, ...]
    due: tuple[Retest, ...]


_KEPT_AS = {
    RetestKind.KNEE_CHECK: DocumentKind.KNEE_CHECK,
    RetestKind.RUN: DocumentKind.CLIP_RUN,
    RetestKind.SQUAT: DocumentKind.CLIP_SQUAT,
}


def retests(*, store: Store, knowledge: Knowledge, clock: Clock) -> Retests:
    """Return when she looked again, and from when on she should.

    A film in which nothing could be measured is no look. After the course at the mirror its own
    days come first.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number it rests on.
    StorageError
        The records cannot be read.
    """
    zone, rules = clock.now().tzinfo, Rules(knowledge.plans)
    of_mirror = mirror_retests(store, knowledge.motion)
    days = {kind: _days(kind, store, zone) for kind in RetestKind}
    done = {Retest(kind=kind, on=on) for kind, found in days.items() for on in found}
    due = [
        Retest(kind=kind, on=on)
        for kind, found in days.items()
        if (on := _due(kind, found, of_mirror, rules)) is not None
    ]
    return Retests(
        done=tuple(sorted(done, key=lambda each: (each.on, each.kind))),
        due=tuple(sorted(due, key=lambda each: (each.on, each.kind))),
    )


def _days(kind: RetestKind, store: Store, zone: tzinfo | None) -> list[date]:
    return [
        each.made_at.astimezone(zone).date()
        for each in store.documents(_KEPT_AS[kind])
        if kind is RetestKind.KNEE_CHECK or each.content["quality"]["usable"]
    ]


def _due(
    kind: RetestKind, days: list[date], of_mirror: Sequence[MirrorRetest], rules: Rules
) -> date | None:
    """Return from when on to look again: the mirror's open day, else so long after the last."""
    is_film = kind is not RetestKind.KNEE_CHECK
    for each in of_mirror if is_film else ():
        if not (each.has_run if kind is RetestKind.RUN else each.has_squat):
            return each.due_on
    again_days = rules.count("film_again_days" if is_film else "knee_check_fresh_days")
    return max(days) + timedelta(days=again_days) if days else None
