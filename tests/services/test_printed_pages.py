"""What the pages say: flags first, no plan beside a flag, missing parts named, grounds kept."""

from dataclasses import replace
from datetime import date

import pytest

from builders.report_parts import (
    COHORT,
    FACTS,
    ON,
    check,
    empty_parts,
    flag,
    flagged_parts,
    fullest_parts,
    knowledge,
    load,
    usual_parts,
    week,
    week_totals,
)
from sidestep.domain.load.report import Notice
from sidestep.domain.planning.week import BlockKind, NoWeek
from sidestep.domain.triage.findings import RaisedFlag
from sidestep.domain.triage.rules import PlanAccess, Urgency
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.days import day_in_words
from sidestep.services.ports.report_pages import Tag
from sidestep.services.report.clinician_page import build_clinician_page
from sidestep.services.report.report_parts import Part, available_parts
from sidestep.services.report.report_wording import (
    listed,
    lowered,
    rounded_count,
)
from sidestep.services.report.runner_page import build_runner_page


def test_a_page_without_anything_names_what_is_missing_and_how_to_add_it() -> None:
    page = build_runner_page(empty_parts())
    assert [missing.command for missing in page.missing] == [
        "sidestep knee",
        "sidestep import FOLDER",
    ]
    assert page.urgency.step is None
    assert page.week is None
    assert page.training is None


def test_without_a_knee_check_there_is_no_plan_even_when_one_was_made() -> None:
    page = build_runner_page(replace(usual_parts(), check=None))
    assert page.week is None
    assert page.pain_rules == ()


@pytest.mark.parametrize("urgency", [Urgency.URGENT, Urgency.EMERGENCY])
def test_a_present_red_flag_hides_the_plan(urgency: Urgency) -> None:
    page = build_runner_page(flagged_parts(urgency))
    assert page.week is None
    assert page.pain_rules == ()
    assert page.urgency.step == int(urgency)
    is_emergency = urgency is Urgency.EMERGENCY
    shown = [line.is_present for line in page.urgency.flags]
    assert shown == ([True] if is_emergency else [True, False])


def test_urgency_hides_the_plan_even_when_the_check_would_allow_it() -> None:
    parts = replace(usual_parts(), check=check(urgency=Urgency.URGENT, plan=PlanAccess.ALLOWED))
    assert build_runner_page(parts).week is None


def test_nothing_is_said_of_a_next_run_while_the_plan_is_hidden() -> None:
    cap = Notice(id="cap", kind="cap", title="Next run", says="Up to 14.7 km.", backing=COHORT)
    parts = replace(flagged_parts(Urgency.URGENT), load=replace(load(), cap=cap))
    page = build_runner_page(parts)
    assert page.training is not None
    assert page.training.next_run_cap_km is None
    assert page.training.cap is None
    assert len(page.training.figures) == 3
    assert page.training.planned == ()
    assert page.training.cap_says == ""
    assert [cause.plan_does for cause in page.causes] == [""]


def test_an_emergency_leaves_nothing_but_the_flags_and_what_to_tell() -> None:
    page = build_runner_page(flagged_parts(Urgency.EMERGENCY))
    assert page.is_emergency
    assert page.patterns == ()
    assert page.training is None
    assert page.causes == ()
    assert page.missing == ()
    assert ("Pain, 0 to 10", "now 2, at worst 6, running 4, daily life 1") in [
        (row.label, row.value) for row in page.answers
    ]


def test_open_questions_alone_are_not_told_as_an_emergency() -> None:
    still_open = RaisedFlag(
        flag=flag("leg_clot", Urgency.EMERGENCY), is_present=False, open_facts=("calf_swollen",)
    )
    parts = replace(
        usual_parts(),
        check=check(urgency=Urgency.EMERGENCY, plan=PlanAccess.HIDDEN, flags=(still_open,)),
    )
    page = build_runner_page(parts)
    assert page.urgency.headline == "Warning signs are still open"
    assert "we count this as emergency" in page.urgency.says[0]
    assert not page.is_emergency
    assert page.week is None


def test_no_week_says_which_limits_collide_and_what_would_help() -> None:
    no_week = NoWeek(
        week_starts=date(2026, 11, 23),
        collisions=(),
        says="No week fits.",
        would_help=("One more day.",),
    )
    page = build_runner_page(replace(usual_parts(), week=no_week))
    assert page.week is None
    assert page.week_says == ("No week fits.",)
    assert page.week_helps == ("One more day.",)


def test_every_source_of_every_tag_is_in_the_list() -> None:
    for page in (build_runner_page(usual_parts()), build_clinician_page(usual_parts())):
        numbers = {source.number for source in page.colophon.sources}
        assert numbers == set(range(1, len(numbers) + 1))
        assert {number for card in page.patterns for number in card.tag.sources} <= numbers


def test_a_statement_carries_its_basis_and_says_when_nobody_tested_it() -> None:
    page = build_runner_page(usual_parts())
    assert page.training is not None
    assert [said.tag for said in page.training.notices] == [
        Tag(word="cohort", sources=(1,)),
        Tag(word="article · untested", sources=(2,)),
    ]
    assert page.colophon.review.startswith("Not clinically reviewed")


def test_the_pages_name_the_versions_that_made_them() -> None:
    for page in (build_runner_page(usual_parts()), build_clinician_page(usual_parts())):
        assert page.colophon.versions == "Sidestep 0.1.0 · knowledge k3f9a1c20b77"


def test_steps_per_knee_are_multiplied_out_as_an_estimate() -> None:
    page = build_runner_page(usual_parts())
    assert page.training is not None
    assert page.training.steps is not None
    assert page.training.steps.says == (
        "Multiplied out: about 43,000 steps in 28 days and 520,000 steps in 365 days on each knee "
        "(an estimate)."
    )


def test_context_figures_stand_apart_from_what_stands_out() -> None:
    page = build_runner_page(usual_parts())
    assert page.training is not None
    assert [said.title for said in page.training.context] == ["Acute to chronic"]
    assert all(said.title != "Acute to chronic" for said in page.training.notices)


def test_a_week_without_data_is_no_bar_and_no_zero() -> None:
    report = load()
    blank = week_totals(ON, 0.0, runs=0, blank=7)
    parts = replace(
        usual_parts(), load=replace(report, week=blank, weeks=(*report.weeks[:-1], blank))
    )
    page = build_runner_page(parts)
    assert page.training is not None
    assert page.training.weeks[-1].distance_km is None
    assert page.training.figures[0].value == "–"
    assert page.training.figures[1].value == "–"


def test_the_ground_of_the_cap_is_told_when_the_load_gives_it() -> None:
    cap = Notice(id="cap", kind="cap", title="Next run", says="Up to 14.7 km.", backing=COHORT)
    page = build_runner_page(replace(usual_parts(), load=replace(load(), cap=cap)))
    assert page.training is not None
    assert page.training.cap is not None
    assert page.training.cap.says == "Up to 14.7 km."


def test_what_every_run_holds_is_said_once_and_equal_stretches_are_the_same() -> None:
    page = build_runner_page(usual_parts())
    assert page.week is not None
    assert [(row.label, row.value) for row in page.week.every_run] == [
        ("Before", "standing groin stretch and quadriceps stretch, 30 s each"),
        ("Run", "Mon, Wed and Fri: easy run"),
        ("Inside", "side shuffle, 4 × 20 s each way"),
        ("After", "the same, 30 s each"),
    ]


def test_a_day_is_told_in_a_few_short_lines_and_its_doses_once_for_the_week() -> None:
    page = build_runner_page(usual_parts())
    assert page.week is not None
    days = {day.weekday: day for day in page.week.days}
    assert (days["Mon"].heading, days["Mon"].day) == ("4.2 km", "23")
    assert [line.says for line in days["Mon"].lines] == ["Easy run", "Side steps inside"]
    assert [(line.label, line.says) for line in days["Tue"].lines] == [
        ("Side work", "fire hydrant"),
        ("Strength", "split squat"),
        ("Feet", "short foot"),
    ]
    assert days["Sat"].lines[0].says == "Ultimate or tennis, easy"
    assert [(row.label, row.value) for row in page.week.doses] == [
        ("Fire hydrant", "2 × 12 each"),
        ("Split squat", "3 × 8 each"),
        ("Short foot", "5 × 10 s"),
        ("Ultimate or tennis, easy", "40 min"),
    ]


def test_a_day_without_anything_to_do_says_so() -> None:
    rest = week()
    empty = replace(rest.days[3], blocks=())
    page = build_runner_page(
        replace(usual_parts(), week=replace(rest, days=(*rest.days[:3], empty)))
    )
    assert page.week is not None
    assert [line.says for line in page.week.days[3].lines] == ["Nothing to do"]


def test_runs_of_unlike_length_are_told_apart_with_how_they_should_feel() -> None:
    plan = week()
    run_days = [
        replace(
            day,
            blocks=tuple(
                replace(block, dose=f"about {minutes} min", cues=("Easy.", "Flat."))
                if block.kind is BlockKind.RUN
                else block
                for block in day.blocks
            ),
        )
        for day, minutes in zip(plan.days[:5:2], (25, 25, 30), strict=True)
    ]
    page = build_runner_page(replace(usual_parts(), week=replace(plan, days=tuple(run_days))))
    assert page.week is not None
    assert {row.label: row.value for row in page.week.every_run}["Run"] == (
        "Mon and Wed: easy run, about 25 min; Fri: easy run, about 30 min. Easy. Flat."
    )


def test_beside_a_week_the_plans_longest_run_stands_large_and_the_cap_small() -> None:
    cap = Notice(id="cap", kind="cap", title="Next run", says="Up to 14.7 km.", backing=COHORT)
    report = replace(load(), cap=cap, cap_notes=("It knows nothing of your knee.",))
    page = build_runner_page(replace(usual_parts(), load=report))
    assert page.training is not None
    assert page.training.figures[-1].value == "5.0 km"
    assert all(figure.value != "14.7 km" for figure in page.training.figures)
    assert [run.distance_km for run in page.training.planned] == [4.2, 5.0, 4.5]
    assert page.training.cap_says == "It knows nothing of your knee."


def test_a_cause_stands_with_the_answer_that_decided_it_and_what_the_plan_does() -> None:
    (cause,) = build_runner_page(usual_parts()).causes
    assert (cause.title, cause.answered) == ("Long sitting", "9 h a day")
    assert cause.plan_does == "The plan has hip work on every off day."


def test_the_cap_is_not_said_twice() -> None:
    cap = Notice(id="cap", kind="cap", title="Next run", says="Up to 14.7 km.", backing=COHORT)
    plan = week()
    plan = replace(plan, limits=(replace(plan.limits[0], id="next_run_cap_ratio"),))
    parts = replace(usual_parts(), week=plan)
    without_load, with_load = (
        build_runner_page(replace(parts, load=report))
        for report in (None, replace(load(), cap=cap))
    )
    assert without_load.week is not None
    assert with_load.week is not None
    assert len(without_load.week.limits) == 1
    assert with_load.week.limits == ()


@pytest.mark.parametrize(
    ("weeks", "said"),
    [(0.3, "2 days"), (1 + 2 / 7, "9 days"), (2.0, "2 weeks"), (2 + 2 / 7, "2 weeks")],
)
def test_how_long_it_hurts_is_told_in_few_days_and_in_whole_weeks(weeks: float, said: str) -> None:
    facts = {**FACTS, "weeks_since_onset": weeks}
    page = build_runner_page(replace(usual_parts(), check=replace(check(), facts=facts)))
    assert {row.label: row.value for row in page.answers}["Duration"] == said


def test_the_clinician_sees_every_flag_with_its_answer_yes_first() -> None:
    yes = flag("hot_and_swollen_knee", Urgency.SOON, fact="hot")
    unknown = flag("leg_clot", Urgency.EMERGENCY, fact="calf")
    no = flag("locked_knee", Urgency.URGENT, fact="locked")
    answered = replace(check(), facts={**FACTS, "hot": True, "locked": False})
    parts = replace(usual_parts(), knowledge=knowledge((no, unknown, yes)), check=answered)
    assert [(each.title, each.answer) for each in build_clinician_page(parts).flags] == [
        ("Hot and swollen knee", "yes"),
        ("Leg clot", "unknown"),
        ("Locked knee", "no"),
    ]


def test_without_a_check_every_flag_is_unknown_and_none_is_no() -> None:
    page = build_clinician_page(empty_parts())
    assert {each.answer for each in page.flags} == {"unknown"}


def test_the_timeline_runs_from_onset_to_the_long_run() -> None:
    page = build_clinician_page(usual_parts())
    assert [(event.when, event.kind) for event in page.events] == [
        ("about 18 Oct 2026", "onset"),
        ("12 Nov 2026", "spike"),
    ]
    assert "1.60 × the longest of the 30 days before" in page.events[1].says


def test_weeks_since_onset_count_back_from_the_day_they_were_answered() -> None:
    parts = replace(usual_parts(), checked_on=date(2026, 11, 15))
    assert build_clinician_page(parts).events[0].on == date(2026, 10, 11)


def test_what_was_not_answered_says_so() -> None:
    rows = {row.label: row.value for row in build_clinician_page(usual_parts()).answers}
    assert rows["Years running"] == "not answered"
    assert rows["Sitting per day"] == "9 h"


def test_the_injection_questions_are_those_of_the_knowledge() -> None:
    page = build_clinician_page(usual_parts())
    assert page.questions == knowledge().clinician_questions


def test_no_red_flag_is_lost_however_much_there_is_to_say() -> None:
    page = build_runner_page(fullest_parts())
    assert len(page.urgency.flags) == 14


def test_numbers_and_dates_read_as_a_person_writes_them() -> None:
    assert day_in_words(ON) == "22 November 2026"
    assert rounded_count(43_210) == "43,000"
    assert rounded_count(7) == "7"
    assert count_of(1, "day", "days") == "1 day"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert lowered("Fire hydrant") == "fire hydrant"
    assert lowered("IT band roll") == "IT band roll"


def _raised(name: str, urgency: Urgency, *, is_present: bool = True) -> RaisedFlag:
    open_facts = () if is_present else ("calf_swollen",)
    return RaisedFlag(flag=flag(name, urgency), is_present=is_present, open_facts=open_facts)


def test_an_emergency_names_only_the_signs_that_make_it_one() -> None:
    flags = (
        _raised("joint_infection", Urgency.EMERGENCY),
        _raised("worn_out_shoes", Urgency.SOON),
        _raised("leg_clot", Urgency.EMERGENCY, is_present=False),
    )
    parts = replace(usual_parts(), check=check(urgency=Urgency.EMERGENCY, flags=flags))
    assert [line.title for line in build_runner_page(parts).urgency.flags] == ["Joint infection"]


def test_a_lesser_sign_that_is_present_is_kept_but_marked() -> None:
    flags = (
        _raised("locked_knee", Urgency.URGENT),
        _raised("swollen_knee", Urgency.URGENT),
        _raised("long_pain", Urgency.SOON),
    )
    parts = replace(usual_parts(), check=check(urgency=Urgency.URGENT, flags=flags))
    lines = build_runner_page(parts).urgency.flags
    assert [(line.title, line.is_lesser) for line in lines] == [
        ("Locked knee", False),
        ("Swollen knee", False),
        ("Long pain", True),
    ]


def test_open_signs_come_with_the_words_of_what_to_answer_and_the_command() -> None:
    still_open = _raised("leg_clot", Urgency.URGENT, is_present=False)
    asked = ("side", "zones", "onset", "pain_now", "run_course", "age_years")
    parts = replace(
        usual_parts(),
        check=replace(check(urgency=Urgency.URGENT, flags=(still_open,)), unanswered=asked),
    )
    panel = build_runner_page(parts).urgency
    assert panel.still_to_answer == ("side?", "zones?", "onset?", "pain_now?", "and 2 more")
    assert panel.answer_with == "sidestep knee"


def test_a_run_is_told_with_all_its_cues_but_the_pain_rules_that_stand_below() -> None:
    plan = week()
    rule = "While you run, pain up to 2.0 of 10 is acceptable."
    days = tuple(
        replace(
            day,
            blocks=tuple(
                replace(block, cues=("Easy.", "Run 4 minutes, walk one.", rule))
                if block.kind is BlockKind.RUN
                else block
                for block in day.blocks
            ),
        )
        for day in plan.days
    )
    page = build_runner_page(replace(usual_parts(), week=replace(plan, days=days)))
    assert page.week is not None
    assert [said.says for said in page.pain_rules] == [rule]
    assert {row.label: row.value for row in page.week.every_run}["Run"].endswith(
        " Easy. Run 4 minutes, walk one."
    )


def test_where_there_is_no_data_the_clinician_reads_no_zero() -> None:
    report = load()
    stale = replace(
        report,
        week=week_totals(ON, 0.0, runs=0, blank=7),
        days_since_last_data=60,
        longest_run_30d_km=None,
        next_run_cap_km=None,
        longest_row_without_rest_days=0,
        intensities_28d=(),
        multidirectional_share_28d=None,
        exposures=tuple(
            replace(exposure, steps=0, steps_per_knee=0) for exposure in report.exposures
        ),
    )
    page = build_clinician_page(replace(usual_parts(), load=stale))
    rows = {row.label: row.value for row in page.load}
    assert rows.pop("Ceiling for the next run") == "not known"
    assert rows.pop("Steps per knee, 365 days") == "not known"
    assert set(rows.values()) == {"no data since 23 September 2026"}


def test_the_clinician_reads_the_ceiling_with_how_far_it_can_be_trusted() -> None:
    report = replace(load(), cap_notes=("It knows nothing of the knee.",))
    page = build_clinician_page(replace(usual_parts(), load=report))
    rows = {row.label: row.value for row in page.load}
    assert rows["Ceiling for the next run"] == "14.7 km"
    assert page.cap_says == "It knows nothing of the knee."


def test_a_page_for_somebody_who_types_no_commands_names_none() -> None:
    parts = replace(flagged_parts(Urgency.SOON), load=None, names_commands=False)
    page = build_runner_page(parts)
    assert page.missing == ()
    assert page.urgency.answer_with == ""


def test_a_page_leaves_out_what_is_not_wanted_and_does_not_call_it_missing() -> None:
    page = build_clinician_page(usual_parts().only({Part.TRAINING}), with_week=True)
    assert page.without_knee
    assert (page.answers, page.flags, page.patterns, page.week) == ((), (), (), ())
    assert page.urgency == "left out"
    assert page.missing == ()
    assert page.load
    assert page.questions


def test_a_week_is_on_the_clinicians_page_only_where_it_is_wished_for() -> None:
    wanted = usual_parts().only(set(Part))
    assert build_clinician_page(wanted).week == ()
    assert len(build_clinician_page(wanted, with_week=True).week) == 7
    assert len(build_clinician_page(usual_parts().only({Part.WEEK}), with_week=True).week) == 7


@pytest.mark.parametrize("wanted", [set(Part), {Part.WEEK}])
def test_a_week_that_is_hidden_stays_so_whatever_is_wanted(wanted: set[Part]) -> None:
    parts = flagged_parts(Urgency.URGENT)
    assert build_clinician_page(parts.only(wanted), with_week=True).week == ()
    assert Part.WEEK not in available_parts(parts)
    assert Part.WEEK in available_parts(usual_parts())
