"""Checks a knee from answers and history, and keeps the result; asking is not done here."""

import hashlib
import json
from contextlib import suppress

from sidestep import __version__
from sidestep.domain.triage.check import check_knee
from sidestep.domain.triage.facts import Facts, FactValue
from sidestep.domain.triage.findings import KneeCheck
from sidestep.errors import AnswersError
from sidestep.services.knee.knee_answers import parse_answers, plain_facts
from sidestep.services.knee.knee_check_document import knee_check_document
from sidestep.services.ports import Clock, Knowledge, Store, StoredDocument

KIND = "knee_check"


def check_answers(
    answers: Facts, knowledge: Knowledge, load_facts: Facts | None = None
) -> KneeCheck:
    """Check a knee.

    Parameters
    ----------
    answers
        What the person said. An answer wins over what the history shows.
    knowledge
        The rules.
    load_facts
        What the training history shows; left out when there is none.
    """
    return check_knee(
        {**(load_facts or {}), **answers},
        questions=knowledge.questions,
        red_flags=knowledge.red_flags,
        patterns=knowledge.patterns,
        causes=knowledge.causes,
        myths=knowledge.myths,
    )


def load_facts_of(store: Store, knowledge: Knowledge, clock: Clock) -> Facts:
    """Return what the stored history shows as facts; nothing when there is no history.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    from sidestep.services.training.analyse_load import analyse_history, facts_from_load

    return facts_from_load(analyse_history(store, knowledge, clock))


def keep_check(
    check: KneeCheck,
    answers: Facts,
    load_facts: Facts,
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
    made_at = clock.now()
    content = {
        "answers": plain_facts(answers),
        "load_facts": plain_facts(load_facts),
        "result": knee_check_document(check, knowledge),
    }
    digest = hashlib.sha256(
        f"{made_at.isoformat()} {json.dumps(content, sort_keys=True)}".encode()
    ).hexdigest()
    document = StoredDocument(
        id=f"{KIND}-{digest[:16]}",
        kind=KIND,
        made_at=made_at,
        program_version=__version__,
        knowledge_version=knowledge.version,
        content=content,
    )
    store.save_document(document)
    return document


def latest_check(store: Store, knowledge: Knowledge) -> KneeCheck | None:
    """Check the newest stored answers against the present rules; ``None`` when there are none.

    Answers that the present questions no longer allow count as unknown, which is never milder.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    document = store.latest_document(KIND)
    if document is None:
        return None
    answers = _still_allowed(document.content.get("answers"), knowledge)
    load_facts = _still_allowed(document.content.get("load_facts"), knowledge)
    return check_answers(answers, knowledge, load_facts)


def _still_allowed(kept: object, knowledge: Knowledge) -> Facts:
    answers: dict[str, object] = dict(kept) if isinstance(kept, dict) else {}
    facts: dict[str, FactValue] = {}
    for id, value in answers.items():
        with suppress(AnswersError):
            facts.update(parse_answers({id: value}, knowledge.questions))
    return facts
