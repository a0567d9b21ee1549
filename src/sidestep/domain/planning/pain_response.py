"""How the knee answered to what was done, and what that asks for next; the numbers are data.

Planning a week and changing a day by it are done elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from statistics import median

from sidestep.domain.planning.check_in import CheckIn, morning_after, worst
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Why
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK, day_in_words


class Step(IntEnum):
    """What comes next, the most careful first."""

    STEP_BACK = 0
    BACK = 1
    HOLD = 2
    PROGRESS = 3

    @property
    def word(self) -> str:
        """The step as it stands in a document."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What comes next, what was seen, and the rule that asks for it.

    ``on`` is the day of what was seen, ``None`` when nothing is known.
    """

    step: Step
    saw: str
    why: Why
    on: date | None = None


def recent(check_ins: Iterable[CheckIn], on: date, rules: Rules) -> tuple[CheckIn, ...]:
    """Return the check-ins that still count on a day, oldest first; the day itself is one."""
    first = on - timedelta(days=rules.count("pain_memory_days") - 1)
    return tuple(sorted((each for each in check_ins if first <= each.on <= on), key=_day))


def weigh_run(run: CheckIn, next_morning: float | None, rules: Rules) -> Response:
    """Judge one run: clean, not known to be, or too much.

    More pain on the run, an hour after it or the next morning never gives a bolder step, nor does
    an answer left out instead of a mild one.

    Returns
    -------
    Response
        ``PROGRESS`` for a clean run, ``BACK`` for one that was too much, else ``HOLD``.

    Sources
    -------
    esculier_2018, trek_pfp
    """
    when = day_in_words(run.on)
    calm = rules.number("running_pain_max")
    on_run = run.pain_on_run
    settled = _is_settled(run, calm)
    morning = _is_no_worse(run, next_morning, rules)
    if on_run is not None and on_run > calm:
        saw, rule = f"Your run on {when} hurt {on_run:g} of 10.", "running_pain_max"
    elif settled is False or (on_run is None and _is_above(run.pain_hour_after, calm)):
        # What is not said of the run itself was no less than what it left behind.
        saw = f"An hour after your run on {when} it still hurt {run.pain_hour_after:g} of 10."
        rule = "running_pain_settle_min"
    elif morning is False:
        saw = f"The morning after your run on {when} it hurt more: {next_morning:g} of 10."
        rule = "next_morning_rise_max"
    else:
        is_clean = on_run is not None and settled is True and morning is True
        return _run_within_rules(run, rules, calm, is_clean=is_clean)
    return Response(step=Step.BACK, saw=saw, why=rules.why(rule), on=run.on)


def _run_within_rules(run: CheckIn, rules: Rules, calm: float, *, is_clean: bool) -> Response:
    when = day_in_words(run.on)
    why = rules.why("progress_sessions", calm=calm)
    if is_clean:
        return Response(
            step=Step.PROGRESS,
            saw=f"Your run on {when} stayed within the pain rules.",
            why=why,
            on=run.on,
        )
    saw = (
        f"Of your run on {when} not everything is known: "
        "it takes the pain before it, on it, an hour after and the next morning."
    )
    return Response(step=Step.HOLD, saw=saw, why=why, on=run.on)


def _is_above(pain: float | None, most: float) -> bool:
    return pain is not None and pain > most


def _is_settled(run: CheckIn, calm: float) -> bool | None:
    """Whether an hour after the run the pain was back to where it had been.

    Nobody should set out with more than the pain a run may bring, so more before excuses nothing.
    """
    if run.pain_hour_after is None:
        return None
    if run.pain_hour_after <= 0:
        return True
    if run.pain_before_run is None:
        return None
    return run.pain_hour_after <= min(run.pain_before_run, calm)


def _is_no_worse(day: CheckIn, next_morning: float | None, rules: Rules) -> bool | None:
    """Whether the morning after was no worse than the morning of the day."""
    if next_morning is None:
        return None
    if next_morning <= 0:
        return True
    before = day.pain_this_morning if day.pain_this_morning is not None else day.pain_before_run
    if before is None:
        return None
    return next_morning <= before + rules.number("next_morning_rise_max")


def weigh_exercises(day: CheckIn, next_morning: float | None, rules: Rules) -> Response:
    """Judge one day's strength and side work by the bands of pain.

    More pain never gives a bolder step, nor does an answer left out instead of a mild one.

    Sources
    -------
    thomee_1997, silbernagel_2007
    """
    when = day_in_words(day.on)
    pain = day.pain_on_exercises
    calm, most = rules.number("exercise_pain_settles"), rules.number("exercise_pain_max")
    morning = _is_no_worse(day, next_morning, rules)
    back = rules.why("exercise_step_back", ceiling=most)
    if pain is not None and pain > most:
        saw = f"Your exercises on {when} hurt {pain:g} of 10."
        return Response(step=Step.BACK, saw=saw, why=back, on=day.on)
    if day.is_swollen:
        saw = f"Your knee was swollen on {when}."
        return Response(step=Step.BACK, saw=saw, why=back, on=day.on)
    if morning is False:
        saw = f"The morning after your exercises on {when} it hurt more: {next_morning:g} of 10."
        return Response(step=Step.BACK, saw=saw, why=back, on=day.on)
    why = rules.why("exercise_step_up_sessions", calm=calm)
    if pain is not None and pain <= calm and morning is True:
        saw = f"Your exercises on {when} stayed within the pain rules."
        return Response(step=Step.PROGRESS, saw=saw, why=why, on=day.on)
    saw = (
        f"Your exercises on {when} hurt {pain:g} of 10." if pain is not None and pain > calm else ""
    )
    unknown = f"Of your exercises on {when} the pain, then or the next morning, is not known."
    return Response(step=Step.HOLD, saw=saw or unknown, why=why, on=day.on)


def running_step(check_ins: Iterable[CheckIn], on: date, rules: Rules) -> Response | None:
    """Return what the latest runs ask for, ``None`` when none was told of.

    Enough clean runs in a row: a little more. The latest one too much: a step back, and one of
    which not everything is known leaves it standing for a week: silence is no better run. A run of
    the day itself has its next morning still to come, so what was run before it may say yes.
    """
    known = recent(check_ins, on, rules)
    runs = [each for each in known if each.ran]
    weighed = [weigh_run(each, morning_after(each, known), rules) for each in runs]
    clean_needed = rules.count("progress_sessions")
    if runs and runs[-1].on == on and _is_clean_so_far(runs[-1], known, rules):
        before = _of_latest(weighed[:-1], clean_needed)
        if before is not None and before.step is Step.PROGRESS:
            return before
    return _still_back(weighed, on) or _of_latest(weighed, clean_needed)


def _still_back(weighed: Sequence[Response], on: date) -> Response | None:
    """Return the step back that the runs after it neither confirm nor answer, if there is one.

    What a week has answered once, the next one does not answer again.
    """
    known = next((each for each in reversed(weighed) if each.step is not Step.HOLD), None)
    if known is None or known.step is not Step.BACK or known.on is None:
        return None
    return known if (on - known.on).days < DAYS_PER_WEEK else None


def _is_clean_so_far(run: CheckIn, known: tuple[CheckIn, ...], rules: Rules) -> bool:
    """Whether nothing but the morning after it is missing for a run to be clean."""
    return morning_after(run, known) is None and weigh_run(run, 0.0, rules).step is Step.PROGRESS


def exercise_step(check_ins: Iterable[CheckIn], on: date, rules: Rules) -> Response | None:
    """Return what the latest strength and side work asks for, ``None`` when none was told of."""
    known = recent(check_ins, on, rules)
    done = [each for each in known if each.strength or each.lateral_work]
    weighed = [weigh_exercises(each, morning_after(each, known), rules) for each in done]
    return _of_latest(weighed, rules.count("exercise_step_up_sessions"))


def _of_latest(weighed: list[Response], clean_needed: int) -> Response | None:
    if not weighed:
        return None
    latest = weighed[-1]
    if latest.step is not Step.PROGRESS:
        return latest
    last = weighed[-clean_needed:]
    if len(last) == clean_needed and all(each.step is Step.PROGRESS for each in last):
        return latest
    return Response(step=Step.HOLD, saw=latest.saw, why=latest.why, on=latest.on)


def flare(
    check_ins: Iterable[CheckIn], on: date, rules: Rules, pain_before: float | None = None
) -> Response | None:
    """Return a step back when pain stood clearly above its usual for days in a row at last.

    It stands until a day is told that says otherwise, as long as check-ins count: silence after
    it is no better day.

    Parameters
    ----------
    pain_before
        What it was before there were check-ins; used when none is older than the days in a row.
    """
    told = [each for each in check_ins if each.pain is not None]
    latest = recent(told, on, rules)[-1:]
    if not latest:
        return None
    latest_on = latest[0].on
    known = recent(told, latest_on, rules)
    days, rise = rules.count("flare_days"), rules.number("pain_change_min")
    last, earlier = known[-days:], known[:-days]
    if len(last) < days or not _are_in_a_row(last):
        return None
    usual = median(_pain(each) for each in earlier) if earlier else pain_before
    if usual is None or min(map(_pain, last)) < usual + rise:
        return None
    saw = (
        f"Your pain was {_pain(last[-1]):g} of 10 on {day_in_words(latest_on)}, usually {usual:g}."
    )
    if (on - latest_on).days > 1:
        saw += " You have not said how it has been since."
        saw += " Tell of a calmer day (sidestep log), and runs can come back."
    return Response(
        step=Step.STEP_BACK, saw=saw, why=rules.why("flare_days", rise=rise), on=latest_on
    )


def next_step(
    check_ins: Iterable[CheckIn], on: date, rules: Rules, pain_before: float | None = None
) -> Response | None:
    """Return the most careful of what the runs and the pain of the days ask for.

    The same answers day after day end in one step and stay there.
    """
    known = tuple(check_ins)
    asked = (flare(known, on, rules, pain_before), running_step(known, on, rules))
    return min((each for each in asked if each is not None), key=_step, default=None)


def _are_in_a_row(days: Sequence[CheckIn]) -> bool:
    return (days[-1].on - days[0].on).days == len(days) - 1


def _pain(day: CheckIn) -> float:
    return worst(day.pain) or 0.0


def _day(day: CheckIn) -> date:
    return day.on


def _step(response: Response) -> Step:
    return response.step
