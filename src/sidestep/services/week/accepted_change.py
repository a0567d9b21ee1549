"""The decision on a review's proposal, kept and found again for the week it is for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.review import IN_WORDS, ChangeKind, Proposal
from sidestep.domain.planning.week import Why
from sidestep.domain.vocabulary.days import is_in_week
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.ports import Clock, Knowledge, Store

ACCEPTED, DECLINED = "accepted", "declined"


def keep_decision(
    proposal: Proposal,
    decision: str,
    for_week: date,
    *,
    store: Store,
    knowledge: Knowledge,
    clock: Clock,
) -> None:
    """Keep a decision; a later one for the same week takes its place.

    Raises
    ------
    StorageError
        It cannot be written.
    """
    content = {
        "for_week": for_week.isoformat(),
        "change": proposal.change.value,
        "is_of_reason": proposal.is_of_reason,
        "decision": decision,
    }
    keep_document(DocumentKind.REVIEW, content, store=store, knowledge=knowledge, clock=clock)


def decision_for(store: Store, starts: date) -> dict[str, Any] | None:
    """Return the newest decision for the week a day begins in, ``None`` when there is none."""
    for document in reversed(store.documents(DocumentKind.REVIEW)):
        first = date.fromisoformat(str(document.content["for_week"]))
        if is_in_week(starts, first):
            return document.content
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedChange:
    """A change of the plan that was taken or left for a week."""

    change: ChangeKind
    is_accepted: bool


def decided_change(store: Store, starts: date) -> DecidedChange | None:
    """Return what was decided for a week, ``None`` where nothing was that changes the plan.

    What answers a reason is in the week by itself and is not among it.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    decided = decision_for(store, starts)
    if decided is None:
        return None
    change = ChangeKind(decided["change"])
    if not change.changes_plan or decided.get("is_of_reason"):
        return None
    return DecidedChange(change=change, is_accepted=decided["decision"] == ACCEPTED)


def declined_weeks(store: Store) -> frozenset[date]:
    """Return the weeks for which the newest decision was to leave what was proposed.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    newest = {
        date.fromisoformat(str(document.content["for_week"])): document.content["decision"]
        for document in store.documents(DocumentKind.REVIEW)
    }
    return frozenset(week for week, decision in newest.items() if decision == DECLINED)


def why_changed(change: ChangeKind, *, is_other: bool) -> Why:
    """Say in the week itself what became of the decision.

    ``is_other`` when the week is another one because of it.
    """
    says = f"You accepted at the review: {IN_WORDS[change]}."
    if is_other:
        return own_why("accepted_change", f"{says} This week has it.")
    if change is ChangeKind.PROGRESS:
        return own_why("accepted_change", f"{says} It has to wait: nothing leaves room for it yet.")
    return own_why("accepted_change", f"{says} This week was as careful already.")
