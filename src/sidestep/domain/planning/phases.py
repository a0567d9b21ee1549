"""What each phase of the weeks says of itself."""

from dataclasses import replace

from sidestep.domain.planning.levels import why_built
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Phase, Why

_TAKE_TURNS = "Walking and running take turns: more running and less walking from phase to phase."
_SET_A_GOAL = "Would you like to run further? Set a goal: sidestep profile set --goal KM@DATE"


_MINUTES_HOLD = (
    "Your minutes leave no room for longer runs, so these weeks keep them as they are, and that is "
    "all right. With more minutes they can grow: sidestep profile set --minutes N"
)

_NO_RUN = "No runs for now. What you do at home goes on."

_GOAL_IS_OVER = (
    "The day of your goal has passed. Your runs go back to what you were used to: that is the "
    "least that does the job."
)


def about_phase(
    phase: Phase,
    rules: Rules,
    *,
    stays_light: bool,
    comes_back: bool,
    has_runs: bool,
    has_goal: bool,
    goes_home: bool,
    fills_minutes: bool,
) -> Why:
    """Return what a phase is for and when the next one comes.

    ``stays_light`` when the knee check keeps the whole plan light; ``comes_back`` in a week that
    comes back by steps after light ones or a break, faster than runs grow; ``has_runs`` when there
    is a run at all; ``has_goal`` where the weeks have led to a goal or still do; ``goes_home``
    where the runs get shorter once its week is over; ``fills_minutes`` where the longest run is as
    long as her minutes leave room for.
    """
    if stays_light and phase is Phase.CALM:
        return own_why(
            "knee_check",
            "The knee check keeps this plan light, and it stays so until you answer it again: "
            "sidestep knee",
        )
    match phase:
        case Phase.CALM:
            return rules.why("calm_weeks", calm=rules.number("running_pain_max"))
        case Phase.RETURN:
            why = rules.why("return_clean_sessions")
            return replace(why, says=f"{_TAKE_TURNS} {why.says}")
        case Phase.BUILD if comes_back:
            return _about_coming_back(rules)
        case Phase.BUILD:
            where_to = "On to your goal." if has_goal else "Back to what you were used to."
            why = why_built(rules)
            return replace(why, says=f"{where_to} {why.says}")
        case Phase.KEEP if not has_runs:
            return replace(rules.why("keep_weeks"), says=_NO_RUN)
        case Phase.KEEP if goes_home:
            return replace(rules.why("keep_weeks"), says=_GOAL_IS_OVER)
        case Phase.KEEP if fills_minutes:
            return replace(rules.why("minutes_for_run", minutes=0.0), says=_MINUTES_HOLD)
        case Phase.KEEP:
            why = rules.why("keep_weeks")
            return why if has_goal else replace(why, says=f"{why.says} {_SET_A_GOAL}")


def _about_coming_back(rules: Rules) -> Why:
    rise = rules.number("back_week_rise")
    says = (
        "Back to what you were used to, by steps: length first, then one run more at a time, a "
        f"week up to {rise:g} times the busiest of them so far. What you can do is not lost. "
        "The steps are ours; no study found how fast."
    )
    return replace(rules.why("back_week_rise", busiest_km=0.0), says=says)
