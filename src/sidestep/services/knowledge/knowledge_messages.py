"""Every sentence of the knowledge that a page can show, to be translated; no translation is here.

Sentences that are filled in later stand as the knowledge has them, with their names in braces.
"""

from collections.abc import Iterable, Iterator

from sidestep.domain.planning.exercise import CrossTraining, Effort, Exercise, ExerciseUse
from sidestep.domain.planning.request import AT_HAND, EQUIPMENT
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.planning.running import FIRST_SESSION, OTHERWISE, USUAL_LENGTH
from sidestep.domain.planning.week import COME_BACK, Phase
from sidestep.domain.triage.facts import Question
from sidestep.domain.triage.rules import Cause, Myth, Pattern, RedFlag, Urgency
from sidestep.domain.vocabulary.evidence import NOT_REVIEWED, Basis, Parameter
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading, Statement
from sidestep.services.knowledge.knowledge_statements import KIND_TITLES, statements_of
from sidestep.services.ports import Knowledge
from sidestep.services.ports.drawings import DrawingReader

Rule = RedFlag | Pattern | Cause | Myth | Exercise | CrossTraining | ReturnPhase | Statement

ONE_WORD_ANSWERS = ("yes", "no", "unknown", "none of these")
"""What ``answer_in_words`` says beside the labels of options."""


def knowledge_messages(reading: KnowledgeReading, read_drawing: DrawingReader) -> dict[str, str]:
    """Return every sentence once, in the order of the knowledge's parts.

    Returns
    -------
    dict
        Sentence to where it stands first, such as ``exercise squat``.
    """
    found: dict[str, str] = {}
    for where, sentence in _all(reading, read_drawing):
        if sentence:
            found.setdefault(sentence, where)
    return found


def _all(reading: KnowledgeReading, read_drawing: DrawingReader) -> Iterator[tuple[str, str]]:
    knowledge = reading.knowledge
    yield from (("word", word) for word in _words())
    yield from (("word", source.seen) for source in knowledge.sources.values())
    yield from (("source", short) for short in _named_in_words(knowledge))
    yield from (("source", where) for where in _placed_in_words(knowledge))
    yield from _asked(knowledge)
    for kind, rules in _rules(knowledge).items():
        for rule in rules:
            yield from ((f"{kind} {rule.id}", sentence) for sentence in _said_by(rule))
    yield from _drawn(knowledge, read_drawing)
    for kind, numbers in _numbers(knowledge).items():
        for number in numbers:
            yield from ((f"{kind} {number.id}", sentence) for sentence in _of_number(number))
    for other in reading.others:
        yield f"{other.kind} {other.id}", other.title
    yield from (("clinician_questions", asks) for asks in knowledge.clinician_questions)
    yield from citations(reading)


def citations(reading: KnowledgeReading) -> Iterator[tuple[str, str]]:
    """Yield what the sources support: where it stands, and the sentence."""
    for statement in statements_of(reading):
        for citation in statement.backing.citations:
            yield f"{statement.kind} {statement.id}, {citation.key}", citation.supports


def _named_in_words(knowledge: Knowledge) -> Iterator[str]:
    """Yield the names of sources that are words and no author's name."""
    names = (source.short for source in knowledge.sources.values())
    yield from (name for name in names if name[:1].islower())


def _placed_in_words(knowledge: Knowledge) -> Iterator[str]:
    """Yield where sources were published, if that is no title of a journal alone."""
    places = (source.where for source in knowledge.sources.values())
    yield from (place for place in places if place[:1].islower() or ";" in place or " (" in place)


def _words() -> Iterator[str]:
    for words in (Basis, ExerciseUse, Effort, Phase):
        yield from (each.in_words for each in words)
    yield COME_BACK
    yield NOT_REVIEWED
    yield from KIND_TITLES.values()
    yield from (each.word.replace("_", " ") for each in Urgency)
    yield from (each.value.replace("_", " ") for each in Sport)
    yield from (each.replace("_", " ") for each in sorted(EQUIPMENT | AT_HAND))
    yield from ONE_WORD_ANSWERS
    yield from (FIRST_SESSION, USUAL_LENGTH, OTHERWISE)


def _asked(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for sections in (knowledge.sections, knowledge.check_in_sections):
        yield from ((f"section {id}", title) for id, title in sections.items())
    for questions in (knowledge.questions, knowledge.check_in_questions):
        for question in questions.values():
            yield from ((f"question {question.id}", said) for said in _of_question(question))


def _of_question(question: Question) -> Iterator[str]:
    yield from (question.asks, question.in_brief, question.help)
    yield from (option.label for option in question.options)
    if question.unit:
        yield question.unit
        yield f"{{value}} {question.unit}"


def _rules(knowledge: Knowledge) -> dict[str, Iterable[Rule]]:
    return {
        "red_flag": knowledge.red_flags,
        "pattern": knowledge.patterns,
        "cause": knowledge.causes,
        "myth": knowledge.myths,
        "exercise": knowledge.exercises.values(),
        "cross_training": knowledge.cross_training.values(),
        "return_phase": knowledge.return_phases,
    }


_WITH_FEWER_SETS = frozenset({ExerciseUse.LATERAL, ExerciseUse.STRENGTH})


def _said_by(rule: Rule) -> Iterator[str]:
    yield from (rule.title, rule.says)
    match rule:
        case RedFlag():
            yield from (rule.who, rule.how_soon)
        case Pattern():
            yield from (clue.says for clue in (*rule.raised_by, *rule.lowered_by))
            yield from (rule.plan_says, rule.ask_a_clinician)
        case Cause():
            yield from (rule.known, rule.plan_does)
        case Myth():
            yield rule.belief
        case Exercise():
            yield from (*rule.cues, rule.dose.in_words, *rule.mistakes)
            if rule.use in _WITH_FEWER_SETS:
                yield from (fewer.in_words for fewer in rule.dose.with_fewer_sets())
            yield from (rule.easier, rule.harder, rule.not_for, rule.no_substitute)


def _drawn(knowledge: Knowledge, read_drawing: DrawingReader) -> Iterator[tuple[str, str]]:
    for id in knowledge.exercises:
        drawing = read_drawing(id)
        if drawing is not None:
            yield from ((f"drawing {id}", alt) for alt in (drawing.alt, drawing.mistake_alt))


def _numbers(knowledge: Knowledge) -> dict[str, Iterable[Parameter]]:
    return {
        "load": knowledge.load.values(),
        "plan": knowledge.plans.values(),
        "motion": knowledge.motion.values(),
    }


def _of_number(number: Parameter) -> Iterator[str]:
    yield from (number.title, number.says)
    if number.unit:
        yield f"{{value}} {number.unit}"
