"""Where a plan of one's own ends: six weeks without getting better, until somebody has looked."""

from datetime import date

from sidestep.domain.planning.clinician import ClinicianLimits
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Why
from sidestep.domain.triage.findings import KneeCheck, RaisedFlag
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK

SIX_WEEKS = "not_better_after_six_weeks"


def six_weeks_flag(
    check: KneeCheck | None, clinician: ClinicianLimits, on: date, rules: Rules
) -> RaisedFlag | None:
    """Return the flag that ends a plan of one's own, ``None`` without it and once she was seen."""
    raised = () if check is None else check.red_flags
    flag = next((each for each in raised if each.flag.id == SIX_WEEKS and each.is_present), None)
    days = rules.count("seen_counts_weeks") * DAYS_PER_WEEK
    return None if flag is None or clinician.was_seen_within(days, on) else flag


def why_held(
    check: KneeCheck | None, clinician: ClinicianLimits, on: date, rules: Rules
) -> Why | None:
    """Say why nothing grows until somebody has looked at the knee, ``None`` when it may."""
    flag = six_weeks_flag(check, clinician, on, rules)
    return None if flag is None else rules.why("seen_counts_weeks")
