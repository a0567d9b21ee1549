"""Films without the mirror: before its course and after, and what changed between them.

Running a session is ``browser_mirror``'s; what counts as a change is ``compare_clips``'s.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sidestep.domain.motion.mirror_course import mirror_course
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.domain.vocabulary.parameters import whole_number_of
from sidestep.services.clips.clip_comparison import ClipsCompared, compare_for_page, only
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Knowledge, Store, StoredDocument

OF_SQUAT = (SquatMeasure.FPPA, SquatMeasure.KNEE_OVER_FOOT)
"""Of a squat: what tells whether the knee goes where the mirror taught it to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The newest films from before the first session; ``None`` where there is none.

    Attributes
    ----------
    is_run_old, is_squat_old
        Whether the film is so old that another one would tell more.
    """

    run: StoredDocument | None
    squat: StoredDocument | None
    is_run_old: bool = False
    is_squat_old: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether both were filmed lately."""
        wanted = ((self.run, self.is_run_old), (self.squat, self.is_squat_old))
        return all(film is not None and not is_old for film, is_old in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorRetest:
    """A day from which on to film again, what was filmed since, and what changed since before.

    Attributes
    ----------
    run_compared, squat_compared
        ``None`` without a film, or without one from before the course.
    """

    due_on: date
    run: StoredDocument | None
    squat: StoredDocument | None
    run_compared: ClipsCompared | None = None
    squat_compared: ClipsCompared | None = None

    @property
    def has_run(self) -> bool:
        """A run was filmed."""
        return self.run is not None

    @property
    def has_squat(self) -> bool:
        """Squats were filmed."""
        return self.squat is not None

    @property
    def is_done(self) -> bool:
        """Both were filmed."""
        return self.has_run and self.has_squat


def counted_sessions(store: Store) -> list[StoredDocument]:
    """Return the sessions that count in the course, oldest first.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    kept = store.documents(DocumentKind.MIRROR_SESSION)
    return [each for each in kept if each.content["number"] is not None]


def baseline(store: Store, knowledge: Knowledge, today: date) -> Baseline:
    """Return what was filmed before the first session, or until today when there was none.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    done = counted_sessions(store)
    begun_on = done[0].made_at.date() if done else today
    oldest = begun_on - timedelta(days=whole_number_of(knowledge.plans, "film_again_days"))
    run, squat = (
        _newest(_before(_films(kind, store), done))
        for kind in (DocumentKind.CLIP_RUN, DocumentKind.CLIP_SQUAT)
    )
    return Baseline(
        run=run,
        squat=squat,
        is_run_old=run is not None and run.made_at.date() < oldest,
        is_squat_old=squat is not None and squat.made_at.date() < oldest,
    )


def mirror_retests(store: Store, parameters: Parameters) -> tuple[MirrorRetest, ...]:
    """Return when to film again after the course and what was filmed since; none before its end.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    done = counted_sessions(store)
    if len(done) < len(mirror_course(parameters)):
        return ()
    last = done[-1]
    on = last.made_at.date()
    days = (on, on + timedelta(days=whole_number_of(parameters, "mirror_retest_days")))
    runs, squats = (
        [each for each in _films(kind, store) if each.made_at > last.made_at]
        for kind in (DocumentKind.CLIP_RUN, DocumentKind.CLIP_SQUAT)
    )
    return tuple(
        MirrorRetest(due_on=day, run=_first_since(day, runs), squat=_first_since(day, squats))
        for day in days
    )


def compared_retests(
    watched: RunMeasure, *, store: Store, knowledge: Knowledge
) -> tuple[MirrorRetest, ...]:
    """Return the retests, each film held against the one from before the course.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    of_run = tuple(dict.fromkeys((RunMeasure.FEMORAL_ADDUCTION, watched)))
    done = counted_sessions(store)
    before = {
        kind: _before(_films(kind, store), done)
        for kind in (DocumentKind.CLIP_RUN, DocumentKind.CLIP_SQUAT)
    }
    return tuple(
        MirrorRetest(
            due_on=each.due_on,
            run=each.run,
            squat=each.squat,
            run_compared=_compared(before[DocumentKind.CLIP_RUN], each.run, of_run, knowledge),
            squat_compared=_compared(
                before[DocumentKind.CLIP_SQUAT], each.squat, OF_SQUAT, knowledge
            ),
        )
        for each in mirror_retests(store, knowledge.motion)
    )


def _films(kind: DocumentKind, store: Store) -> list[StoredDocument]:
    return [each for each in store.documents(kind) if each.content["quality"]["usable"]]


def _before(
    films: Iterable[StoredDocument], done: Sequence[StoredDocument]
) -> list[StoredDocument]:
    return [each for each in films if not done or each.made_at < done[0].made_at]


def _newest(films: Iterable[StoredDocument]) -> StoredDocument | None:
    return max(films, key=lambda each: each.made_at, default=None)


def _first_since(day: date, films: Sequence[StoredDocument]) -> StoredDocument | None:
    """Return the last film of the first day that has one: what is filmed twice was meant to be."""
    since = [each for each in films if each.made_at.date() >= day]
    first_on = min((each.made_at.date() for each in since), default=None)
    return _newest(each for each in since if each.made_at.date() == first_on)


def _compared(
    before: Sequence[StoredDocument],
    after: StoredDocument | None,
    names: Sequence[RunMeasure | SquatMeasure],
    knowledge: Knowledge,
) -> ClipsCompared | None:
    if after is None:
        return None
    # From the front and from behind are two measures: the same view, where there is one.
    same_view = [each for each in before if each.content["view"] == after.content["view"]]
    held_against = _newest(same_view or before)
    if held_against is None:
        return None
    return only(names, compare_for_page(held_against, after, knowledge))
