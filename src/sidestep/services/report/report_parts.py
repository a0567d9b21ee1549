"""Everything a printed page is made from, gathered from the records, and what is still missing.

What the parts conclude is decided where they are made.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sidestep import __version__
from sidestep.domain.load.report import LoadReport
from sidestep.domain.planning.week import NoWeek, WeekPlan
from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.triage.rules import PlanAccess, Urgency
from sidestep.services.clips.clip_facts import newest_usable
from sidestep.services.clips.clip_paths import with_paths
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.check_knee import recheck
from sidestep.services.ports import ClipFolder, Clock, Knowledge, Store, StoredDocument
from sidestep.services.ports.report_pages import Missing
from sidestep.services.report.report_training import has_training, onset_day
from sidestep.services.training.analyse_load import analyse_history
from sidestep.services.week.kept_week import kept_week_near, plan_of, week_start
from sidestep.services.week.plan_week import coming_monday, plan_week

_NO_CHECK = Missing(
    title="Where it hurts",
    says="Nothing answered yet, so this page cannot say how soon to be seen or what may fit.",
    command="sidestep knee",
)
_NO_TRAINING = Missing(
    title="Your training",
    says="No runs imported yet, so nothing can stand out.",
    command="sidestep import FOLDER",
)
NO_WEEK = Missing(
    title="This week",
    says="No week planned yet.",
    command="sidestep plan",
)


_CLIP_KINDS = (DocumentKind.CLIP_RUN, DocumentKind.CLIP_SQUAT)


class Part(StrEnum):
    """What a person may put on a page, or leave out."""

    KNEE = "knee"
    TRAINING = "training"
    CLIPS = "clips"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportParts:
    """Everything a page is made from; a part that does not exist yet is ``None``.

    Attributes
    ----------
    on
        The day the page is made for.
    checked_on
        The day the knee check was answered; weeks since onset count back from it.
    load_at_onset
        The load as of the day the pain began, for the clinician's timeline.
    clips
        The newest result of each kind of clip that could be measured.
    clips_without_a_number
        The newest film of each kind, where nothing could be measured in it.
    left_out
        Parts that were not wanted, though they may exist.
    names_commands
        Whether the page says which command fills what is missing; not where nobody types any.
    """

    on: date
    program_version: str
    knowledge: Knowledge
    check: KneeCheck | None = None
    checked_on: date | None = None
    load: LoadReport | None = None
    week: WeekPlan | NoWeek | None = None
    load_at_onset: LoadReport | None = None
    clips: tuple[StoredDocument, ...] = ()
    clips_without_a_number: tuple[StoredDocument, ...] = ()
    left_out: frozenset[Part] = frozenset()
    names_commands: bool = True

    def only(self, wanted: Collection[Part]) -> "ReportParts":
        """Return these parts without those that are not wanted.

        A week that the knee check hides stays hidden, though the check itself be left out.
        """
        may_show_week = self.check is not None and not is_plan_hidden(self.check)
        return replace(
            self,
            check=self.check if Part.KNEE in wanted else None,
            load=self.load if Part.TRAINING in wanted else None,
            load_at_onset=self.load_at_onset if Part.TRAINING in wanted else None,
            week=self.week if Part.WEEK in wanted and may_show_week else None,
            clips=self.clips if Part.CLIPS in wanted else (),
            clips_without_a_number=self.clips_without_a_number if Part.CLIPS in wanted else (),
            left_out=frozenset(Part) - frozenset(wanted),
        )


def gather_parts(
    *,
    store: Store,
    clip_folder: ClipFolder,
    knowledge: Knowledge,
    clock: Clock,
    on: date | None = None,
    names_commands: bool = True,
) -> ReportParts:
    """Return what the records hold for a report as of ``on``, today unless given.

    The newest answers are checked again with the present rules. The week is the kept one of ``on``
    or of the days after it, as she sees it, else the coming one as it would be planned now.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the parts rest on.
    StorageError
        The records cannot be read.
    """
    day = clock.today() if on is None else on
    check = recheck(store, knowledge, clock)
    answered = store.latest_document(DocumentKind.KNEE_CHECK)
    checked_on = None if check is None or answered is None else answered.made_at.date()
    onset_on = onset_day(checked_on or day, check.facts) if check else None
    return ReportParts(
        on=day,
        program_version=__version__,
        knowledge=knowledge,
        check=check,
        checked_on=checked_on,
        load=analyse_history(store, knowledge, clock, day),
        week=_week(day, check, store, knowledge, clock),
        load_at_onset=None
        if onset_on is None
        else analyse_history(store, knowledge, clock, onset_on),
        clips=tuple(with_paths(each, clip_folder) for each in newest_clips(store)),
        clips_without_a_number=clips_without_a_number(store),
        names_commands=names_commands,
    )


def _week(
    day: date, check: KneeCheck | None, store: Store, knowledge: Knowledge, clock: Clock
) -> WeekPlan | NoWeek:
    kept = kept_week_near(store, day)
    may_show = check is not None and not is_plan_hidden(check)
    if kept is not None and kept["days"] and may_show:
        return plan_of(kept)
    starts = coming_monday(day) if kept is None else week_start(kept)
    return plan_week(store=store, knowledge=knowledge, clock=clock, week_starts=starts)


def available_parts(parts: ReportParts) -> frozenset[Part]:
    """Return the parts that have anything to show; no week while the plan is hidden."""
    is_there = {
        Part.KNEE: parts.check is not None,
        Part.TRAINING: has_training(parts.load),
        Part.CLIPS: bool(parts.clips),
        Part.WEEK: isinstance(parts.week, WeekPlan)
        and parts.check is not None
        and not is_plan_hidden(parts.check),
    }
    return frozenset(part for part, has_any in is_there.items() if has_any)


def newest_clips(store: Store) -> tuple[StoredDocument, ...]:
    """Return the newest run and the newest squats that could be measured.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    found = (newest_usable(store, kind) for kind in _CLIP_KINDS)
    return tuple(each for each in found if each is not None)


def clips_without_a_number(store: Store) -> tuple[StoredDocument, ...]:
    """Return the newest run and the newest squats, where nothing could be measured in them.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    newest = (store.latest_document(kind) for kind in _CLIP_KINDS)
    return tuple(
        each for each in newest if each is not None and not each.content["quality"]["usable"]
    )


def is_plan_hidden(check: KneeCheck) -> bool:
    """Whether a page may say nothing of a plan."""
    return check.plan is PlanAccess.HIDDEN or check.urgency >= Urgency.URGENT


def missing_parts(parts: ReportParts) -> tuple[Missing, ...]:
    """Return what a page has nothing to show of yet, each with the command that fills it."""
    missing: list[Missing] = []
    if not parts.names_commands:
        return ()
    if parts.check is None and Part.KNEE not in parts.left_out:
        missing.append(_NO_CHECK)
    if not has_training(parts.load) and Part.TRAINING not in parts.left_out:
        missing.append(_NO_TRAINING)
    if parts.check is not None and parts.week is None and not is_plan_hidden(parts.check):
        missing.append(NO_WEEK)
    return tuple(missing)
