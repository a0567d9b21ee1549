"""A week that a hold put away, had back when the hold ends the day it came and all else is as then.

What her knee, her settings and her runs mean for a week is not decided here: where one of them is
other than when the week was planned, it is planned anew.
"""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from itertools import pairwise
from typing import Any

from sidestep.domain.planning.week import NoWeek, WeekPlan
from sidestep.domain.triage.rules import PlanAccess
from sidestep.services.check_ins.log_day import knee_as_told
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument
from sidestep.services.week.edit_profile import known_profile
from sidestep.services.week.kept_week import plan_of, week_start
from sidestep.services.week.plan_week import plan_and_keep


def bring_back_or_plan(
    *, store: Store, knowledge: Knowledge, clock: Clock, week_starts: date
) -> WeekPlan | NoWeek:
    """Keep a week again as it was before a hold of today, else plan it anew and keep that.

    Raises
    ------
    KnowledgeError
        ``knowledge/`` lacks a number the planner rests on.
    StorageError
        The records cannot be read or written.
    """
    before = _before_hold(week_starts, store, clock.today(), clock.now().tzinfo)
    if before is None or not _is_knee_as_then(before, store, knowledge, clock):
        return plan_and_keep(store=store, knowledge=knowledge, clock=clock, week_starts=week_starts)
    content = before.content
    keep_document(DocumentKind.WEEK_PLAN, content, store=store, knowledge=knowledge, clock=clock)
    return plan_of(content)


def _before_hold(
    starts: date, store: Store, today: date, zone: tzinfo | None
) -> StoredDocument | None:
    """Return the newest version that stood until today and was planned from what is so now."""
    versions = [
        each
        for each in store.documents(DocumentKind.WEEK_PLAN)
        if week_start(each.content) == starts
    ]
    for version, after in reversed(list(pairwise(versions))):
        if after.made_at.astimezone(zone).date() != today:
            return None
        if version.content["days"] and _is_all_as_at(version.made_at, store, zone):
            return version
    return None


def _is_all_as_at(then: datetime, store: Store, zone: tzinfo | None) -> bool:
    """Whether settings and answers are what they were, and nothing else came in since."""
    said_on = known_profile(store).clinician.since
    if said_on is not None and said_on >= then.astimezone(zone).date():
        # A clinician's limit always counts, whatever a clock that was set back says.
        return False
    has_more = any(
        each.made_at > then
        for kind in (DocumentKind.WEEK_EDITS, DocumentKind.REVIEW)
        for each in store.documents(kind)
    ) or any(each.imported_at > then for each in store.known_sources().values())
    return not has_more and all(
        _answers(store, kind) == _answers(store, kind, then)
        for kind in (DocumentKind.PROFILE, DocumentKind.KNEE_CHECK)
    )


def _answers(store: Store, kind: DocumentKind, until: datetime | None = None) -> Mapping[str, Any]:
    kept = [each for each in store.documents(kind) if until is None or each.made_at <= until]
    answers: Mapping[str, Any] = kept[-1].content["answers"] if kept else {}
    # A profile without a value is one that never named it.
    return {name: value for name, value in answers.items() if value not in (None, [], {})}


def _is_knee_as_then(
    before: StoredDocument, store: Store, knowledge: Knowledge, clock: Clock
) -> bool:
    """Whether the knee allows a plan now no less than when the week was planned."""
    check = knee_as_told(store, knowledge, clock)
    kept = [
        each for each in store.documents(DocumentKind.KNEE_CHECK) if each.made_at <= before.made_at
    ]
    if check is None or not kept or check.plan is PlanAccess.HIDDEN:
        return False
    return check.plan is PlanAccess.ALLOWED or check.plan.word == kept[-1].content["result"]["plan"]
