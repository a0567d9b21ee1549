"""A person's answers in words: where it hurts, and the rows a clinician reads first."""

from collections.abc import Mapping

from sidestep.domain.triage.facts import Facts, FactValue, Question, answer_in_words
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.services.ports.report_pages import KneeMap, Row
from sidestep.services.report.report_wording import capitalised

NOT_ANSWERED = "not answered"

_PAIN = "Pain, 0 to 10"
_WEEKS = "weeks_since_onset"
_PAINS = (
    ("now", "pain_now"),
    ("at worst", "pain_worst"),
    ("running", "pain_running"),
    ("daily life", "pain_daily_life"),
)
_ROWS = (
    ("Worst at", ("worst_zone",)),
    ("Shows it with", ("pointing",)),
    ("Onset", ("onset",)),
    ("Duration", (_WEEKS,)),
    (_PAIN, ()),
    ("Provoked by", ("hurts_when",)),
    ("Course of a run", ("run_course",)),
    ("Starts after", ("distance_until_pain_km",)),
    ("Morning stiffness", ("morning_stiffness_min",)),
    ("Years running", ("years_running",)),
    ("Sitting per day", ("sitting_hours",)),
    ("Energy", ("energy",)),
    ("Height, body mass", ("height_cm", "body_mass_kg")),
)
_TRIED_ROWS = (
    ("Examined for this pain", ("seen_by_clinician",)),
    ("Exercises given before", ("homework",)),
    ("Flared up on return, twice", ("flared_on_return",)),
    ("Changed before onset", ("changed_before",)),
    ("History", ("past",)),
    ("Health", ("health",)),
    ("Side-lying leg raises", ("leg_raises", "leg_raise_felt")),
    ("Side plank", ("side_plank_s",)),
    ("Sore side clearly weaker", ("hip_sides_differ",)),
    ("Single-leg heel raises", ("heel_raises",)),
    ("Single-leg balance", ("balance_s",)),
    ("Single-leg squat, knee", ("squat_knee",)),
)
_SHORT_ROWS = ("Onset", "Duration", _PAIN, "Course of a run", "Starts after")


def answer_text(fact: str, value: FactValue, questions: Mapping[str, Question]) -> str:
    """Return an answer as its question offered it, numbers with their unit, few days as days."""
    if fact == _WEEKS and isinstance(value, int | float):
        if value < 2 and value % 1:
            return count_of(round(value * DAYS_PER_WEEK), "day", "days")
        # Days that have passed since the answer make no week more exact than it was told.
        value = float(round(value))
    question = questions.get(fact)
    if question is not None:
        return answer_in_words(question, value)
    chosen = sorted(value) if isinstance(value, frozenset) else [str(value)]
    return ", ".join(each.replace("_", " ") for each in chosen)


def answer_rows(facts: Facts, questions: Mapping[str, Question]) -> tuple[Row, ...]:
    """Return the answers a clinician asks for first, unanswered ones said to be so.

    Optional body measures are left out when they were not given.
    """
    return tuple(
        Row(label=label, value=value or NOT_ANSWERED)
        for label, names in _ROWS
        for value in (_pains(facts) if label == _PAIN else _values(names, facts, questions),)
        if value or label == _PAIN or not all(_is_optional(name, questions) for name in names)
    )


def short_rows(facts: Facts, questions: Mapping[str, Question]) -> tuple[Row, ...]:
    """Return the few answers that tell the story in one look, without those not given."""
    return tuple(
        row
        for row in answer_rows(facts, questions)
        if row.label in _SHORT_ROWS and row.value != NOT_ANSWERED
    )


def tried_rows(facts: Facts, questions: Mapping[str, Question]) -> tuple[Row, ...]:
    """Return what the runner tried, had before and tested at home, as far as it was answered."""
    return tuple(
        Row(label=label, value=value)
        for label, names in _TRIED_ROWS
        for value in (_values(names, facts, questions),)
        if value
    )


def knee_map(facts: Facts, questions: Mapping[str, Question]) -> KneeMap:
    """Return what the knee map marks, with a caption that says it in words."""
    side = facts.get("side")
    zones = facts.get("zones")
    worst = facts.get("worst_zone")
    marked = tuple(sorted(zones)) if isinstance(zones, frozenset) else ()
    return KneeMap(
        side=side if isinstance(side, str) else "",
        zones=marked,
        worst_zone=worst if isinstance(worst, str) else "",
        caption=_caption(facts, questions),
    )


def _caption(facts: Facts, questions: Mapping[str, Question]) -> str:
    parts = []
    if "side" in facts:
        side = facts["side"]
        parts.append("both knees" if side == "both" else f"{side} knee")
    if "zones" in facts:
        parts.append(answer_text("zones", facts["zones"], questions).lower())
    return capitalised(": ".join(parts)) if parts else "Where it hurts: not answered yet"


def _values(names: tuple[str, ...], facts: Facts, questions: Mapping[str, Question]) -> str:
    return ", ".join(answer_text(name, facts[name], questions) for name in names if name in facts)


def _pains(facts: Facts) -> str:
    return ", ".join(f"{when} {facts[fact]:g}" for when, fact in _PAINS if fact in facts)


def _is_optional(fact: str, questions: Mapping[str, Question]) -> bool:
    question = questions.get(fact)
    return question is not None and question.is_optional
