"""Fills the clinician's page; how it looks is the report adapter's."""

from sidestep.domain.planning.week import DayKind, WeekPlan
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.services.ports.report_pages import ClinicianPage, DayBox, Row
from sidestep.services.report.report_answers import answer_rows, answer_text, knee_map, tried_rows
from sidestep.services.report.report_clips import clip_pages
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_knee import URGENCY_WORDS, flag_answers, pattern_cards
from sidestep.services.report.report_parts import (
    NO_WEEK,
    Part,
    ReportParts,
    is_plan_hidden,
    missing_parts,
)
from sidestep.services.report.report_training import (
    charted_weeks,
    has_training,
    load_rows,
    onset_day,
    timeline_events,
    training_part,
)
from sidestep.services.report.report_week import week_part
from sidestep.services.report.report_wording import plain_number


def build_clinician_page(parts: ReportParts, *, with_week: bool = False) -> ClinicianPage:
    """Return the clinician's page: what happened when, what was answered, what was measured.

    The week that is planned is on it only where it is wished for.
    """
    cited = CitedSources(parts.knowledge.sources)
    check, load = parts.check, parts.load
    facts = check.facts if check else {}
    questions = parts.knowledge.questions
    onset_on = onset_day(parts.checked_on or parts.on, facts)
    onset = answer_text("onset", facts["onset"], questions) if "onset" in facts else "not answered"
    without_knee = Part.KNEE in parts.left_out
    training = training_part(load, cited) if load is not None and has_training(load) else None
    return ClinicianPage(
        made_on=day_in_words(parts.on),
        subject=_subject(parts),
        urgency=_urgency(parts),
        knee=knee_map(facts, questions),
        events=timeline_events(load, parts.load_at_onset, onset_on, f"onset: {onset.lower()}"),
        weeks=charted_weeks(load) if load is not None and training else (),
        answers=answer_rows(facts, questions) if check else (),
        flags=() if without_knee else flag_answers(check, parts.knowledge.red_flags),
        patterns=pattern_cards(check, questions, cited) if check else (),
        load=load_rows(load) if load is not None and training else (),
        cap_says=training.cap_says if training else "",
        notices=training.notices if training else (),
        tried=tried_rows(facts, questions),
        questions=parts.knowledge.clinician_questions,
        method=_method(parts),
        week=_week_rows(parts) if with_week else (),
        without_knee=without_knee,
        missing=tuple(each for each in missing_parts(parts) if each is not NO_WEEK),
        colophon=cited.colophon(
            program_version=parts.program_version, knowledge_version=parts.knowledge.version
        ),
        clips=clip_pages(parts, for_clinician=True),
        names_commands=parts.names_commands,
    )


def _week_rows(parts: ReportParts) -> tuple[Row, ...]:
    if not isinstance(parts.week, WeekPlan) or (parts.check and is_plan_hidden(parts.check)):
        return ()
    return tuple(
        Row(label=f"{day.weekday} {day.day}", value=", ".join(filter(None, _said(day))))
        for day in week_part(parts.week, CitedSources(parts.knowledge.sources)).days
    )


def _said(day: DayBox) -> tuple[str, ...]:
    # A line without a label only repeats the heading.
    labels = (line.label.lower() for line in day.lines if line.label)
    heading = f"Run {day.heading}" if day.kind == DayKind.RUN.value else day.heading
    return (heading, *dict.fromkeys(labels), day.minutes)


def _urgency(parts: ReportParts) -> str:
    if Part.KNEE in parts.left_out:
        return "left out"
    return URGENCY_WORDS[parts.check.urgency] if parts.check else "not known: no knee check"


def _subject(parts: ReportParts) -> str:
    if Part.KNEE in parts.left_out:
        return "Runner"
    age = parts.check.facts.get("age_years") if parts.check else None
    if isinstance(age, float | int) and not isinstance(age, bool):
        return f"Runner, {plain_number(age)} years"
    return "Runner, age not answered"


def films_left_out(parts: ReportParts) -> tuple[str, ...]:
    """Say of each newest film in which nothing could be measured that it is not on the page."""
    return tuple(
        f"The film of a run of {day_in_words(each.made_at.date())} is not shown: nothing could be "
        "measured in it."
        if each.content["kind"] == "run"
        else f"The film of squats of {day_in_words(each.made_at.date())} is not shown: nothing "
        "could be measured in it."
        for each in parts.clips_without_a_number
    )


def _method(parts: ReportParts) -> tuple[str, ...]:
    return (
        "Answers are self-reported; nobody has examined the runner. Patterns, not diagnoses: rules "
        "over the answers, in no order of likelihood and without percentages.",
        "Load comes from the runner's own recordings; each run is set against the longest of the "
        "30 days before it. Days without data are not counted as rest. Steps are estimates, half "
        "of both feet's.",
        "Unknown is not no: a warning sign that the answers do not settle stays unknown.",
        *films_left_out(parts),
        f"Made for {day_in_words(parts.on)} by Sidestep {parts.program_version}, knowledge "
        f"{parts.knowledge.version}. Same answers and files, same page.",
    )
