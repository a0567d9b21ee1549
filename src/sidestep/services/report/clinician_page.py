"""Fills the clinician's page; how it looks is the report adapter's."""

from sidestep.domain.triage.findings import KneeCheck
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.services.ports.report_pages import ClinicianPage
from sidestep.services.report.report_answers import answer_rows, answer_text, knee_map, tried_rows
from sidestep.services.report.report_clips import clip_pages
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_knee import URGENCY_WORDS, flag_answers, pattern_cards
from sidestep.services.report.report_parts import NO_WEEK, ReportParts, missing_parts
from sidestep.services.report.report_training import (
    charted_weeks,
    has_training,
    load_rows,
    onset_day,
    timeline_events,
    training_part,
)
from sidestep.services.report.report_wording import plain_number


def build_clinician_page(parts: ReportParts) -> ClinicianPage:
    """Return the clinician's page: what happened when, what was answered, what was measured."""
    cited = CitedSources(parts.knowledge.sources)
    check, load = parts.check, parts.load
    facts = check.facts if check else {}
    questions = parts.knowledge.questions
    onset_on = onset_day(parts.checked_on or parts.on, facts)
    onset = answer_text("onset", facts["onset"], questions) if "onset" in facts else "not answered"
    training = training_part(load, cited) if load is not None and has_training(load) else None
    return ClinicianPage(
        made_on=day_in_words(parts.on),
        subject=_subject(check),
        urgency=URGENCY_WORDS[check.urgency] if check else "not known: no knee check",
        knee=knee_map(facts, questions),
        events=timeline_events(load, parts.load_at_onset, onset_on, f"onset ({onset.lower()})"),
        weeks=charted_weeks(load) if load is not None and training else (),
        answers=answer_rows(facts, questions) if check else (),
        flags=flag_answers(check, parts.knowledge.red_flags),
        patterns=pattern_cards(check, questions, cited) if check else (),
        load=load_rows(load) if load is not None and training else (),
        cap_says=training.cap_says if training else "",
        notices=training.notices if training else (),
        tried=tried_rows(facts, questions),
        questions=parts.knowledge.clinician_questions,
        method=_method(parts),
        missing=tuple(each for each in missing_parts(parts) if each is not NO_WEEK),
        colophon=cited.colophon(
            program_version=parts.program_version, knowledge_version=parts.knowledge.version
        ),
        clips=clip_pages(parts, for_clinician=True),
    )


def _subject(check: KneeCheck | None) -> str:
    age = check.facts.get("age_years") if check else None
    if isinstance(age, float | int) and not isinstance(age, bool):
        return f"Runner, {plain_number(age)} years"
    return "Runner, age not answered"


def _method(parts: ReportParts) -> tuple[str, ...]:
    return (
        "Answers are self-reported; nobody has examined the runner. Patterns, not diagnoses: rules "
        "over the answers, in no order of likelihood and without percentages.",
        "Load comes from the runner's own recordings; each run is set against the longest of the "
        "30 days before it. Days without data are not counted as rest. Steps are estimates, half "
        "of both feet's.",
        "Unknown is not no: a warning sign that the answers do not settle stays unknown.",
        f"Made for {day_in_words(parts.on)} by Sidestep {parts.program_version}, knowledge "
        f"{parts.knowledge.version}. Same answers and files, same page.",
    )
