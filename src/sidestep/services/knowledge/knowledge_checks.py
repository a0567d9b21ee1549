"""The checks that hold the knowledge together, each a generator of problems."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from string import Formatter

from sidestep.domain.triage.conditions import Condition, comparisons_in
from sidestep.domain.triage.facts import AnswerKind, FactOrigin, FactValue, Question
from sidestep.domain.triage.possible_values import expected_of, is_possible, wrong_comparison
from sidestep.domain.triage.rules import IfUnknown
from sidestep.domain.vocabulary.evidence import Basis, Citation, Parameter
from sidestep.services.did_you_mean import did_you_mean
from sidestep.services.knowledge.exercise_checks import wrong_with
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading, Problem, RuleCase
from sidestep.services.knowledge.knowledge_statements import statements_of
from sidestep.services.knowledge.rule_cases import outcome_of
from sidestep.services.ports import Knowledge

_OUTCOMES: dict[bool | None, str] = {True: "true", False: "false", None: "unknown"}
_WANTED_CASES = {
    True: "no case in which it fires (gives: true)",
    False: "no near miss (gives: false)",
    None: "no case in which it cannot be decided (gives: unknown)",
}


def _sections(reading: KnowledgeReading) -> Iterator[Problem]:
    knowledge = reading.knowledge
    for kind, folder, titles, questions in (
        ("question", "triage", knowledge.sections, knowledge.questions),
        (
            "check_in_question",
            "check_in",
            knowledge.check_in_sections,
            knowledge.check_in_questions,
        ),
    ):
        listed = f"{folder}/sections.yaml"
        used = {question.section: question.id for question in questions.values()}
        for section in used.keys() - titles.keys():
            file = reading.files[kind, used[section]]
            yield Problem(file=file, says=f"the section {section} is not in {listed}")
        for section in titles.keys() - used.keys():
            yield Problem(file=listed, says=f"the section {section} asks nothing")


def _questions(reading: KnowledgeReading) -> Iterator[Problem]:
    knowledge = reading.knowledge
    yield from _wrong_questions(reading, "question", knowledge.questions, {})
    # A check-in asks the knee check's own questions first.
    yield from _wrong_questions(
        reading, "check_in_question", knowledge.check_in_questions, knowledge.questions
    )


def _wrong_questions(
    reading: KnowledgeReading,
    kind: str,
    questions: Mapping[str, Question],
    before: Mapping[str, Question],
) -> Iterator[Problem]:
    earlier = dict(before)
    for id, question in questions.items():
        file = reading.files[kind, id]
        if id in before:
            yield Problem(file=file, says=f"{id}: the knee check has a question of this name")
        for says in (*_form(question), *_gates(question, earlier), *_fits(question, earlier)):
            yield Problem(file=file, says=f"{id}: {says}")
        earlier[id] = question


def _form(question: Question) -> Iterator[str]:
    if question.kind in (AnswerKind.CHOICE, AnswerKind.CHOICES):
        if len(question.options) < 2:
            yield "needs at least two options"
    elif question.options:
        yield f"a {question.kind} question has no options"
    if question.kind is AnswerKind.NUMBER:
        if question.origin is FactOrigin.ASKED and None in (question.minimum, question.maximum):
            yield "a number needs a minimum and a maximum"
    elif question.minimum is not None or question.maximum is not None:
        yield f"a {question.kind} question has no minimum or maximum"
    otherwise = question.otherwise
    if otherwise is not None and not is_possible(question, otherwise):
        yield f"otherwise: {otherwise!r} should be {expected_of(question)}"
    if otherwise is not None and not question.only_if and question.only_when is None:
        yield "otherwise means nothing without only_if or only_when"


def _gates(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    for fact, accepted in (question.only_if or {}).items():
        gate = earlier.get(fact)
        if gate is None:
            yield f"only_if: {fact} is not a question that comes before it"
            continue
        for value in accepted:
            if not is_possible(gate, _as_answer(gate, value)):
                yield f"only_if: {fact} is never {value!r}; expected {expected_of(gate)}"


def _fits(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    for name in ("one_of", "not_below", "not_above"):
        fact = getattr(question, name)
        if fact and fact not in earlier:
            yield f"{name}: {fact} is not a question that comes before it"
    for impossible in question.never:
        yield from _only_earlier("never", impossible, {**earlier, question.id: question})
    if question.only_when is not None:
        yield from _only_earlier("only_when", question.only_when, earlier)


def _only_earlier(key: str, condition: Condition, earlier: Mapping[str, Question]) -> Iterator[str]:
    for comparison in comparisons_in(condition):
        asked = earlier.get(comparison.fact)
        if asked is None:
            yield f"{key}: {comparison.fact} is not a question that comes before it"
        elif wrong := wrong_comparison(comparison, asked):
            yield f"{key}: {comparison.fact}: {wrong}"


def _as_answer(gate: Question, value: FactValue) -> FactValue:
    return frozenset({str(value)}) if gate.kind is AnswerKind.CHOICES else value


def _backings(reading: KnowledgeReading) -> Iterator[Problem]:
    sources = reading.knowledge.sources
    for statement in statements_of(reading):
        file = reading.files[statement.kind, statement.id]
        backing = statement.backing
        if backing.basis is not Basis.DESIGN and not backing.citations:
            yield Problem(file=file, says=f"the basis {backing.basis} needs at least one source")
        yield from _citations(file, backing.citations, sources.keys())
    for question in reading.knowledge.questions.values():
        file = reading.files["question", question.id]
        yield from _citations(file, question.citations, sources.keys())


def _citations(file: str, citations: Sequence[Citation], known: Iterable[str]) -> Iterator[Problem]:
    keys = [citation.key for citation in citations]
    for key in sorted(set(keys) - set(known)):
        says = f"the source {key} is not in sources.yaml{did_you_mean(key, known)}"
        yield Problem(file=file, says=says)
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Problem(file=file, says=f"the source {key} is cited twice")


def _unused_sources(reading: KnowledgeReading) -> Iterator[Problem]:
    used = {each.key for rule in statements_of(reading) for each in rule.backing.citations}
    for question in reading.knowledge.questions.values():
        used |= {citation.key for citation in question.citations}
    for key in sorted(reading.knowledge.sources.keys() - used):
        yield Problem(file="sources.yaml", says=f"no rule cites {key}", is_warning=True)


def _conditions(reading: KnowledgeReading) -> Iterator[Problem]:
    questions = reading.knowledge.questions
    for kind, rule_id, conditions in _all_conditions(reading.knowledge):
        file = reading.files[kind, rule_id]
        for comparison in (each for one in conditions for each in comparisons_in(one)):
            fact = comparison.fact
            if fact not in questions:
                says = f"nobody asks for the fact {fact}{did_you_mean(fact, questions)}"
                yield Problem(file=file, says=says)
            elif wrong := wrong_comparison(comparison, questions[fact]):
                yield Problem(file=file, says=f"{fact}: {wrong}")


def _all_conditions(knowledge: Knowledge) -> Iterator[tuple[str, str, tuple[Condition, ...]]]:
    for flag in knowledge.red_flags:
        yield "red_flag", flag.id, (flag.when,)
    for pattern in knowledge.patterns:
        clues = (*pattern.raised_by, *pattern.lowered_by)
        yield "pattern", pattern.id, (pattern.where, *(clue.when for clue in clues))
    for cause in knowledge.causes:
        yield "cause", cause.id, (cause.present_when,)
    for myth in knowledge.myths:
        yield "myth", myth.id, (myth.believed_when,)


def _red_flags(reading: KnowledgeReading) -> Iterator[Problem]:
    for flag in reading.knowledge.red_flags:
        if flag.if_unknown is not IfUnknown.ESCALATE:
            file = reading.files["red_flag", flag.id]
            says = f"if_unknown: a red flag must escalate, not {flag.if_unknown}"
            yield Problem(file=file, says=says)


def _cases(reading: KnowledgeReading) -> Iterator[Problem]:
    given: dict[tuple[str, str], set[bool | None]] = {}
    for case in reading.cases:
        given.setdefault((case.kind, case.rule), set()).add(case.gives)
        for says in _case(case, reading.knowledge):
            file = reading.files[case.kind, case.rule]
            yield Problem(file=file, says=f"case “{case.name}”: {says}")
    for kind, rule_id, _ in _all_conditions(reading.knowledge):
        for outcome in _WANTED_CASES.keys() - given.get((kind, rule_id), set()):
            yield Problem(file=reading.files[kind, rule_id], says=_WANTED_CASES[outcome])


def _case(case: RuleCase, knowledge: Knowledge) -> Iterator[str]:
    sound = True
    for fact, value in case.facts.items():
        question = knowledge.questions.get(fact)
        if question is None:
            sound = False
            yield f"nobody asks for the fact {fact}{did_you_mean(fact, knowledge.questions)}"
        elif not is_possible(question, value):
            sound = False
            yield f"{fact} is never {value!r}; expected {expected_of(question)}"
    outcome = outcome_of(case, knowledge)
    if sound and outcome is not case.gives:
        yield f"should give {_OUTCOMES[case.gives]}, gives {_OUTCOMES[outcome]}"


def _exercises(reading: KnowledgeReading) -> Iterator[Problem]:
    known = reading.knowledge.exercises
    for cause in reading.knowledge.causes:
        for id in cause.exercises:
            if id not in known:
                file = reading.files["cause", cause.id]
                says = f"there is no exercise {id}{did_you_mean(id, known)}"
                yield Problem(file=file, says=says)
    for exercise in known.values():
        for says in wrong_with(exercise, known):
            yield Problem(file=reading.files["exercise", exercise.id], says=says)


def _drawings(reading: KnowledgeReading) -> Iterator[Problem]:
    exercises = reading.knowledge.exercises
    for id in sorted(reading.drawn - exercises.keys()):
        says = f"exercise: there is no exercise {id}{did_you_mean(id, exercises)}"
        yield Problem(file=reading.files["pose", id], says=says)
    for id in sorted(exercises.keys() - reading.drawn):
        file = reading.files["exercise", id]
        yield Problem(file=file, says=f"nobody has drawn it: poses/{id}.yaml", is_warning=True)


def _sentences(reading: KnowledgeReading) -> Iterator[Problem]:
    knowledge = reading.knowledge
    numbers = {"load": knowledge.load, "plan": knowledge.plans, "motion": knowledge.motion}
    for kind, parameters in numbers.items():
        for parameter in parameters.values():
            if wrong := _wrong_placeholders(parameter):
                yield Problem(file=reading.files[kind, parameter.id], says=f"says: {wrong}")


def _wrong_placeholders(parameter: Parameter) -> str:
    try:
        names = [name for _, name, _, _ in Formatter().parse(parameter.says) if name is not None]
    except ValueError as error:
        return f"not a sentence with {{placeholders}}: {error}"
    wrong = [name for name in names if not name.isidentifier()]
    return f"the placeholders {wrong} should be plain names" if wrong else ""


ALL: tuple[Callable[[KnowledgeReading], Iterator[Problem]], ...] = (
    _sections,
    _questions,
    _backings,
    _unused_sources,
    _conditions,
    _red_flags,
    _cases,
    _exercises,
    _drawings,
    _sentences,
)
