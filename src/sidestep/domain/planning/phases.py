"""What each phase of the weeks says of itself."""

from sidestep.domain.planning.levels import why_built
from sidestep.domain.planning.own_limits import own_why
from sidestep.domain.planning.reasons import Rules
from sidestep.domain.planning.week import Phase, Why


def about_phase(phase: Phase, rules: Rules, *, stays_light: bool) -> Why:
    """Return what a phase is for and when the next one comes.

    ``stays_light`` when the knee check keeps the whole plan light.
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
            return rules.why("return_clean_sessions")
        case Phase.BUILD:
            return why_built(rules)
        case Phase.KEEP:
            return rules.why("keep_weeks")
