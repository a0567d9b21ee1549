"""Keeps what the person says about an activity: right or wrong, its sport, how hard it felt."""

from sidestep.domain.activity.summary import Verdict
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError
from sidestep.services.ports import Store

VERDICTS = {"keep": Verdict.CONFIRMED, "exclude": Verdict.EXCLUDED}


def correct_activity(
    store: Store,
    activity_id: str,
    *,
    verdict: str | None = None,
    sport: str | None = None,
    effort_rpe: float | None = None,
) -> None:
    """Keep the corrections given; what is ``None`` stays as it was.

    To name the sport answers the question that an odd recording raised: it then counts, as that
    sport.

    Raises
    ------
    InputError
        There is no such activity, or no such sport.
    """
    if sport is not None and sport not in set(Sport):
        raise InputError(
            f"{sport!r} is not a sport Sidestep knows",
            hint=f"One of: {', '.join(known.value for known in Sport)}.",
        )
    if verdict is None and sport is not None:
        verdict = "keep"
    if verdict is not None:
        store.set_verdict(activity_id, VERDICTS[verdict])
    if sport is not None:
        store.set_sport(activity_id, Sport(sport))
    if effort_rpe is not None:
        store.set_effort(activity_id, effort_rpe)
