"""Fills the runner's page; how it looks is the report adapter's."""

from dataclasses import replace

from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.run_day import PAIN_RULES
from sidestep.domain.planning.week import NoWeek, WeekPlan
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.services.ports.report_pages import RunnerPage, Statement
from sidestep.services.report.report_answers import knee_map, short_rows
from sidestep.services.report.report_clips import clip_pages
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_knee import (
    cause_lines,
    pattern_cards,
    patterns_say,
    urgency_panel,
)
from sidestep.services.report.report_parts import ReportParts, is_plan_hidden, missing_parts
from sidestep.services.report.report_training import has_training, training_part
from sidestep.services.report.report_week import week_part


def build_runner_page(parts: ReportParts) -> RunnerPage:
    """Return the runner's page; an emergency leaves only the flags and what to tell on the phone.

    Flags come first in every case. While the knee check hides the plan, the page holds no week and
    nothing of a next run.
    """
    cited = CitedSources(parts.knowledge.sources)
    check, load = parts.check, parts.load
    facts = check.facts if check else {}
    questions = parts.knowledge.questions
    urgency = urgency_panel(check, questions, cited)
    if not parts.names_commands:
        urgency = replace(urgency, answer_with="")
    is_emergency = check is not None and check.is_emergency
    patterns = () if check is None or is_emergency else pattern_cards(check, questions, cited)
    shown_week = _shown_week(parts)
    training = (
        training_part(
            load,
            cited,
            week=shown_week,
            may_run=check is None or not is_plan_hidden(check),
        )
        if load is not None and has_training(load) and not is_emergency
        else None
    )
    causes = () if check is None or is_emergency else cause_lines(check, cited)
    says_cap = training is not None and training.cap is not None
    pain_rules = _pain_rules(parts, cited) if shown_week else ()
    week = (
        None
        if shown_week is None
        else week_part(
            shown_week,
            cited,
            says_cap=not says_cap,
            said_below={said.says for said in pain_rules},
        )
    )
    return RunnerPage(
        made_on=day_in_words(parts.on),
        is_emergency=is_emergency,
        knee=knee_map(facts, questions),
        urgency=urgency,
        answers=short_rows(facts, questions) if check else (),
        patterns=patterns,
        patterns_say=patterns_say(check, patterns),
        training=training,
        week=week,
        week_says=() if is_emergency else _week_says(parts),
        week_helps=() if is_emergency else _week_helps(parts),
        pain_rules=pain_rules,
        causes=causes,
        missing=() if is_emergency else missing_parts(parts),
        colophon=cited.colophon(
            program_version=parts.program_version, knowledge_version=parts.knowledge.version
        ),
        clips=() if is_emergency else clip_pages(parts),
        names_commands=parts.names_commands,
    )


def _shown_week(parts: ReportParts) -> WeekPlan | None:
    if parts.check is None or is_plan_hidden(parts.check):
        return None
    return parts.week if isinstance(parts.week, WeekPlan) else None


def _week_says(parts: ReportParts) -> tuple[str, ...]:
    if parts.check is None:
        return ()
    reasons = parts.check.plan_reasons
    if is_plan_hidden(parts.check):
        return reasons or ("There is no plan until someone has looked at this.",)
    if isinstance(parts.week, NoWeek):
        collisions = tuple(limit.says for limit in parts.week.collisions)
        return (parts.week.says, *collisions)
    return reasons


def _week_helps(parts: ReportParts) -> tuple[str, ...]:
    if parts.check is None or is_plan_hidden(parts.check) or not isinstance(parts.week, NoWeek):
        return ()
    return parts.week.would_help


def _pain_rules(parts: ReportParts, cited: CitedSources) -> tuple[Statement, ...]:
    rules = Rules(parts.knowledge.plans)
    whys = [rules.why(rule) for rule in PAIN_RULES if rule in parts.knowledge.plans]
    return tuple(Statement(says=why.says, tag=cited.tag(why.backing)) for why in whys)
