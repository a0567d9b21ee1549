"""How a person wants to be reminded: of what, in which tone, at which hours."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from sidestep.errors import AnswersError
from sidestep.services.ports.people import Account, People

REMINDERS = "reminders"
"""Under which name they lie among her settings of the pages."""

BEFORE_MOST_MIN = 240
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?")


class About(StrEnum):
    """How much she is kept after; each does what those before it do."""

    OFF = "off"
    PLANNED = "planned"
    SILENCE = "silence"


class Tone(StrEnum):
    """How the reminders speak. It changes words and nothing else."""

    PLAIN = "plain"
    WARM = "warm"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """What she has chosen; without a choice nothing but the morning of a planned day.

    Times are those of the clock wherever she is.

    Attributes
    ----------
    morning_at
        When a day's work is named, where it has no hour of its own.
    train_at
        When her work begins, ``None`` when that differs from day to day.
    before_min
        Minutes before ``train_at`` at which it is named.
    check_in_at
        When she is asked to tell of the day, ``None`` for never.
    check_in_on_rest
        Whether also on days of rest, which remind of nothing else.
    changes
        How often she has changed this, so that a calendar knows a newer entry.
    """

    about: About = About.PLANNED
    tone: Tone = Tone.PLAIN
    morning_at: time = time(7)
    train_at: time | None = None
    before_min: int = 30
    check_in_at: time | None = None
    check_in_on_rest: bool = True
    changes: int = 0


def reminders_of(settings: Mapping[str, Any]) -> Reminders:
    """Return what was chosen; what cannot be read any more is as without a choice."""
    kept = settings.get(REMINDERS)
    if isinstance(kept, Mapping):
        with suppress(AnswersError):
            return _read(kept)
    return Reminders()


def change_reminders(account: Account, sent: Mapping[str, str], *, people: People) -> Reminders:
    """Keep what a form sent, all of it in the place of what was chosen before.

    Raises
    ------
    AnswersError
        An hour that no clock shows, or something that cannot be chosen.
    """
    changes = reminders_of(account.settings).changes + 1
    reminders = _read({**sent, "changes": changes})
    people.set_settings(account.owner_id, {**account.settings, REMINDERS: _document(reminders)})
    return reminders


def _read(said: Mapping[str, Any]) -> Reminders:
    unset = Reminders()
    return Reminders(
        about=About(_among(said, "about", unset.about, About)),
        tone=Tone(_among(said, "tone", unset.tone, Tone)),
        morning_at=_hour(said, "morning_at") or unset.morning_at,
        train_at=_hour(said, "train_at"),
        before_min=_minutes(said, unset.before_min),
        check_in_at=_hour(said, "check_in_at"),
        check_in_on_rest=said.get("check_in_on_rest") in (True, "yes"),
        changes=int(said.get("changes") or 0),
    )


def _document(reminders: Reminders) -> dict[str, Any]:
    return {
        "about": reminders.about.value,
        "tone": reminders.tone.value,
        "morning_at": clock_shows(reminders.morning_at),
        "train_at": clock_shows(reminders.train_at),
        "before_min": reminders.before_min,
        "check_in_at": clock_shows(reminders.check_in_at),
        "check_in_on_rest": reminders.check_in_on_rest,
        "changes": reminders.changes,
    }


def clock_shows(at: time | None) -> str:
    """Return a time as a form has it, empty for none."""
    return "" if at is None else at.isoformat("minutes")


def _among(said: Mapping[str, Any], name: str, unset: str, choices: type[StrEnum]) -> str:
    value = str(said.get(name) or unset)
    if value not in set(choices):
        raise AnswersError(
            f"{name}: {value[:20]!r} cannot be chosen", hint=f"Choose one of {', '.join(choices)}."
        )
    return value


def _hour(said: Mapping[str, Any], name: str) -> time | None:
    text = str(said.get(name) or "").strip()
    if not text:
        return None
    shown = _CLOCK.fullmatch(text)
    if shown is None:
        raise AnswersError(
            f"{text[:20]!r} is not a time of the day", hint="Write it like 07:30 or 19:00."
        )
    return time(int(shown[1]), int(shown[2]))


def _minutes(said: Mapping[str, Any], unset: int) -> int:
    text = str(said.get("before_min", unset)).strip() or str(unset)
    if not (text.isascii() and text.isdecimal()) or int(text) > BEFORE_MOST_MIN:
        raise AnswersError(
            f"{text[:20]!r} is not a number of minutes from 0 to {BEFORE_MOST_MIN}",
            hint="Such as 30.",
        )
    return int(text)
