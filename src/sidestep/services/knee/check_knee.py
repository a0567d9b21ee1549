"""Checks a knee from answers and history, and keeps the result; asking is not done here."""

from sidestep.domain.triage.check import check_knee
from sidestep.domain.triage.facts import Facts
from sidestep.domain.triage.findings import KneeCheck
from sidestep.services.check_ins.kept_check_ins import kept_check_ins
from sidestep.services.check_ins.newest_answers import newest_answers
from sidestep.services.clips.clip_facts import facts_from_clips
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.knee.knee_answers import allowed_facts, plain_facts
from sidestep.services.knee.knee_check_document import knee_check_document
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument
from sidestep.services.training.analyse_load import analyse_history, facts_from_load


def check_answers(
    answers: Facts, knowledge: Knowledge, record_facts: Facts | None = None
) -> KneeCheck:
    """Check a knee.

    Parameters
    ----------
    answers
        What the person said. An answer wins over what is on record.
    knowledge
        The rules.
    record_facts
        What the training history and the clips show; left out when there is none.
    """
    return check_knee(
        {**(record_facts or {}), **answers},
        questions=knowledge.questions,
        red_flags=knowledge.red_flags,
        patterns=knowledge.patterns,
        causes=knowledge.causes,
        myths=knowledge.myths,
    )


def facts_on_record(store: Store, knowledge: Knowledge, clock: Clock) -> Facts:
    """Return what the stored history and the newest clips show as facts; nothing without them.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    return {
        **facts_from_load(analyse_history(store, knowledge, clock)),
        **facts_from_clips(store),
    }


def keep_check(
    check: KneeCheck,
    answers: Facts,
    record_facts: Facts,
    *,
    knowledge: Knowledge,
    store: Store,
    clock: Clock,
) -> StoredDocument:
    """Store a knee check with the answers and the versions that made it.

    Raises
    ------
    StorageError
        It cannot be written.
    """
    content = {
        "answers": plain_facts(answers),
        "record_facts": plain_facts(record_facts),
        "result": knee_check_document(check, knowledge),
    }
    return keep_document(
        DocumentKind.KNEE_CHECK, content, store=store, knowledge=knowledge, clock=clock
    )


def check_and_keep(
    answers: Facts, *, store: Store, knowledge: Knowledge, clock: Clock
) -> KneeCheck:
    """Check a knee against today's training history and store the result.

    Raises
    ------
    StorageError
        The records cannot be read or written.
    """
    record_facts = facts_on_record(store, knowledge, clock)
    check = check_answers(answers, knowledge, record_facts)
    keep_check(check, answers, record_facts, knowledge=knowledge, store=store, clock=clock)
    return check


def kept_answers(store: Store, knowledge: Knowledge) -> Facts:
    """Return the newest answers that were kept, as far as today's questions allow them.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    document = store.latest_document(DocumentKind.KNEE_CHECK)
    if document is None:
        return {}
    return allowed_facts(document.content.get("answers"), knowledge.questions)


def recheck(store: Store, knowledge: Knowledge, clock: Clock) -> KneeCheck | None:
    """Check the newest stored answers against today's rules and today's training history.

    ``None`` when nobody has answered yet. What was known of the history when the answers were given
    is left behind. Answers that today's questions no longer allow count as unknown, which is never
    milder. The check-ins since then count too.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    document = store.latest_document(DocumentKind.KNEE_CHECK)
    if document is None:
        return None
    answers = newest_answers(
        allowed_facts(document.content.get("answers"), knowledge.questions),
        document.made_at.astimezone(clock.now().tzinfo),
        kept_check_ins(store, knowledge),
        knowledge,
    )
    return check_answers(answers, knowledge, facts_on_record(store, knowledge, clock))
