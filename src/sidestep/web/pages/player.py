"""The player: one thing to do a screen, and at the end the way to the check-in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sidestep.domain.planning.reasons import Rules
from sidestep.domain.triage.facts import Facts
from sidestep.languages.place_names import N_
from sidestep.services.check_ins.day_form import answers_told
from sidestep.services.week.play_day import (
    DONE,
    SKIPPED,
    PlayStep,
    TooMuch,
    most_pain,
    outcomes_as_told,
    play_steps,
    told_by_playing,
    too_much,
)
from sidestep.services.week.shown_week import shown_week
from sidestep.services.week.today_card import HIDDEN, NO_WEEK
from sidestep.web.days import day_named
from sidestep.web.desk import Desk
from sidestep.web.figures import figure_of
from sidestep.web.once import new_key
from sidestep.web.pages.today import card_of
from sidestep.web.play_draft import keep_outcome, outcomes_of
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, NotFoundError, site_of

router = APIRouter(include_in_schema=False)

PAIN_MOST = 10.0


def steps_of(desk: Desk, on: date) -> tuple[PlayStep, ...]:
    """Return the steps of a day: today as it stands now, another day as it is planned.

    Raises
    ------
    NotFoundError
        Nothing is planned then, or the plan is put away.
    """
    return desk.kept(f"steps {on}", lambda: _steps(desk, on))


def _steps(desk: Desk, on: date) -> tuple[PlayStep, ...]:
    rules = Rules(desk.knowledge.plans)
    card = card_of(desk)
    if card.kind in (HIDDEN, NO_WEEK):
        raise NotFoundError(N_("no plan is shown now"), hint=N_("See today’s card."))
    if on == card.on:
        return play_steps(card.blocks, desk.knowledge.exercises, rules)
    week = shown_week(on, **desk.pieces)
    day = next((each for each in week.days if each.date == on), None)
    if day is None:
        raise NotFoundError(f"nothing is planned on {on.isoformat()}", hint=N_("See your week."))
    return play_steps(day.blocks, desk.knowledge.exercises, rules)


def told_in_player(desk: Desk, on: date) -> Facts:
    """Return what the player knows of a day; nothing when it was not used."""
    outcomes = outcomes_of(desk, on)
    if not outcomes:
        return {}
    try:
        return told_by_playing(steps_of(desk, on), outcomes)
    except NotFoundError:
        return {}


@router.get("/play/{day}")
def begin(request: Request, desk: MyDesk, day: str) -> Response:
    """Show what there is to do, and the way to the first of it."""
    on = day_named(day, desk.clock.today())
    return page(
        request,
        "play.html",
        on=on,
        is_today=on == desk.clock.today(),
        steps=steps_of(desk, on),
        outcomes=outcomes_of(desk, on),
        figure=partial(figure_of, desk.wiring),
    )


@router.get("/play/{day}/done")
def finish(request: Request, desk: MyDesk, day: str) -> Response:
    """Show what was done, and lead to the check-in."""
    on = day_named(day, desk.clock.today())
    steps = steps_of(desk, on)
    told = desk.kept(
        f"answers {on}", lambda: answers_told(on, store=desk.store, knowledge=desk.knowledge)
    )
    outcomes = {**outcomes_as_told(steps, told), **outcomes_of(desk, on)}
    done = sum(outcomes.get(n, {}).get("did") == DONE for n in range(1, len(steps) + 1))
    return page(
        request,
        "play_done.html",
        on=on,
        is_today=on == desk.clock.today(),
        may_tell=on <= desk.clock.today(),
        is_told=bool(told),
        steps=steps,
        outcomes=outcomes,
        hurts=[
            each
            for number in range(1, len(steps) + 1)
            if (each := _hurts(desk, steps, outcomes, number))
        ],
        done=done,
    )


@router.get("/play/{day}/{number}")
def show_step(request: Request, desk: MyDesk, day: str, number: int) -> Response:
    """Show one thing to do."""
    on = day_named(day, desk.clock.today())
    steps = steps_of(desk, on)
    step, outcomes = _step(steps, number), outcomes_of(desk, on)
    return page(
        request,
        "play_step.html",
        on=on,
        step=step,
        number=number,
        count=len(steps),
        key=new_key(),
        outcome=outcomes.get(number, {}),
        hurt=_hurts(desk, steps, outcomes, number - 1),
        reasons=desk.knowledge.check_in_questions["missed_why"].options,
        figure=partial(figure_of, desk.wiring),
    )


@router.post("/play/{day}/{number}")
def take_step(
    request: Request,
    desk: MyDesk,
    day: str,
    number: int,
    did: Annotated[str, Form()] = DONE,
    pain: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
) -> Response:
    """Keep what became of one step, and go on."""
    on = day_named(day, desk.clock.today())
    steps = steps_of(desk, on)
    _step(steps, number)
    keep_outcome(desk, on, number, _outcome(desk, did, pain, why))
    further = "done" if number == len(steps) else str(number + 1)
    return RedirectResponse(f"{site_of(request).root_path}/play/{on}/{further}", status_code=303)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hurts:
    """A step that may hurt up to ``most`` (0 to 10), and whether it was too much as far as is told.

    What is told without a network waits in the browser, which then says the same.
    """

    number: int
    step: PlayStep
    most: float
    too_much: TooMuch | None


def _hurts(
    desk: Desk, steps: tuple[PlayStep, ...], outcomes: Mapping[int, Mapping[str, Any]], number: int
) -> _Hurts | None:
    if number < 1:
        return None
    step, rules = steps[number - 1], Rules(desk.knowledge.plans)
    most = most_pain(step, rules)
    if most is None:
        return None
    told = too_much(step, outcomes.get(number, {}), rules)
    return _Hurts(number=number, step=step, most=most, too_much=told)


def _step(steps: tuple[PlayStep, ...], number: int) -> PlayStep:
    if not 1 <= number <= len(steps):
        raise NotFoundError(N_("there is no such step on that day"), hint=N_("See your week."))
    return steps[number - 1]


def _outcome(desk: Desk, did: str, pain: str, why: str) -> Mapping[str, Any]:
    """Return what became of a step; what cannot be an answer is none."""
    known = {option.id for option in desk.knowledge.check_in_questions["missed_why"].options}
    outcome: dict[str, Any] = {"did": SKIPPED if did == SKIPPED else DONE}
    if pain.isdecimal() and float(pain) <= PAIN_MOST:
        outcome["pain"] = float(pain)
    if outcome["did"] == SKIPPED and why in known:
        outcome["why"] = why
    return outcome
