"""The decision on a review's proposal, kept and found again for the week it is for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.review import ChangeKind, Proposal, accepted_in_words
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
    """Keep a decision; a later one on the same change for the same week takes its place.

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


def decision_on(store: Store, proposal: Proposal, starts: date) -> str | None:
    """Return what was decided on a proposal for the week a day begins in, ``None`` for nothing.

    What answers a reason has a decision of its own. Of the others the newest counts: it holds for
    the proposal it was made on, not for another one.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    for content in _decisions_for(store, starts):
        is_same = content["change"] == proposal.change.value
        if is_same or not (proposal.is_of_reason or content.get("is_of_reason")):
            return str(content["decision"]) if is_same else None
    return None


def _decisions_for(store: Store, starts: date) -> Iterator[dict[str, Any]]:
    """Yield the decisions for the week a day begins in, the newest first."""
    for document in reversed(store.documents(DocumentKind.REVIEW)):
        first = date.fromisoformat(str(document.content["for_week"]))
        if is_in_week(starts, first):
            yield document.content


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
    for decided in _decisions_for(store, starts):
        change = ChangeKind(decided["change"])
        if not decided.get("is_of_reason"):
            is_accepted = decided["decision"] == ACCEPTED
            return (
                DecidedChange(change=change, is_accepted=is_accepted)
                if change.changes_plan
                else None
            )
    return None


def declined_changes(store: Store) -> Mapping[date, frozenset[ChangeKind]]:
    """Return the changes that were left, by the week they were proposed for.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    newest: dict[tuple[date, ChangeKind], str] = {}
    for document in store.documents(DocumentKind.REVIEW):
        content = document.content
        week = date.fromisoformat(str(content["for_week"]))
        newest[week, ChangeKind(content["change"])] = content["decision"]
    weeks = {week for week, _ in newest}
    return {
        week: frozenset(
            change
            for (of_week, change), decision in newest.items()
            if of_week == week and decision == DECLINED
        )
        for week in weeks
    }


def why_changed(change: ChangeKind, *, is_other: bool) -> Why:
    """Say in the week itself what became of the decision.

    ``is_other`` when the week is another one because of it.
    """
    says = f"You accepted at the review: {accepted_in_words(change)}."
    if is_other:
        return own_why("accepted_change", f"{says} This week has it.")
    if change is ChangeKind.PROGRESS:
        return own_why("accepted_change", f"{says} It has to wait: nothing leaves room for it yet.")
    return own_why("accepted_change", f"{says} This week was as careful already.")
