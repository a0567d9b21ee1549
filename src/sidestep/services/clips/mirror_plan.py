"""Where a person is in the course at the mirror: which session is next, and when to look again.

Running a session is ``browser_mirror``'s; how long each is and how it fades, the domain's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sidestep.domain.motion.mirror import LIVE_MEASURES
from sidestep.domain.motion.mirror_course import PlannedSession, counts_as_session, mirror_course
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.triage.rules import PlanAccess
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import number_of
from sidestep.domain.vocabulary.side import Side
from sidestep.errors import InputError
from sidestep.services.check_ins.log_day import knee_as_told
from sidestep.services.clips.mirror_looks import (
    Baseline,
    MirrorRetest,
    baseline,
    compared_retests,
    counted_sessions,
)
from sidestep.services.clips.mirror_loop import MirrorLoop
from sidestep.services.clips.mirror_session import mirror_document, part_document
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument
from sidestep.services.week.plan_week import reasons_of_access

VIEWS = (View.FRONT, View.REAR)
LARGEST_LIMIT = 60.0
"""Of any measure here; what is beyond it is a slip of the keys."""

CHECK_FIRST = (
    "Answer the questions about your knee first: they tell whether running with it is for now."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorSetup:
    """How a person uses the mirror; ``limit`` is her own, ``None`` for none."""

    view: View = View.FRONT
    watched: RunMeasure = RunMeasure.FEMORAL_ADDUCTION
    limit: float | None = None
    has_sound: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorPlan:
    """The course, what was run of it, and what comes next.

    Attributes
    ----------
    done
        The session kept for each number that counted.
    others
        Shorter sessions and those after the course, oldest first.
    next
        ``None`` when the course is over.
    before
        What was filmed before the first session, or is there before it.
    wait
        Why the mirror is not for now, empty when it is.
    usual
        The mean of both sides in the newest session that has one, in the watched measure.
    """

    course: tuple[PlannedSession, ...]
    done: tuple[StoredDocument, ...]
    others: tuple[StoredDocument, ...]
    next: PlannedSession | None
    before: Baseline
    retests: tuple[MirrorRetest, ...]
    wait: str
    setup: MirrorSetup
    usual: float | None

    @property
    def free(self) -> PlannedSession:
        """What is run after the course: as long as its last, with the mirror all the time."""
        return PlannedSession(number=0, minutes=self.course[-1].minutes, feedback_share=1.0)


def mirror_plan(*, store: Store, knowledge: Knowledge, clock: Clock) -> MirrorPlan:
    """Return where the person is in the course.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    course, setup = mirror_course(knowledge.motion), mirror_setup(store)
    kept, done = store.documents(DocumentKind.MIRROR_SESSION), counted_sessions(store)
    after = next((each for each in course if each.number > len(done)), None)
    return MirrorPlan(
        course=course,
        done=tuple(done),
        others=tuple(each for each in kept if each.content["number"] is None),
        next=after,
        before=baseline(store, knowledge, clock.today()),
        retests=compared_retests(setup.watched, store=store, knowledge=knowledge),
        wait=why_to_wait(store=store, knowledge=knowledge, clock=clock),
        setup=setup,
        usual=_usual(kept, setup.watched),
    )


def why_to_wait(*, store: Store, knowledge: Knowledge, clock: Clock) -> str:
    """Return why nobody should run before the mirror now, empty when nothing keeps her from it.

    The mirror is a run: what keeps a week back keeps it back as well.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    check = knee_as_told(store, knowledge, clock)
    if check is None:
        return CHECK_FIRST
    return " ".join(reasons_of_access(check)) if check.plan is PlanAccess.HIDDEN else ""


def _usual(kept: Sequence[StoredDocument], watched: RunMeasure) -> float | None:
    for each in reversed(kept):
        values = [
            value
            for side in Side
            if (value := each.content[side.value].get(watched.value, {}).get("value")) is not None
        ]
        if values:
            return float(sum(values) / len(values))
    return None


def mirror_setup(store: Store) -> MirrorSetup:
    """Return how the person uses the mirror.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    kept = store.latest_document(DocumentKind.MIRROR_SETUP)
    if kept is None:
        return MirrorSetup()
    return MirrorSetup(
        view=View(kept.content["view"]),
        watched=RunMeasure(kept.content["watched"]),
        limit=kept.content["limit"],
        has_sound=kept.content["has_sound"],
    )


def keep_mirror_setup(
    view: str,
    watched: str,
    limit: str,
    *,
    has_sound: bool,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
) -> MirrorSetup:
    """Keep how the person uses the mirror.

    Raises
    ------
    InputError
        There is no such view or measure, or the limit is no number to stay under.
    StorageError
        It cannot be written.
    """
    if view not in VIEWS or watched not in LIVE_MEASURES:
        raise InputError(f"the mirror does not know {view} with {watched}")
    content = {
        "view": View(view).value,
        "watched": RunMeasure(watched).value,
        "limit": _limit(limit),
        "has_sound": has_sound,
    }
    keep_document(DocumentKind.MIRROR_SETUP, content, store=store, knowledge=knowledge, clock=clock)
    return mirror_setup(store)


def _limit(said: str) -> float | None:
    text = said.strip().replace(",", ".").replace("−", "-")
    if not text:
        return None
    try:
        limit = float(text)
    except ValueError:
        limit = float("nan")
    if not -LARGEST_LIMIT <= limit <= LARGEST_LIMIT:
        raise InputError(
            f"{said!r} is no limit to stay under",
            hint=f"Give a number up to {LARGEST_LIMIT:.0f}, or nothing for no limit.",
        )
    return round(limit, 1)


def keep_mirror_session(
    loop: MirrorLoop,
    planned: PlannedSession,
    n_dropped: int,
    *,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
    broke_off: str = "",
) -> StoredDocument | None:
    """Keep what a session came to; one in which no step was seen is not kept.

    Raises
    ------
    StorageError
        It cannot be written.
    """
    session, parts = loop.session(n_dropped, broke_off), loop.parts()
    if not session.n_steps:
        return None
    run_s = sum(part.duration_s for part in parts)
    is_counted = bool(planned.number) and counts_as_session(
        run_s, planned.minutes, knowledge.motion
    )
    content: dict[str, Any] = {
        **mirror_document(session),
        "number": planned.number if is_counted else None,
        "planned": {
            "number": planned.number or None,
            "minutes": planned.minutes,
            "feedback_share": round(planned.feedback_share, 3),
        },
        "parts": [part_document(part, session.watched) for part in parts],
    }
    return keep_document(
        DocumentKind.MIRROR_SESSION, content, store=store, knowledge=knowledge, clock=clock
    )


def cue_seconds(parameters: Parameters) -> float:
    """Return how long one cue stays."""
    return number_of(parameters, "mirror_cue_s")
