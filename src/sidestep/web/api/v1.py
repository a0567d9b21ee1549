"""Version 1 of the API: each answer is the document that a command prints with ``--json``."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query

from sidestep.domain.planning.edits import Edit, MoveRun, SetLength, SwapExercise, TakeRest
from sidestep.domain.vocabulary.sport import Sport
from sidestep.errors import AnswersError, InputError
from sidestep.services.check_ins.log_day import log_day, parse_day
from sidestep.services.check_ins.log_day import schema as day_schema
from sidestep.services.check_ins.log_document import log_document
from sidestep.services.clips.list_clips import clips_document
from sidestep.services.importing.list_activities import activities_document
from sidestep.services.knee.check_knee import check_and_keep
from sidestep.services.knee.knee_answers import answers_schema, parse_answers
from sidestep.services.knee.knee_check_document import knee_check_document
from sidestep.services.knowledge.exercise_document import (
    exercise_document,
    exercises_for,
    find_exercise,
    shown_exercise_document,
)
from sidestep.services.training.analyse_load import analyse_history
from sidestep.services.training.load_document import load_document
from sidestep.services.week.edit_profile import known_profile, profile_document
from sidestep.services.week.edit_week import (
    edit_week,
    edited_document,
    redo_edit,
    undo_edit,
)
from sidestep.services.week.profile_and_weeks import change_profile_and_weeks
from sidestep.services.week.review_week import decide, review_document, review_week
from sidestep.services.week.shown_week import shown_week_document
from sidestep.services.week.today_card import today_card, today_document
from sidestep.web.api.access import NOT_THERE, PROBLEMS, SECURITY, ReadingDesk, WritingDesk
from sidestep.web.who import NotFoundError

Document = dict[str, Any]
Answers = Annotated[dict[str, Any], Body(description="Question ids with their answers.")]
Week = Annotated[date | None, Query(description="Any day of the week meant.")]

router = APIRouter(prefix="/api/v1", responses=PROBLEMS, dependencies=SECURITY, tags=["Sidestep"])


@router.get("/today")
def today(desk: ReadingDesk) -> Document:
    """Return today's card."""
    return today_document(desk.kept("today", lambda: today_card(**desk.pieces)), desk.knowledge)


@router.get("/plan")
def plan(desk: ReadingDesk, week: Week = None) -> Document:
    """Return a week as it is kept, the one under way unless named; else as it would be planned."""
    return desk.kept(f"plan {week}", lambda: shown_week_document(week, **desk.pieces))


@router.post("/plan/edits")
def change_plan(
    desk: WritingDesk,
    edit: Annotated[
        dict[str, Any],
        Body(description="``edit`` (move, length, rest, swap), ``on``, and what it needs."),
    ],
    week: Week = None,
) -> Document:
    """Try a change of the week; ``accepted`` tells whether it was kept."""
    edited = edit_week(_edit(edit), **desk.pieces, week_starts=week)
    return edited_document(edited, desk.knowledge.sources)


@router.delete("/plan/edits/last")
def undo(desk: WritingDesk, week: Week = None) -> Document:
    """Take the last change back."""
    return edited_document(undo_edit(**desk.pieces, week_starts=week), desk.knowledge.sources)


@router.post("/plan/edits/last")
def redo(desk: WritingDesk, week: Week = None) -> Document:
    """Put the change that was taken back last into the week again, where it still holds."""
    return edited_document(redo_edit(**desk.pieces, week_starts=week), desk.knowledge.sources)


def _edit(said: dict[str, Any]) -> Edit:
    try:
        on = date.fromisoformat(str(said.get("on")))
        match said.get("edit"):
            case "move":
                return MoveRun(on=on, to=date.fromisoformat(str(said.get("to"))))
            case "length":
                return SetLength(on=on, distance_km=_kilometres(said.get("distance_km")))
            case "rest":
                return TakeRest(on=on)
            case "swap":
                named = (str(said.get("exercise")), str(said.get("instead")))
                return SwapExercise(on=on, exercise=named[0], instead=named[1])
    except (ValueError, OverflowError) as wrong:
        raise AnswersError(f"edit: {wrong}", hint="Days are written like 2026-11-23.") from wrong
    raise AnswersError(
        f"edit: {str(said.get('edit'))[:40]!r} is none", hint="Choose move, length, rest or swap."
    )


LONGEST_KM = 200.0


def _kilometres(said: object) -> float:
    number = float(str(said))
    if not 0 < number <= LONGEST_KM:
        message = f"{number:g} is not a length in kilometres up to {LONGEST_KM:g}"
        raise ValueError(message)
    return round(number, 1)


@router.get("/load")
def load(desk: ReadingDesk) -> Document:
    """Return the training load as of today."""
    report = desk.kept("load", lambda: analyse_history(**desk.pieces))
    return load_document(report, desk.knowledge.sources)


@router.get("/activities")
def activities(
    desk: ReadingDesk,
    sport: Annotated[Sport | None, Query(description="Only these.")] = None,
    since: Annotated[date, Query(description="From this day on.")] = date.min,
) -> list[Document]:
    """Return the activities, oldest first."""
    chosen = [
        each
        for each in desk.store.activities()
        if each.local_date >= since and sport in (None, each.sport)
    ]
    return activities_document(chosen)


@router.get("/knee/answers/schema")
def knee_schema(desk: ReadingDesk) -> Document:
    """Describe what a knee check may be answered with, as JSON Schema."""
    return answers_schema(desk.knowledge.questions)


@router.post("/knee")
def check_knee(desk: WritingDesk, answers: Answers) -> Document:
    """Check the knee, and keep the result."""
    parsed = parse_answers(answers, desk.knowledge.questions)
    return knee_check_document(check_and_keep(parsed, **desk.pieces), desk.knowledge)


@router.get("/check-ins/schema")
def check_in_schema(desk: ReadingDesk) -> Document:
    """Describe what a day may be told with, as JSON Schema."""
    return day_schema(desk.knowledge)


@router.post("/check-ins")
def check_in(desk: WritingDesk, answers: Answers) -> Document:
    """Keep a day's check-in; ``date`` names another day than today."""
    named, parsed = parse_day(answers, desk.knowledge)
    logged = log_day(named or desk.clock.today(), parsed, **desk.pieces)
    return log_document(logged, desk.knowledge)


@router.get("/review")
def review(desk: ReadingDesk, week: Week = None) -> Document:
    """Return a week in three numbers, and the one change proposed."""
    return review_document(review_week(**desk.pieces, week=week), desk.knowledge)


@router.post("/review")
def decide_review(
    desk: WritingDesk,
    accepts: Annotated[bool, Body(embed=True, description="Take the change, or leave it.")],
    change: Annotated[
        str | None, Body(embed=True, description="One of `beside`; the proposed one without.")
    ] = None,
    week: Week = None,
) -> Document:
    """Take the proposed change, or leave it."""
    shown = review_week(**desk.pieces, week=week)
    decided = decide(shown, accepts=accepts, change=change, **desk.pieces)
    return review_document(decided, desk.knowledge)


@router.get("/profile")
def profile(desk: ReadingDesk) -> Document:
    """Return days, minutes, equipment and wishes."""
    return profile_document(known_profile(desk.store))


@router.patch("/profile")
def set_profile(
    desk: WritingDesk, changes: Annotated[dict[str, Any], Body(description="Fields to change.")]
) -> Document:
    """Change the fields named and leave the others."""
    known = profile_document(known_profile(desk.store))
    unknown = sorted(changes.keys() - known.keys())
    if unknown:
        raise AnswersError(
            f"there is no field {unknown[0][:40]!r}", hint=f"There are {', '.join(known)}."
        )
    return profile_document(change_profile_and_weeks(changes, **desk.pieces))


@router.get("/clips")
def clips(desk: ReadingDesk) -> list[Document]:
    """Return the measured clips, newest first."""
    return [
        {name: value for name, value in each.items() if name != "kept_clip"}
        for each in clips_document(desk.store, desk.wiring.clip_folder, desk.clock)
    ]


@router.get("/exercises")
def exercises(desk: ReadingDesk) -> list[Document]:
    """Return every exercise."""
    knowledge = desk.knowledge
    listed = exercises_for(None, knowledge.exercises)
    return [exercise_document(each, knowledge) for each in listed]


@router.get("/exercises/{exercise_id}", responses=NOT_THERE)
def exercise(desk: ReadingDesk, exercise_id: Annotated[str, Path(max_length=64)]) -> Document:
    """Return one exercise with the rule for moving between its steps."""
    try:
        found = find_exercise(exercise_id, desk.knowledge.exercises)
    except InputError as unknown:
        raise NotFoundError(unknown.message, hint=unknown.hint) from unknown
    return shown_exercise_document(found, desk.knowledge)
