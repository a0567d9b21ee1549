"""Settings: time and equipment, the pages' own looks, browsers and programs, and one's data."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, RedirectResponse, Response

from sidestep.bootstrap.settings import OWNER
from sidestep.domain.planning.clinician import KINDS
from sidestep.domain.planning.request import EQUIPMENT, RunnerProfile
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.errors import AnswersError, InputError
from sidestep.languages.distances import KM, Unit, unit_named
from sidestep.services.people import own_settings
from sidestep.services.people.calendar_address import (
    calendar_of,
    drop_calendar,
    is_of_calendar,
    new_calendar_token,
)
from sidestep.services.people.sign_in import make_link, new_owner
from sidestep.services.ports.jobs import JobKind
from sidestep.services.ports.people import Account
from sidestep.services.reminders.reminder_settings import (
    BEFORE_MOST_MIN,
    About,
    Tone,
    change_reminders,
    clock_shows,
    reminders_of,
)
from sidestep.services.week.edit_profile import (
    GOAL_KM,
    RUNNING_DAYS_MOST,
    WEEKDAY_IDS,
    known_profile,
    profile_document,
)
from sidestep.services.week.profile_and_weeks import change_profile_and_weeks
from sidestep.web.archives import have_packed
from sidestep.web.desk import Desk
from sidestep.web.guesses import guess_keys, told_to_wait
from sidestep.web.once import new_key
from sidestep.web.pages.week import rest_of
from sidestep.web.rendering import page
from sidestep.web.site import LOOPBACK
from sidestep.web.who import (
    SESSION,
    MyDesk,
    NotSignedInError,
    account_of,
    drop_cookie,
    language_of,
    site_of,
)

router = APIRouter(include_in_schema=False)

PASSPHRASE_MOST = 1024

_PARTS = {"tokens": "programs", "invite": "others", "backup": "data", "export": "data"}
"""The part of the page that a form stands in, where it is called otherwise."""


@router.get("/settings")
def settings(request: Request, desk: MyDesk) -> Response:
    """Show everything that can be chosen."""
    return _page(request, desk)


@router.get("/settings/{form}")
def settings_again(request: Request, form: str) -> Response:
    """Lead back to the settings: only a page loaded again asks for the address of a form."""
    return _back(request, _PARTS.get(form, form))


def _page(request: Request, desk: Desk, *, status: int = 200, **said: Any) -> Response:
    people = desk.wiring.people
    account, profile = _account(request), known_profile(desk.store)
    kept = request.query_params.get("kept", "")
    return page(
        request,
        "settings.html",
        status=status,
        profile=profile_document(profile),
        goal_shown=_km_shown(
            None if profile.goal is None else profile.goal.distance_km, language_of(request).unit
        ),
        weekdays=WEEKDAY_IDS,
        equipment=sorted(EQUIPMENT),
        running_days=range(1, RUNNING_DAYS_MOST + 1),
        days_per_week=DAYS_PER_WEEK,
        clinician=_clinician_shown(profile, language_of(request).unit),
        kinds=tuple(KINDS),
        single=_single(desk),
        chosen={name: account.settings.get(name, of[0]) for name, of in _CHOICES.items()},
        choices=_CHOICES,
        browsers=people.browsers(desk.owner_id),
        this_browser=request.state.browser.id,
        tokens=[each for each in people.tokens(desk.owner_id) if not is_of_calendar(each)],
        reminders=reminders_of(account.settings),
        clock_shows=clock_shows,
        abouts=list(About),
        tones=list(Tone),
        before_most_min=BEFORE_MOST_MIN,
        calendar=calendar_of(desk.owner_id, people=people),
        scopes=own_settings.SCOPES,
        may_invite=desk.owner_id == OWNER,
        may_back_up=desk.wiring.is_alone,
        once=new_key(),
        **{
            "kept": kept,
            "rest": rest_of(desk) if kept == "week" else None,
            "error": "",
            "error_at": "",
            "new_token": "",
            "new_calendar": "",
            "is_only_here": False,
            "invitation": "",
            **said,
        },
    )


_CHOICES = own_settings.CHOICES


def _account(request: Request) -> Account:
    account = account_of(request)
    if account is None:
        raise NotSignedInError
    return account


def _refused(request: Request, desk: Desk, wrong: InputError, *, at: str = "") -> Response:
    said = f"{wrong.message[:1].upper()}{wrong.message[1:]}."
    error = f"{said} {_for_a_page(wrong.hint)}".strip()
    return _page(request, desk, status=422, error=error, error_at=at)


def _for_a_page(hint: str) -> str:
    """Leave out what only the command line can do."""
    return "" if "sidestep " in hint or "--" in hint else hint


def _back(request: Request, anchor: str) -> Response:
    return RedirectResponse(f"{site_of(request).root_path}/settings#{anchor}", status_code=303)


@router.post("/settings/week")
def change_week(
    request: Request,
    desk: MyDesk,
    minutes: Annotated[str, Form()] = "",
    running_days_max: Annotated[str, Form()] = "",
    long_run_on: Annotated[str, Form()] = "",
    not_on: Annotated[list[str] | None, Form()] = None,
    equipment: Annotated[list[str] | None, Form()] = None,
    goal_distance: Annotated[str, Form()] = "",
    goal_on: Annotated[str, Form()] = "",
    unit: Annotated[str, Form()] = KM.name,
    class_on: Annotated[str, Form()] = "",
    class_minutes: Annotated[str, Form()] = "",
    minutes_on: Annotated[list[str] | None, Form()] = None,
    run_on: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Keep when and with what she can train."""
    group_class = {"weekday": class_on, "minutes": class_minutes or "60"} if class_on else None
    changes: dict[str, Any] = {
        "minutes": minutes or None,
        # A field for each weekday, in their order; those left open have no minutes of their own.
        "minutes_on": {
            day: typed for day, typed in zip(WEEKDAY_IDS, minutes_on or (), strict=False) if typed
        },
        "run_on": run_on or [],
        "running_days_max": running_days_max or None,
        "long_run_on": long_run_on or None,
        "not_on": not_on or [],
        "equipment": equipment or [],
        "group_class": group_class,
    }
    try:
        changes["goal"] = _goal(desk, goal_distance, goal_on, unit_named(unit))
        change_profile_and_weeks(changes, **desk.pieces)
    except InputError as wrong:
        return _refused(request, desk, wrong)
    return RedirectResponse(
        f"{site_of(request).root_path}/settings?kept=week#your-week", status_code=303
    )


@router.post("/settings/clinician")
def change_clinician(
    request: Request,
    desk: MyDesk,
    no_running_until: Annotated[str, Form()] = "",
    longest_run: Annotated[str, Form()] = "",
    longest_run_min: Annotated[str, Form()] = "",
    clinician_days: Annotated[str, Form()] = "",
    pain_max: Annotated[str, Form()] = "",
    no_jumping: Annotated[str, Form()] = "",
    not_doing: Annotated[list[str] | None, Form()] = None,
    said_by: Annotated[str, Form()] = "",
    seen_on: Annotated[str, Form()] = "",
    unit: Annotated[str, Form()] = KM.name,
) -> Response:
    """Keep what her clinician told her not to do; the weeks ahead follow at once."""
    known = known_profile(desk.store).clinician.longest_run_km
    longest_km = unit_named(unit).typed_km(longest_run, known_km=known)
    limits = {
        "no_running_until": no_running_until or None,
        "longest_run_km": longest_run or None if longest_km is None else longest_km,
        "longest_run_min": longest_run_min or None,
        "running_days_max": clinician_days or None,
        "pain_max": pain_max or None,
        "no_jumping": bool(no_jumping),
        "not_doing": not_doing or [],
        "said_by": said_by,
        "seen_on": seen_on or None,
    }
    try:
        change_profile_and_weeks({"clinician": limits}, **desk.pieces)
    except InputError as wrong:
        return _refused(request, desk, wrong)
    return _back(request, "clinician")


def _clinician_shown(profile: RunnerProfile, unit: Unit) -> Mapping[str, Any]:
    """Return the limits as the fields of the form show them."""
    limits = profile.clinician
    return {
        "limits": limits,
        "until": "" if limits.no_running_until is None else limits.no_running_until.isoformat(),
        "seen_on": "" if limits.seen_on is None else limits.seen_on.isoformat(),
        "longest_run": _km_shown(limits.longest_run_km, unit),
    }


def _single(desk: Desk) -> list[tuple[str, str]]:
    """Return what a week may hold, by id and title, in the order of the titles."""
    titles = {each.id: each.title for each in desk.knowledge.exercises.values() if each.is_planned}
    titles |= {each.id: each.title for each in desk.knowledge.cross_training.values()}
    # What the command line left out stays on the page, or keeping it would put it back.
    for id in known_profile(desk.store).clinician.not_doing - titles.keys() - KINDS.keys():
        known = desk.knowledge.exercises.get(id)
        titles[id] = id if known is None else known.title
    return sorted(titles.items(), key=lambda each: each[1])


def _km_shown(km: float | None, unit: Unit) -> str:
    """Return a distance for a field of numbers, which has a point everywhere."""
    return "" if km is None else f"{round(unit.of(km), unit.typed_digits):g}"


def _goal(desk: Desk, typed: str, on: str, unit: Unit) -> Mapping[str, Any] | None:
    """Return the goal as the profile has it; what is no number is left for it to refuse.

    Raises
    ------
    AnswersError
        No goal is so far, or so short.
    """
    if not typed and not on:
        return None
    before = known_profile(desk.store).goal
    known_km = None if before is None else before.distance_km
    km = unit.typed_km(typed, known_km=known_km)
    least, most = GOAL_KM
    if km is not None and not least <= km <= most:
        # The profile would name the figure in kilometres, which is not what was typed.
        raise AnswersError(f"goal: {typed!r} is not a number from {least:g} to {most:g} km")
    return {"distance_km": typed if km is None else km, "on": on}


@router.post("/settings/pages")
def change_pages(
    request: Request,
    desk: MyDesk,
    language: Annotated[str, Form()] = "",
    colours: Annotated[str, Form()] = "auto",
    distances: Annotated[str, Form()] = KM.name,
) -> Response:
    """Keep how the pages look and speak."""
    changes = {"language": language, "colours": colours, "distances": distances}
    try:
        own_settings.change_settings(_account(request), changes, people=desk.wiring.people)
    except InputError as wrong:
        return _refused(request, desk, wrong)
    return _back(request, "pages")


@router.post("/settings/reminders")
async def take_reminders(request: Request, desk: MyDesk) -> Response:
    """Keep of what, how and when she is reminded."""
    form = await request.form()
    sent = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_take_reminders, request, desk, sent)


def _take_reminders(request: Request, desk: Desk, sent: Mapping[str, str]) -> Response:
    try:
        change_reminders(_account(request), sent, people=desk.wiring.people)
    except InputError as wrong:
        return _refused(request, desk, wrong)
    return _back(request, "reminders")


@router.post("/settings/calendar")
def make_calendar(request: Request, desk: MyDesk) -> Response:
    """Make a secret address for her calendar, and show it this once; one before stops working."""
    token = new_calendar_token(_account(request), people=desk.wiring.people, clock=desk.clock)
    return _page(
        request,
        desk,
        new_calendar=_address(request, f"/calendar/{token}.ics"),
        is_only_here=request.url.hostname in LOOPBACK,
    )


@router.post("/settings/calendar/off")
def switch_calendar_off(request: Request, desk: MyDesk) -> Response:
    """Let the address answer nobody any more."""
    drop_calendar(desk.owner_id, people=desk.wiring.people)
    return _back(request, "reminders")


@router.post("/settings/password")
def change_password(
    request: Request, desk: MyDesk, old: Annotated[str, Form()], new: Annotated[str, Form()]
) -> Response:
    """Take another password and sign every browser out."""
    change = partial(own_settings.change_password, _account(request), old, new)
    if (refusal := _unless_guessed(request, desk, change, at="password")) is not None:
        return refusal
    return RedirectResponse(f"{site_of(request).root_path}/sign-in", status_code=303)


def _unless_guessed(
    request: Request, desk: Desk, ask_for_password: Callable[..., None], *, at: str
) -> Response | None:
    """Do what her password is asked for, unless too many were wrong; return what refuses her.

    ``at`` names the form, which is open again then and says so.
    """
    keys, attempts = guess_keys(request, _account(request).name), site_of(request).attempts
    if too_many := told_to_wait(request, keys):
        return _page(request, desk, status=429, error=too_many, error_at=at)
    wiring = desk.wiring
    try:
        ask_for_password(people=wiring.people, passwords=wiring.passwords, clock=wiring.clock)
    except AnswersError as not_hers:
        attempts.failed(*keys)
        return _refused(request, desk, not_hers, at=at)
    except InputError as wrong:
        return _refused(request, desk, wrong, at=at)
    attempts.succeeded(*keys)
    return None


@router.post("/settings/browsers/{browser_id}/out")
def sign_browser_out(request: Request, desk: MyDesk, browser_id: str) -> Response:
    """Sign one of her browsers out."""
    desk.wiring.people.sign_out(desk.owner_id, browser_id)
    return _back(request, "browsers")


@router.post("/settings/tokens")
def add_token(
    request: Request,
    desk: MyDesk,
    name: Annotated[str, Form()] = "",
    scopes: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Make a token for a program, and show it this once."""
    try:
        token = own_settings.make_api_token(
            _account(request),
            name,
            tuple(scopes or ()),
            people=desk.wiring.people,
            clock=desk.clock,
        )
    except InputError as wrong:
        return _refused(request, desk, wrong)
    return _page(request, desk, new_token=token)


@router.post("/settings/tokens/{token_id}/drop")
def drop_token(request: Request, desk: MyDesk, token_id: str) -> Response:
    """Take a token back."""
    desk.wiring.people.drop_token(desk.owner_id, token_id)
    return _back(request, "programs")


@router.post("/settings/invite")
def invite(request: Request, desk: MyDesk) -> Response:
    """Make a link with which somebody else in the house begins; only the first person may."""
    if desk.owner_id != OWNER:
        return _back(request, "pages")
    token = make_link(new_owner(), people=desk.wiring.people, clock=desk.clock)
    return _page(request, desk, invitation=_address(request, f"/welcome/{token}"))


def _address(request: Request, path: str) -> str:
    """Return the whole address of a path, under the name this browser reaches us by."""
    scheme = "https" if site_of(request).is_https else "http"
    return f"{scheme}://{request.headers['host']}{site_of(request).root_path}{path}"


@router.post("/settings/export")
def export(request: Request, desk: MyDesk, once: Annotated[str, Form()] = "") -> Response:
    """Have everything of hers packed as one archive of open formats."""
    return have_packed(request, desk, JobKind.MAKE_EXPORT, once or new_key())


@router.post("/settings/backup")
def back_up(
    request: Request,
    desk: MyDesk,
    password: Annotated[str, Form()] = "",
    passphrase: Annotated[str, Form(max_length=PASSPHRASE_MOST)] = "",
    once: Annotated[str, Form()] = "",
) -> Response:
    """Have the whole data folder packed to come back to, once she has said her password."""
    if not desk.wiring.is_alone:
        return _back(request, "data")
    confirm = partial(own_settings.confirm_password, _account(request), password)
    if (refusal := _unless_guessed(request, desk, confirm, at="backup")) is not None:
        return refusal
    if passphrase:
        return _encrypted_backup(desk, passphrase)
    return have_packed(request, desk, JobKind.MAKE_BACKUP, once or new_key())


def _encrypted_backup(desk: Desk, passphrase: str) -> Response:
    """Make the copy while she waits: a job would have to keep what opens it."""
    folder = Path(tempfile.mkdtemp(prefix="sidestep-backup-"))
    clean_up = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    name = f"sidestep-{desk.clock.today().isoformat()}.tar.age"
    try:
        desk.wiring.backups.make(folder / name, passphrase, now=desk.clock.now())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        folder / name, filename=name, media_type="application/octet-stream", background=clean_up
    )


@router.post("/settings/erase")
def erase(request: Request, desk: MyDesk, password: Annotated[str, Form()] = "") -> Response:
    """Delete everything of hers, her account too, once she has said so with her password."""
    confirm = partial(own_settings.confirm_password, _account(request), password)
    if (refusal := _unless_guessed(request, desk, confirm, at="erase")) is not None:
        return refusal
    # A worker looks whether its job is still there before it keeps anything.
    desk.wiring.forget_jobs()
    desk.wiring.exporter.erase()
    response = RedirectResponse(f"{site_of(request).root_path}/", status_code=303)
    # Pages kept for reading offline, and what waits to be sent, are hers as well.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    drop_cookie(request, response, SESSION)
    return response
