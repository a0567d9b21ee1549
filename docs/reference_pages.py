"""Writes the reference from the code and the knowledge, so that it cannot fall behind them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from sidestep import errors
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli.main import command as sidestep
from sidestep.domain.planning.exercise import Exercise
from sidestep.domain.triage.conditions import (
    All,
    Any,
    AtLeast,
    Compare,
    Comparison,
    Condition,
    Not,
)
from sidestep.domain.triage.facts import FactOrigin, FactValue, Question, answer_in_words
from sidestep.domain.triage.possible_values import expected_of
from sidestep.domain.triage.rules import Pattern, PlanAccess, RedFlag
from sidestep.domain.vocabulary.evidence import NOT_REVIEWED, Backing, Citation, Parameter
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.knowledge.exercise_document import exercises_for
from sidestep.services.knowledge.knowledge_statements import statements_of
from sidestep.services.knowledge.short_name import short_name
from sidestep.services.ports import Knowledge

PAGES = ("commands", "answers", "rules", "parameters", "exercises", "sources", "sports", "errors")
"""The pages this writes, by file name without ``.md``."""

Said = Mapping[tuple[str, str], str]
"""What a statement says, by kind and id, with an ellipsis where a person's figures will stand."""

_ORIGINS = {FactOrigin.LOAD: "watch's files", FactOrigin.CLIP: "clips"}
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~$])")
_COMPARISONS = {
    Comparison.IS: "is",
    Comparison.IS_ONE_OF: "is one of",
    Comparison.INCLUDES: "includes",
    Comparison.INCLUDES_ANY_OF: "includes any of",
    Comparison.AT_LEAST: "is at least",
    Comparison.AT_MOST: "is at most",
    Comparison.MORE_THAN: "is more than",
    Comparison.LESS_THAN: "is less than",
}
_PLAN = {
    PlanAccess.ALLOWED: "may be shown",
    PlanAccess.REDUCED: "is reduced",
    PlanAccess.HIDDEN: "is put away",
}


def write_pages(folder: Path) -> None:
    """Write every page into ``folder``; a page that is unchanged keeps its date."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in build_pages().items():
        path = folder / f"{name}.md"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def build_pages() -> Mapping[str, str]:
    """Return the text of each page by its name."""
    reading = Wiring(load_settings()).knowledge_reading
    knowledge = reading.knowledge
    said = {(each.kind, each.id): each.says for each in statements_of(reading)}
    parts = {
        "commands": _commands(),
        "answers": _answers(knowledge),
        "rules": _rules(knowledge),
        "parameters": _parameters(knowledge, said),
        "exercises": _exercises(knowledge),
        "sources": _sources(knowledge),
        "sports": _sports(),
        "errors": _errors(),
    }
    return {name: "\n\n".join(parts[name]) + "\n" for name in PAGES}


def plain(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(header)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# -- commands -------------------------------------------------------------------------------------


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield (
        "Every command takes `--home` and `--json`, before or after its name. Exit codes are "
        "listed under [Errors](errors.md)."
    )
    yield from _command(
        "sidestep",
        sidestep,
        click.Context(sidestep, info_name="sidestep", **sidestep.context_settings),
    )
    yield from _environment()


def _environment() -> Iterator[str]:
    yield "## Environment"
    yield _table(
        ("Variable", "What it does"),
        (
            ("`SIDESTEP_HOME`", "the data folder, where `--home` names none"),
            ("`SIDESTEP_MODELS`", "another folder of pose models than the one that came along"),
            ("`SIDESTEP_DATABASE_URL`", "another database for the rows, such as PostgreSQL"),
            ("`SIDESTEP_TODAY`", "a date that stands in for today, to show or repeat a result"),
        ),
    )


def _command(name: str, command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## {name}"
    yield f"```text\n{command.get_usage(context)}\n```"
    paragraphs = (command.help or "").split("\n\n")
    yield from (plain(paragraph) for paragraph in paragraphs if paragraph.strip())
    options = [
        record
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option)
        and (record := parameter.get_help_record(context)) is not None
    ]
    yield _table(("Option", "What it does"), ((f"`{flag}`", plain(says)) for flag, says in options))
    if isinstance(command, click.Group):
        for inner_name in command.list_commands(context):
            inner = command.get_command(context, inner_name)
            if inner is not None:
                inner_context = click.Context(inner, parent=context, info_name=inner_name)
                yield from _command(f"{name} {inner_name}", inner, inner_context)


# -- answers --------------------------------------------------------------------------------------


def _answers(knowledge: Knowledge) -> Iterator[str]:
    yield "# Answers"
    yield (
        "What a file of answers may hold, by question. A question that is left out, `null` or "
        "`unknown` stays unknown, which is not the same as no. `sidestep knee --schema` prints "
        "the same as JSON Schema."
    )
    section = ""
    for question in knowledge.questions.values():
        if question.section != section:
            section = question.section
            yield f"## {plain(knowledge.sections[section])}"
        yield f"({_label('answer', question.id)})=\n### `{question.id}`"
        yield plain(question.asks)
        if question.help:
            yield plain(question.help)
        yield "\n".join(f"- {line}" for line in _about_question(question, knowledge))


def _about_question(question: Question, knowledge: Knowledge) -> Iterator[str]:
    if question.options:
        several = "any of" if question.kind.value == "choices" else "one of"
        options = (f"  - `{each.id}`: {plain(each.label)}" for each in question.options)
        yield "\n".join([f"Answer: {several}", *options])
    else:
        yield f"Answer: {plain(expected_of(question))}"
    if question.only_if:
        yield "Asked when " + " and ".join(
            f"{_fact_link(fact)} is {_values(accepted, knowledge.questions.get(fact))}"
            for fact, accepted in question.only_if.items()
        )
    if question.otherwise is not None:
        yield f"Otherwise: {plain(answer_in_words(question, question.otherwise))}"
    if question.origin is not FactOrigin.ASKED:
        yield f"Comes from your {_ORIGINS[question.origin]}; an answer of yours wins over it"
    if question.is_optional:
        yield "Optional: nothing about safety hangs on it"
    yield from (_cited(each, knowledge) for each in question.citations)


def _values(values: Iterable[FactValue], question: Question | None) -> str:
    words = [
        answer_in_words(question, value) if question is not None else str(value) for value in values
    ]
    return " or ".join(f"“{plain(word)}”" for word in sorted(words))


def _fact_link(fact: str) -> str:
    return f"[`{fact}`](#{_label('answer', fact)})"


# -- rules ----------------------------------------------------------------------------------------


def _rules(knowledge: Knowledge) -> Iterator[str]:
    yield "# Rules"
    yield (
        "Every warning sign, pattern, cause and myth, with its basis and its sources. "
        "**None of it is clinically reviewed**: no trained person has signed a rule yet."
    )
    yield f"Rules version `{knowledge.version}`."
    yield "## Warning signs"
    yield (
        "A warning sign that your answers leave open counts at its own urgency, and puts the plan "
        "away until it is settled."
    )
    for flag in sorted(knowledge.red_flags, key=lambda flag: (-flag.urgency, flag.id)):
        yield from _red_flag(flag, knowledge)
    yield "## Patterns"
    yield "Never a diagnosis. Weights are our own and are never shown as a likelihood."
    for pattern in sorted(knowledge.patterns, key=lambda pattern: pattern.id):
        yield from _pattern(pattern, knowledge)
    yield "## Causes"
    for cause in sorted(knowledge.causes, key=lambda cause: cause.id):
        yield _heading(cause.title, cause.id)
        yield plain(cause.says)
        yield f"Present when {_when(cause.present_when)}."
        yield f"What is known: {plain(cause.known)}"
        yield f"In the plan: {plain(cause.plan_does)}"
        yield _ground(cause.backing, knowledge)
    yield "## Myths"
    for myth in sorted(knowledge.myths, key=lambda myth: myth.id):
        yield _heading(myth.title, myth.id)
        yield f"Believed: “{plain(myth.belief)}”"
        yield plain(myth.says)
        yield _ground(myth.backing, knowledge)


def _red_flag(flag: RedFlag, knowledge: Knowledge) -> Iterator[str]:
    yield _heading(flag.title, flag.id)
    yield (
        f"**{flag.urgency.word.capitalize()}.** Be seen by {plain(flag.who)}. "
        f"How soon: {plain(flag.how_soon)}."
    )
    yield plain(flag.says)
    yield f"Present when {_when(flag.when)}."
    yield _ground(flag.backing, knowledge)


def _pattern(pattern: Pattern, knowledge: Knowledge) -> Iterator[str]:
    yield _heading(pattern.title, pattern.id)
    yield plain(pattern.says)
    yield f"Where: {_when(pattern.where)}."
    yield _table(
        ("Clue", "Weight", "When"),
        [
            (plain(clue.says), f"{sign}{clue.weight}", _when(clue.when))
            for sign, clues in (("+", pattern.raised_by), ("−", pattern.lowered_by))
            for clue in clues
        ],
    )
    yield f"Shown from {pattern.shown_from}. The plan {_PLAN[pattern.plan]}."
    yield plain(pattern.plan_says)
    yield f"Ask a clinician: {plain(pattern.ask_a_clinician)}"
    yield _ground(pattern.backing, knowledge)


def _when(condition: Condition) -> str:
    match condition:
        case Compare(fact=fact, how=how, value=value):
            return f"{_fact_link(fact)} {_COMPARISONS[how]} {_literal(value)}"
        case Not(part=part):
            return f"not ({_when(part)})"
        case All(parts=parts):
            return _joined(" and ", parts)
        case Any(parts=parts):
            return _joined(" or ", parts)
        case AtLeast(count=count, parts=parts):
            return f"at least {count} of ({'; '.join(map(_when, parts))})"


def _joined(word: str, parts: Iterable[Condition]) -> str:
    said = [f"({_when(part)})" if isinstance(part, All | Any) else _when(part) for part in parts]
    return word.join(said)


def _literal(value: FactValue) -> str:
    if isinstance(value, frozenset):
        return ", ".join(f"`{each}`" for each in sorted(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _heading(title: str, id: str) -> str:
    return f"### {plain(title)}\n\n`{id}`"


def _ground(backing: Backing, knowledge: Knowledge) -> str:
    reviewed = (
        NOT_REVIEWED if backing.reviewed is None else f"reviewed by {plain(backing.reviewed)}"
    )
    head = f"- Basis: {plain(backing.basis.in_words)}; {reviewed}"
    cited = [f"- {_cited(each, knowledge)}" for each in backing.citations]
    return "\n".join([head, *cited])


def _cited(citation: Citation, knowledge: Knowledge) -> str:
    name = plain(short_name(knowledge.sources[citation.key]))
    return f"[{name}](#{_label('source', citation.key)}): {plain(citation.supports)}"


def _label(kind: str, id: str) -> str:
    return f"{kind}-{id.replace('_', '-')}"


# -- numbers, exercises, sources ------------------------------------------------------------------


def _parameters(knowledge: Knowledge, said: Said) -> Iterator[str]:
    yield "# Numbers"
    yield (
        "Every number that the load analysis and the planner use. None of them stands in the "
        "code. **None of them is clinically reviewed.**"
    )
    for kind, title, numbers in (
        ("load", "Training load", knowledge.load),
        ("plan", "The plan", knowledge.plans),
    ):
        yield f"## {title}"
        for number in sorted(numbers.values(), key=lambda number: number.id):
            yield from _number(number, said[kind, number.id], knowledge)


def _number(number: Parameter, says: str, knowledge: Knowledge) -> Iterator[str]:
    editable = " (yours to change)" if number.editable else ""
    yield _heading(number.title, number.id)
    yield f"**{number.value:g}** {plain(number.unit)}{editable}"
    yield f"Said as: {plain(says)}"
    yield _ground(number.backing, knowledge)


def _exercises(knowledge: Knowledge) -> Iterator[str]:
    yield "# Exercises and other sports"
    yield (
        "What a week is made of beside running, and what you may choose yourself. All in our own "
        "words. When to take the harder or the easier step is one rule for all: "
        "`exercise_step_up_sessions` and `exercise_step_back` under [Numbers](parameters.md)."
    )
    yield "## Exercises"
    for exercise in exercises_for(None, knowledge.exercises):
        heading = _heading(exercise.title, exercise.id)
        yield f"({_label('exercise', exercise.id)})=\n{heading}"
        yield plain(exercise.says)
        yield "\n".join(f"- {line}" for line in _about_exercise(exercise, knowledge))
        yield _ground(exercise.backing, knowledge)
    yield "## Other sports"
    for other in sorted(knowledge.cross_training.values(), key=lambda each: each.id):
        yield _heading(other.title, other.id)
        yield plain(other.says)
        direction = "in every direction" if other.is_multidirectional else "straight ahead"
        impact = "with impact" if other.has_impact else "without impact"
        yield (
            f"{other.minutes} minutes, {direction}, {impact}; only while running hurts "
            f"{other.allowed_pain} of 10 or less."
        )
        yield _ground(other.backing, knowledge)
    yield from _return_phases(knowledge)


def _return_phases(knowledge: Knowledge) -> Iterator[str]:
    yield "## From walking back to running"
    for phase in knowledge.return_phases:
        yield _heading(phase.title, phase.id)
        yield plain(phase.says)
        turns = f"{phase.run_min:g} minutes running, {phase.walk_min:g} walking in turn"
        how = turns if phase.walk_min else "Running without a break"
        yield f"{how}; effort {phase.effort} of 10; {phase.distance_km:g} km in all."
        yield _ground(phase.backing, knowledge)


def _about_exercise(exercise: Exercise, knowledge: Knowledge) -> Iterator[str]:
    dose = exercise.dose
    uses = ", also ".join(use.in_words for use in (exercise.use, *sorted(exercise.also_for)))
    place = "a week may place it" if exercise.is_planned else "yours to choose"
    yield f"Used: {plain(uses)}; level {exercise.level}; {place}"
    yield f"Dose: {plain(dose.in_words)}, about {dose.minutes:g} min; {plain(dose.effort.in_words)}"
    yield "\n".join(["How it is done", *(f"  - {plain(cue)}" for cue in exercise.cues)])
    yield "\n".join(["What often goes wrong", *(f"  - {plain(one)}" for one in exercise.mistakes)])
    yield f"Easier: {plain(exercise.easier)}{_step_link(exercise.easier_id, knowledge)}"
    yield f"Harder: {plain(exercise.harder)}{_step_link(exercise.harder_id, knowledge)}"
    yield f"Needs: {plain(', '.join(sorted(exercise.equipment)) or 'nothing')}"
    if exercise.substitutes:
        instead = (_exercise_link(id, knowledge) for id in exercise.substitutes)
        yield f"Instead: {', '.join(instead)}"
    if exercise.no_substitute:
        yield f"Without it: {plain(exercise.no_substitute)}"
    yield f"Stop above pain {exercise.stop_above_pain} of 10"
    yield f"Careful with: {plain(exercise.not_for)}"


def _step_link(id: str, knowledge: Knowledge) -> str:
    return f" ({_exercise_link(id, knowledge)})" if id else ""


def _exercise_link(id: str, knowledge: Knowledge) -> str:
    return f"[{plain(knowledge.exercises[id].title)}](#{_label('exercise', id)})"


def _sources(knowledge: Knowledge) -> Iterator[str]:
    yield "# Sources"
    yield (
        "Every publication the rules rest on, once. “We read” says how much of it: the full text, "
        "the publisher's abstract, a page about it, or nothing again (from memory). A title in "
        "brackets is our own description."
    )
    for source in sorted(knowledge.sources.values(), key=lambda source: source.key):
        yield f"({_label('source', source.key)})=\n## {plain(short_name(source))}\n\n`{source.key}`"
        link = f" <{source.link}>" if source.link else ""
        seen = f" We read: {plain(source.seen)}." if source.seen else ""
        yield (
            f"{plain(source.authors)}, {source.year}. {plain(source.title)}. "
            f"{plain(source.where)}.{seen}{link}"
        )


def _sports() -> Iterator[str]:
    yield "# Sports"
    yield (
        "The fixed list of sports, and which way each moves the body. These are the words for "
        "`sidestep activities answer ID --sport SPORT`."
    )
    yield _table(
        ("Sport", "Moves", "Counts as running"),
        (
            (
                f"`{sport.value}`",
                sport.direction.value.replace("_", " "),
                "yes" if sport.is_running else "",
            )
            for sport in Sport
        ),
    )


def _errors() -> Iterator[str]:
    yield "# Errors and exit codes"
    yield _table(
        ("Exit code", "Means"),
        (
            ("`0`", "done; also when a result is worrying, or a plan is put away"),
            ("`1`", "could not: the message says what was wrong and what to do"),
            ("`2`", "wrong use of the command line"),
            ("`70`", "a fault in Sidestep; please report it"),
        ),
    )
    yield (
        "With `--json` an error is one document: "
        '`{"error": {"code": "…", "message": "…", "hint": "…"}}`. '
        "Beside the codes below there are `stopped` and `system` (exit 1), `usage` (exit 2) and "
        "`internal` (exit 70)."
    )
    yield _table(
        ("Code", "Means"),
        ((f"`{kind.code}`", _first_line(kind.__doc__)) for kind in _error_kinds()),
    )


def _first_line(docstring: str | None) -> str:
    return plain((docstring or "").split("\n")[0].replace("``", ""))


def _error_kinds() -> list[type[errors.SidestepError]]:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.SidestepError)
    ]
    return [kind for kind in kinds if kind is not errors.SidestepError]
