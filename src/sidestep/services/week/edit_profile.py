"""Keeps a person's days, minutes, equipment, wishes and her clinician's limits for the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sidestep.domain.planning.clinician import KINDS, NO_LIMITS, ClinicianLimits
from sidestep.domain.planning.request import AT_HAND, EQUIPMENT, Goal, GroupClass, RunnerProfile
from sidestep.domain.vocabulary.days import DAYS_PER_WEEK
from sidestep.errors import AnswersError
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.services.ports import Clock, Knowledge, Store

WEEKDAY_IDS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MINUTES_MOST = 600
RUNNING_DAYS_MOST = DAYS_PER_WEEK - 2
"""One day stays for side work and one for rest."""

BODY_MASS_KG, HEIGHT_CM = (25.0, 350.0), (90.0, 250.0)
"""What a typing slip is told from, nothing more."""

PROFILE, CLINICIAN = "sidestep profile set", "sidestep profile clinician"
"""Where a value is typed."""

SAID_BY_MOST = 200
GOAL_KM = (1.0, 100.0)
GOAL_TYPED = "--goal 10@2027-05-02"


def known_profile(store: Store) -> RunnerProfile:
    """Return the newest profile, an empty one when there is none.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    document = store.latest_document(DocumentKind.PROFILE)
    if document is None:
        return RunnerProfile()
    answers = document.content.get("answers")
    return read_profile(answers if isinstance(answers, Mapping) else {})


def read_profile(answers: Mapping[str, Any]) -> RunnerProfile:
    """Read a profile from its document.

    Raises
    ------
    AnswersError
        A value that the profile does not allow.
    """
    minutes = answers.get("minutes")
    running_days = answers.get("running_days_max")
    long_run_on = answers.get("long_run_on")
    return RunnerProfile(
        not_on=frozenset(weekday_of(day) for day in answers.get("not_on") or ()),
        minutes=None if minutes is None else checked_minutes(minutes),
        minutes_on={
            weekday_of(day): checked_minutes(value)
            for day, value in (answers.get("minutes_on") or {}).items()
        },
        equipment=checked_equipment(answers.get("equipment") or ()),
        running_days_max=None if running_days is None else checked_running_days(running_days),
        long_run_on=None if long_run_on is None else weekday_of(long_run_on),
        run_on=frozenset(weekday_of(day) for day in answers.get("run_on") or ()),
        group_class=_group_class(answers.get("group_class")),
        goal=_goal(answers.get("goal")),
        clinician=_clinician(answers.get("clinician")),
        body_mass_kg=_optional(
            "body mass", "kg", answers.get("body_mass_kg"), BODY_MASS_KG, "--body-mass 70"
        ),
        height_cm=_optional("height", "cm", answers.get("height_cm"), HEIGHT_CM, "--height 170"),
    )


def profile_document(profile: RunnerProfile) -> dict[str, Any]:
    """Return the profile as the JSON document that is kept and that other programs read."""
    return {
        "not_on": [WEEKDAY_IDS[day] for day in sorted(profile.not_on)],
        "minutes": profile.minutes,
        "minutes_on": {
            WEEKDAY_IDS[day]: minutes for day, minutes in sorted(profile.minutes_on.items())
        },
        "equipment": sorted(profile.equipment),
        "running_days_max": profile.running_days_max,
        "long_run_on": None if profile.long_run_on is None else WEEKDAY_IDS[profile.long_run_on],
        "run_on": [WEEKDAY_IDS[day] for day in sorted(profile.run_on)],
        "group_class": _class_document(profile.group_class),
        "goal": _goal_document(profile.goal),
        "clinician": _clinician_document(profile.clinician),
        "body_mass_kg": profile.body_mass_kg,
        "height_cm": profile.height_cm,
    }


def change_profile(
    changes: Mapping[str, Any], *, store: Store, knowledge: Knowledge, clock: Clock
) -> RunnerProfile:
    """Change the fields named, leave the others, keep and return the profile.

    Parameters
    ----------
    changes
        Field of the profile document to its new value; ``None`` takes a value back.

    Raises
    ------
    AnswersError
        A value that the profile does not allow.
    StorageError
        It cannot be written.
    """
    known = known_profile(store)
    before = profile_document(known)
    profile = read_profile({**before, **changes})
    if profile.goal != known.goal:
        _check_ahead(profile.goal, clock.today())
    if "clinician" in changes:
        profile = _with_clinician_of(clock.today(), profile, before["clinician"], knowledge)
    if profile.long_run_on in profile.not_on:
        profile = _settle_long_run(profile, changes)
    content = {"answers": profile_document(profile)}
    keep_document(DocumentKind.PROFILE, content, store=store, knowledge=knowledge, clock=clock)
    return profile


def _check_ahead(goal: Goal | None, today: date) -> None:
    if goal is not None and goal.on < today:
        raise AnswersError(
            f"goal: {goal.on.isoformat()} is over", hint="A goal needs a day that is still to come."
        )


def _settle_long_run(profile: RunnerProfile, changes: Mapping[str, Any]) -> RunnerProfile:
    """Let the newer of two contradicting answers win, or refuse when both are new."""
    if "not_on" in changes and "long_run_on" in changes:
        day = WEEKDAY_IDS[profile.long_run_on or 0]
        raise AnswersError(
            f"{day} is both a day you cannot train and the day of your long run",
            hint="Choose another day for one of them.",
        )
    if "not_on" in changes:
        return replace(profile, long_run_on=None)
    return replace(profile, not_on=profile.not_on - {profile.long_run_on or 0})


def _with_clinician_of(
    today: date, profile: RunnerProfile, before: Mapping[str, Any] | None, knowledge: Knowledge
) -> RunnerProfile:
    """Let limits that are new hold from today on, and refuse what is no exercise.

    Raises
    ------
    AnswersError
        Something not to be done that is neither an exercise nor another sport nor a kind of them.
    """
    limits, known = profile.clinician, {*KINDS, *knowledge.exercises, *knowledge.cross_training}
    unknown = sorted(limits.not_doing - known)
    if unknown:
        raise AnswersError(
            f"{unknown[0]!r} is no exercise",
            hint=f"Kinds: {', '.join(KINDS)}. The exercises: sidestep exercise list",
        )
    same = _clinician(before)
    since = same.since if replace(limits, since=same.since) == same else today
    return replace(profile, clinician=replace(limits, since=since if limits.is_set else None))


def weekday_of(word: object) -> int:
    """Return the weekday of its name, Monday is 0; the first three letters are enough.

    Raises
    ------
    AnswersError
        It names no weekday.
    """
    start = str(word).strip().lower()[:3]
    if start not in WEEKDAY_IDS:
        raise AnswersError(
            f"{str(word)!r} is not a day of the week", hint=f"Expected {', '.join(WEEKDAY_IDS)}."
        )
    return WEEKDAY_IDS.index(start)


def checked_minutes(value: object) -> int:
    """Return whole minutes a day.

    Raises
    ------
    AnswersError
        It is not a whole number from 0 to ``MINUTES_MOST``.
    """
    return _whole("minutes a day", value, (0, MINUTES_MOST), "--minutes 30")


def checked_running_days(value: object) -> int:
    """Return the person's own most running days.

    Raises
    ------
    AnswersError
        It is not a whole number from 1 to ``RUNNING_DAYS_MOST``.
    """
    return _whole("running days a week", value, (1, RUNNING_DAYS_MOST), "--running-days 3")


def checked_equipment(words: Iterable[object]) -> frozenset[str]:
    """Return the equipment named.

    Raises
    ------
    AnswersError
        Something that no exercise asks for.
    """
    named = {_as_id(word) for word in words}
    unknown = sorted(named - EQUIPMENT - AT_HAND)
    if unknown:
        raise AnswersError(
            f"{', '.join(unknown)}: no exercise asks for that",
            hint=f"Known: {', '.join(sorted(EQUIPMENT))}.",
        )
    return frozenset(named - AT_HAND)


def _class_document(group_class: GroupClass | None) -> dict[str, Any] | None:
    if group_class is None:
        return None
    return {"weekday": WEEKDAY_IDS[group_class.weekday], "minutes": group_class.minutes}


def _goal_document(goal: Goal | None) -> dict[str, Any] | None:
    return None if goal is None else {"distance_km": goal.distance_km, "on": goal.on.isoformat()}


def _clinician_document(limits: ClinicianLimits) -> dict[str, Any] | None:
    if limits == NO_LIMITS:
        return None
    days = (limits.no_running_until, limits.since, limits.seen_on)
    until, since, seen_on = (None if day is None else day.isoformat() for day in days)
    return {
        "no_running_until": until,
        "longest_run_km": limits.longest_run_km,
        "longest_run_min": limits.longest_run_min,
        "running_days_max": limits.running_days_max,
        "no_jumping": limits.no_jumping,
        "pain_max": limits.pain_max,
        "not_doing": sorted(limits.not_doing),
        "said_by": limits.said_by,
        "since": since,
        "seen_on": seen_on,
    }


def _clinician(said: Mapping[str, Any] | None) -> ClinicianLimits:
    if said is None:
        return NO_LIMITS
    minutes, days, pain = (
        said.get(name) for name in ("longest_run_min", "running_days_max", "pain_max")
    )
    return ClinicianLimits(
        since=_day("since", said.get("since")),
        no_running_until=_day("no running until", said.get("no_running_until")),
        longest_run_km=_optional(
            "longest run", "km", said.get("longest_run_km"), GOAL_KM, "--longest-km 5", CLINICIAN
        ),
        longest_run_min=None
        if minutes is None
        else _whole("longest run", minutes, (1, MINUTES_MOST), "--longest-min 30", CLINICIAN),
        running_days_max=None
        if days is None
        else _whole(
            "running days a week", days, (1, RUNNING_DAYS_MOST), "--running-days 2", CLINICIAN
        ),
        no_jumping=said.get("no_jumping") is True,
        pain_max=None if pain is None else _whole("pain", pain, (0, 10), "--pain-max 2", CLINICIAN),
        not_doing=frozenset(_as_id(word) for word in said.get("not_doing") or ()),
        said_by=str(said.get("said_by") or "").strip()[:SAID_BY_MOST],
        seen_on=_day("seen on", said.get("seen_on")),
    )


def _as_id(word: object) -> str:
    return str(word).strip().lower().replace(" ", "_").replace("-", "_")


def _day(what: str, said: object) -> date | None:
    if said is None:
        return None
    try:
        return date.fromisoformat(str(said))
    except ValueError as wrong:
        raise AnswersError(
            f"{what}: {said!r} is not a day",
            hint=f"Such as: {CLINICIAN} --no-running-until 2027-01-15",
        ) from wrong


def _group_class(said: Mapping[str, Any] | None) -> GroupClass | None:
    if said is None:
        return None
    return GroupClass(weekday=weekday_of(said["weekday"]), minutes=checked_minutes(said["minutes"]))


def _goal(said: Mapping[str, Any] | None) -> Goal | None:
    if said is None:
        return None
    distance_km = _optional("goal", "km", said["distance_km"], GOAL_KM, GOAL_TYPED)
    try:
        on = date.fromisoformat(str(said["on"]))
    except ValueError as wrong:
        raise AnswersError(
            f"goal: {said['on']!r} is not a day", hint=f"Such as: sidestep profile set {GOAL_TYPED}"
        ) from wrong
    return None if distance_km is None else Goal(distance_km=distance_km, on=on)


def _whole(
    what: str, value: object, within: tuple[int, int], typed: str, command: str = PROFILE
) -> int:
    least, most = within
    try:
        number = int(str(value))
    except ValueError:
        number = least - 1
    if not least <= number <= most:
        raise AnswersError(
            f"{what}: {value!r} is not a whole number from {least} to {most}",
            hint=f"Such as: {command} {typed}",
        )
    return number


def _optional(
    what: str,
    unit: str,
    value: object,
    within: tuple[float, float],
    typed: str,
    command: str = PROFILE,
) -> float | None:
    if value is None:
        return None
    try:
        number = float(str(value))
    except ValueError:
        number = float("nan")
    if not within[0] <= number <= within[1]:
        raise AnswersError(
            f"{what}: {value!r} is not a number from {within[0]:g} to {within[1]:g} {unit}",
            hint=f"Such as: {command} {typed}",
        )
    return number
