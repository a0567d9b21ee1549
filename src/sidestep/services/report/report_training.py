"""The training as a page shows it: figures, charts' values, what stands out, the timeline."""

from collections.abc import Iterable
from datetime import date, timedelta

from sidestep.domain.load.exposure import steps_inside
from sidestep.domain.load.report import (
    Exposure,
    KneeInside,
    LoadReport,
    Notice,
    RunAgainstLongest,
    SpikeBand,
    WeekTotals,
)
from sidestep.domain.planning.week import BlockKind, WeekPlan
from sidestep.domain.triage.facts import Facts
from sidestep.domain.vocabulary.counts import count_of
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.report_pages import (
    ChartedRun,
    ChartedWeek,
    Figure,
    PlannedRun,
    Row,
    Statement,
    TimelineEvent,
    TrainingPart,
)
from sidestep.services.report.report_evidence import CitedSources
from sidestep.services.report.report_wording import (
    kilometres,
    listed,
    rounded_count,
    short_date,
)

_PRINTED_EXPOSURES_DAYS = (28, 365)
_FOUR_WEEKS = 28
_SPIKE_WINDOW_DAYS = 30


def has_training(load: LoadReport | None) -> bool:
    """Whether there is any history to show."""
    return load is not None and load.first_activity_on is not None


def training_part(
    load: LoadReport, cited: CitedSources, *, week: WeekPlan | None = None, may_run: bool = True
) -> TrainingPart:
    """Return the runner's view of a load report, its grounds taken into ``cited``.

    ``week`` is the week on the same page, whose runs say more about the next run than the cap.
    Without ``may_run`` nothing is said of a next run.
    """
    cap_km = load.next_run_cap_km if may_run else None
    planned = _planned_runs(week) if may_run else ()
    statements = [
        (
            notice.kind,
            Statement(title=notice.title, says=notice.says, tag=cited.tag(notice.backing)),
        )
        for notice in load.notices
    ]
    return TrainingPart(
        figures=_figures(load, planned),
        runs=tuple(_charted_run(run) for run in load.runs_30d),
        planned=planned,
        weeks=charted_weeks(load),
        next_run_cap_km=cap_km,
        cap=_notice(load.cap, cited) if load.cap and may_run else None,
        cap_says=" ".join(load.cap_notes) if cap_km is not None else "",
        notices=tuple(said for kind, said in statements if kind != "context"),
        context=tuple(said for kind, said in statements if kind == "context"),
        steps=steps_statement(load, cited),
        data_says=_data_in_words(load),
    )


def _planned_runs(week: WeekPlan | None) -> tuple[PlannedRun, ...]:
    return tuple(
        PlannedRun(on=day.date, distance_km=block.distance_km)
        for day in (week.days if week else ())
        for block in day.blocks
        if block.kind is BlockKind.RUN and block.distance_km is not None
    )


def charted_weeks(load: LoadReport) -> tuple[ChartedWeek, ...]:
    """Return the weeks as bars; a week wholly without data has no value, which is not zero."""
    return tuple(
        ChartedWeek(ends_on=week.ends_on, distance_km=None if _is_blank(week) else week.distance_km)
        for week in load.weeks
    )


def steps_statement(load: LoadReport, cited: CitedSources) -> Statement | None:
    """Return the steps per knee over 28 and 365 days, labelled an estimate; none without steps."""
    shown = _counted_exposures(load)
    if not shown:
        return None
    amounts = listed(
        f"{rounded_count(exposure.steps_per_knee)} steps in {exposure.days} days"
        for exposure in shown
    )
    left_out = max(exposure.runs_without_steps for exposure in shown)
    says = f"Multiplied out: about {amounts} on each knee (an estimate)."
    if left_out:
        runs = count_of(left_out, "run", "runs")
        says = (
            f"Multiplied out: about {amounts} on each knee (an estimate, {runs} without steps left "
            "out)."
        )
    return Statement(
        says=says,
        tag=cited.tag(load.exposure_note.backing) if load.exposure_note else None,
    )


def knee_inside_statement(load: LoadReport, cited: CitedSources) -> Statement | None:
    """Return how many of those steps had the knee inside the foot line, by the newest clip."""
    shown = _counted_exposures(load)
    note = load.knee_inside_note
    if note is None or not shown:
        return None
    legs = (_leg_inside_in_words(shown, each) for each in load.knee_inside)
    says = " ".join((*legs, note.says))
    return Statement(title=note.title, says=says, tag=cited.tag(note.backing))


def _counted_exposures(load: LoadReport) -> list[Exposure]:
    return [
        exposure
        for exposure in load.exposures
        if exposure.days in _PRINTED_EXPOSURES_DAYS and exposure.steps_per_knee > 0
    ]


def _leg_inside_in_words(exposures: Iterable[Exposure], inside: KneeInside) -> str:
    if not inside.is_telling:
        amounts = "the range is too wide to tell anything"
    else:
        amounts = listed(_steps_inside_in_words(each, inside) for each in exposures)
    return f"Left knee: {amounts}." if inside.side is Side.LEFT else f"Right knee: {amounts}."


def _steps_inside_in_words(exposure: Exposure, inside: KneeInside) -> str:
    low, high = (rounded_count(steps) for steps in steps_inside(exposure, inside))
    if high == "0":
        return f"none in {exposure.days} days"
    steps = high if low == high else f"{low} to {high}"
    return f"{steps} steps in {exposure.days} days"


def load_rows(load: LoadReport, *, may_run: bool = True) -> tuple[Row, ...]:
    """Return the load as a clinician reads it, each row with its window; no data is no zero.

    Without ``may_run`` nothing is said of a next run.
    """
    share = load.multidirectional_share_28d
    hard = [run.is_hard for run in load.intensities_28d]
    longest = load.longest_run_30d_km
    no_data_28d = _no_data_in(_FOUR_WEEKS, load)
    rows = [
        Row(
            label="Last 7 days", value=_no_data_in(DAYS_PER_WEEK, load) or _week_in_words(load.week)
        ),
        Row(
            label="Longest run, 30 days",
            value=kilometres(longest)
            if longest is not None
            else _no_data_in(_SPIKE_WINDOW_DAYS, load) or "no run",
        ),
        *(
            [Row(label="Ceiling for the next run", value=_ceiling(load.next_run_cap_km))]
            if may_run
            else []
        ),
        Row(
            label="Longest row without rest, 28 days",
            value=no_data_28d or count_of(load.longest_row_without_rest_days, "day", "days"),
        ),
        Row(label="Multidirectional sport, 28 days", value=no_data_28d or _share_of_time(share)),
        Row(label="Hard runs, 28 days", value=no_data_28d or _hard_runs(hard)),
    ]
    rows += [
        Row(label=f"Steps per knee, {exposure.days} days", value=_steps_in_words(exposure, load))
        for exposure in load.exposures
        if exposure.days in _PRINTED_EXPOSURES_DAYS
    ]
    return tuple(rows)


def _ceiling(cap_km: float | None) -> str:
    return "not known" if cap_km is None else kilometres(cap_km)


def _no_data_in(days: int, load: LoadReport) -> str:
    """Say since when there is no data if the last ``days`` days hold none, else nothing."""
    ago = load.days_since_last_data
    if ago is None or ago < days:
        return ""
    return f"no data since {day_in_words(load.on - timedelta(days=ago))}"


def _week_in_words(week: WeekTotals) -> str:
    said = [
        kilometres(week.distance_km),
        count_of(week.runs, "run", "runs"),
        f"{count_of(week.non_running_days, 'day', 'days')} without a run",
    ]
    if week.days_without_data:
        said.append(f"{count_of(week.days_without_data, 'day', 'days')} without data")
    return ", ".join(said)


def _steps_in_words(exposure: Exposure, load: LoadReport) -> str:
    if exposure.steps_per_knee > 0:
        return f"{rounded_count(exposure.steps_per_knee)}, an estimate"
    return _no_data_in(exposure.days, load) or "not known"


def timeline_events(
    load: LoadReport | None,
    load_at_onset: LoadReport | None,
    onset_on: date | None,
    onset_says: str,
) -> tuple[TimelineEvent, ...]:
    """Return what happened when, oldest first: long runs before and since, the onset, the data."""
    events = {
        (spike.on, spike.activity_id): _spike_event(spike)
        for report in (load_at_onset, load)
        if report is not None
        for spike in report.spikes
        if spike.band is not SpikeBand.UNDEFINED
    }
    listed_events = list(events.values())
    if onset_on is not None:
        listed_events.append(
            TimelineEvent(
                on=onset_on,
                when=f"about {short_date(onset_on)} {onset_on.year}",
                says=onset_says,
                kind="onset",
            )
        )
    return tuple(sorted(listed_events, key=lambda event: (event.on, event.kind)))


def onset_day(answered_on: date, facts: Facts) -> date | None:
    """Return the day it began, as near as an answer in weeks allows; none without that answer."""
    weeks = facts.get("weeks_since_onset")
    if not isinstance(weeks, int | float):
        return None
    return answered_on - timedelta(days=round(weeks * DAYS_PER_WEEK))


def _figures(load: LoadReport, planned: tuple[PlannedRun, ...]) -> tuple[Figure, ...]:
    week = load.week
    is_blank = _is_blank(week)
    is_one = week.non_running_days == 1
    rest = "day without a run, of the last 7" if is_one else "days without a run, of the last 7"
    figures = (
        Figure(
            value="–" if is_blank else kilometres(week.distance_km),
            label="no data for the last 7 days" if is_blank else "run in the last 7 days",
        ),
        Figure(value="–" if is_blank else str(week.non_running_days), label=rest),
        Figure(value=kilometres(load.longest_run_30d_km), label="longest run of the last 30 days"),
    )
    if not planned:
        return figures
    longest_km = max(run.distance_km for run in planned)
    return (*figures, Figure(value=kilometres(longest_km), label="longest run of this plan"))


def _data_in_words(load: LoadReport) -> str:
    said = [note for note in load.notes if note not in load.cap_notes]
    if load.questions:
        odd = count_of(
            len(load.questions),
            "recording looks odd and is not counted yet: sidestep activities.",
            "recordings look odd and are not counted yet: sidestep activities.",
        )
        said.append(odd)
    return " ".join(said)


def _notice(notice: Notice, cited: CitedSources) -> Statement:
    return Statement(title=notice.title, says=notice.says, tag=cited.tag(notice.backing))


def _charted_run(run: RunAgainstLongest) -> ChartedRun:
    return ChartedRun(
        on=run.on,
        distance_km=run.distance_km,
        longest_before_km=run.longest_before_km,
        band=run.band,
    )


def _spike_event(spike: RunAgainstLongest) -> TimelineEvent:
    ratio = "" if spike.ratio is None else f"{spike.ratio:.2f} × "
    return TimelineEvent(
        on=spike.on,
        when=f"{short_date(spike.on)} {spike.on.year}",
        says=f"run of {kilometres(spike.distance_km)}, {ratio}the longest of the 30 days before "
        f"({kilometres(spike.longest_before_km)})",
        kind="spike",
    )


def _is_blank(week: WeekTotals) -> bool:
    return week.days_without_data >= DAYS_PER_WEEK and week.runs == 0


def _share_of_time(share: float | None) -> str:
    if share is None:
        return "no sport recorded"
    return f"{share * 100:.0f} % of the time" if share > 0 else "none recorded"


def _hard_runs(hard: list[bool | None]) -> str:
    if not hard:
        return "no runs"
    unknown = sum(is_hard is None for is_hard in hard)
    known = f"{sum(is_hard is True for is_hard in hard)} of {len(hard)}"
    return f"{known}, {unknown} not known" if unknown else known
