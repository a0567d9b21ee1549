"""The knowledge in German: all of it, the same figures, nothing milder."""

import re
from functools import cache

import pytest

from builders.shipped import shipped_knowledge, shipped_reading
from sidestep.adapters.knowledge.load import load_drawing
from sidestep.domain.planning.running import FIRST_SESSION, OTHERWISE, USUAL_LENGTH
from sidestep.domain.vocabulary.evidence import Parameter
from sidestep.languages.filled_in import names_in
from sidestep.languages.language import language
from sidestep.services.knowledge.knowledge_messages import knowledge_messages
from sidestep.services.knowledge.knowledge_statements import statements_of
from web.conftest import Browser

GERMAN = language("de")
THE_SAME = {
    "badminton", "basketball", "golf", "handball", "hockey", "rugby", "squash", "tennis",
    "ultimate", "volleyball", "yoga", "american football", "Badminton", "Tennis",
    "cm", "kg", "km", "s", "{value} cm", "{value} kg", "{value} km", "{value} s",
    "{value} kg/m²", "{value} min/km", "1 × 30 s", "2 × 12",
    "2 × 20 s", "2 × 25 s", "2 × 30 s",
}  # fmt: skip
"""Words and units that are written the same, but for a capital letter."""
OTHER_FIGURES = {"the emergency number"}
"""Where German says a figure of its own."""
HOW_SOON = {
    "now": "sofort",
    "today": "heute",
    "today or tomorrow": "heute oder morgen",
    "within two days": "innerhalb von zwei Tagen",
    "within a few days": "innerhalb weniger Tage",
    "within a few days; no running until then": "innerhalb weniger Tage; bis dahin nicht laufen",
    "within a week": "innerhalb einer Woche",
    "within two weeks": "innerhalb von zwei Wochen",
    "within two weeks, and the sooner the worse it is": "innerhalb von zwei Wochen, und je "
    "schlimmer, desto früher",
}
AS_FIRMLY = (
    (r"\b(?:now|(?<!all )at once)\b", r"\b(?:sofort|jetzt)\b"),
    (r"\btoday or tomorrow\b", r"\bheute oder morgen\b"),
    (r"\btoday\b", r"\bheute\b"),
    (r"\bwithin two days\b", r"\binnerhalb von zwei Tagen\b"),
    (r"\bwithin a few days\b", r"\binnerhalb weniger Tage\b"),
    (r"\bday or night\b", r"\bbei Tag und bei Nacht\b"),
    (r"\b[Dd]o not\b", r"\b(?:nicht|nichts)\b"),
    (r"\bStop running\b", r"\bHör (?:jetzt )?auf zu laufen\b"),
    (r"\bemergency department\b", r"\bNotaufnahme\b"),
)
"""What a red flag tells to do, and the words that tell it as firmly."""


@cache
def messages() -> dict[str, str]:
    return knowledge_messages(shipped_reading(), load_drawing)


def german(sentence: str) -> str:
    said = GERMAN.messages[sentence]
    assert isinstance(said, str)
    return said


def figures(sentence: str) -> list[str]:
    return sorted(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"\{[^}]*\}", "", sentence)))


def numbers() -> list[Parameter]:
    knowledge = shipped_knowledge()
    return [*knowledge.load.values(), *knowledge.plans.values(), *knowledge.motion.values()]


def test_all_of_it_is_there() -> None:
    assert [sentence for sentence in messages() if sentence not in GERMAN.messages] == []


def test_nothing_is_left_in_english() -> None:
    same = {said for said in messages() if german(said).casefold() == said.casefold()}
    assert same == THE_SAME


def test_names_and_commands_stand_in_both() -> None:
    for sentence in messages():
        for found in (names_in, re.compile(r"sidestep [a-z]+[-a-zA-Z ]*").findall):
            assert found(sentence) == found(german(sentence)), sentence


def test_figures_are_the_same_and_written_the_german_way() -> None:
    swapped = str.maketrans(".,", ",.")
    for sentence in messages().keys() - OTHER_FIGURES:
        assert figures(german(sentence)) == sorted(
            figure.translate(swapped) for figure in figures(sentence)
        ), sentence


def test_a_red_flag_says_who_and_how_soon_just_as_clearly() -> None:
    flags = shipped_knowledge().red_flags
    assert {flag.how_soon: german(flag.how_soon) for flag in flags} == HOW_SOON
    who = {flag.who: german(flag.who) for flag in flags}
    assert len(set(who.values())) == len(who)


def test_a_red_flag_never_sounds_milder() -> None:
    for flag in shipped_knowledge().red_flags:
        for firm, as_firm in AS_FIRMLY:
            if re.search(firm, flag.says):
                assert re.search(as_firm, german(flag.says)), (flag.id, firm)


def test_a_pattern_is_no_diagnosis_in_german_either() -> None:
    for pattern in shipped_knowledge().patterns:
        assert "Muster" in german(pattern.says)
        assert "anderes kann sich genauso anfühlen" in german(pattern.says)


@pytest.mark.parametrize("number", numbers(), ids=lambda number: str(number.id))
def test_a_sentence_that_was_filled_in_is_translated_with_its_figures(number: Parameter) -> None:
    days = dict.fromkeys(("as_of", "date", "last_run", "filmed_on"), "12 November 2026")
    others: dict[str, float | str] = dict.fromkeys(names_in(number.says), 1234.5)
    others.pop("value", None)
    for whole in (FIRST_SESSION, USUAL_LENGTH, OTHERWISE):
        others |= {"whole": whole} if "whole" in others else {}
        filled = number.filled_in(**{**others, **days})
        said = GERMAN.gettext(filled)
        assert said != filled
        assert "{" not in said
        assert figures(said) == sorted(
            figure.translate(str.maketrans(".,", ",.")) for figure in figures(filled)
        )
        assert ("12. November 2026" in said) is ("12 November 2026" in filled)


def test_what_is_not_filled_in_yet_is_translated_too() -> None:
    for statement in statements_of(shipped_reading()):
        if statement.says:
            assert GERMAN.gettext(statement.says) != statement.says, statement.id
        if statement.value:
            number, _, unit = GERMAN.gettext(statement.value).partition(" ")
            assert "." not in number
            assert (
                f"{{value}} {unit}" in THE_SAME
                or GERMAN.gettext(statement.value) != statement.value
            )


@pytest.mark.parametrize(
    "message",
    [
        "You have been running for many years",
        "almost 3 years",
        "Runs are at 70 % of what nobody listed, because your answers ask for a lighter week.",
        "Your run was on 31 February 2026",
        "",
    ],
)
def test_what_only_looks_alike_stays_as_it_is(message: str) -> None:
    assert GERMAN.gettext(message) == message


@pytest.mark.parametrize(
    ("path", "said", "unsaid"),
    [
        ("/learn", "Ruhetage sind was für Schwache.", "Rest days are for the weak."),
        ("/learn/exercises/squat", "Kniebeuge", "Hurrying out of the bottom"),
        ("/why/spike_gate_1_10", "das 1,1-Fache des längsten Laufs der 30 Tage davor", "Your run"),
    ],
)
def test_pages_show_it(visitor: Browser, path: str, said: str, unsaid: str) -> None:
    text = visitor.get(path, headers={"accept-language": "de"}).text
    assert said in text
    assert unsaid not in text
