"""What was imported, one by one: what a file says, and what she says of it where it is wrong."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from sidestep.domain.activity.summary import ActivitySummary, Verdict
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import InputError
from sidestep.languages.place_names import N_
from sidestep.services.importing.correct_activity import VERDICTS, correct_activity
from sidestep.web.desk import Desk
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, NotFoundError, site_of

router = APIRouter(prefix="/connect/activities", include_in_schema=False)

LISTED = 50
EFFORTS = range(11)


@router.get("")
def list_activities(
    request: Request, desk: MyDesk, after: Annotated[int, Query(ge=0, le=10**6)] = 0
) -> Response:
    """Show every activity, the newest first, so many at a time."""
    activities = desk.kept("activities", desk.store.activities)[::-1]
    return page(
        request,
        "activities.html",
        activities=activities[after : after + LISTED],
        newer=max(after - LISTED, 0) if after else None,
        older=after + LISTED if len(activities) > after + LISTED else None,
    )


@router.get("/{activity_id}")
def show_activity(request: Request, desk: MyDesk, activity_id: str) -> Response:
    """Show what is known of one activity, and let it be corrected."""
    activity = _activity(desk, activity_id)
    return page(
        request,
        "activity.html",
        activity=activity,
        lasted=_clock_time(activity.duration_s),
        sports=list(Sport),
        efforts=EFFORTS,
        is_left_out=activity.verdict is Verdict.EXCLUDED,
        is_kept="kept" in request.query_params,
    )


@router.post("/{activity_id}")
def answer_for(
    request: Request, desk: MyDesk, activity_id: str, verdict: Annotated[str, Form()]
) -> Response:
    """Keep whether an odd recording counts."""
    if verdict not in VERDICTS:
        raise InputError(
            f"{verdict[:20]!r} is no answer", hint=f"Choose one of {', '.join(VERDICTS)}."
        )
    correct_activity(desk.store, _activity(desk, activity_id).id, verdict=verdict)
    return RedirectResponse(f"{site_of(request).root_path}/connect#odd", status_code=303)


@router.post("/{activity_id}/correct")
def correct(
    request: Request,
    desk: MyDesk,
    activity_id: str,
    verdict: Annotated[str, Form()] = "",
    sport: Annotated[Sport | None, Form()] = None,
    effort: Annotated[int | None, Form(ge=EFFORTS[0], le=EFFORTS[-1])] = None,
) -> Response:
    """Keep what she says of an activity; what she leaves as it was stays."""
    activity = _activity(desk, activity_id)
    said: dict[str, Any] = {}
    if verdict in VERDICTS:
        said["verdict"] = verdict
    # To name a sport answers for an odd recording, too: only another one was named by her.
    if sport is not None and sport is not activity.sport:
        said["sport"] = sport.value
    if effort is not None and effort != activity.effort_rpe:
        said["effort_rpe"] = float(effort)
    if said:
        correct_activity(desk.store, activity.id, **said)
    where = f"{site_of(request).root_path}/connect/activities/{activity.id}"
    return RedirectResponse(f"{where}?kept", status_code=303)


def _activity(desk: Desk, activity_id: str) -> ActivitySummary:
    activities = desk.kept("activities", desk.store.activities)
    found = next((each for each in activities if each.id == activity_id), None)
    if found is None:
        raise NotFoundError(N_("there is no such activity"))
    return found


def _clock_time(seconds: float) -> str:
    minutes, rest_s = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest_s:02}"
