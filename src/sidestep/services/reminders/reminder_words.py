"""What reminders say, in each tone: no scolding, no counting, and nothing of a knee.

Encouragement, warnings and threats have all failed, says the trainer whose article this follows.
So a reminder names what there is, asks, and lets be. Names in braces are filled in once the
sentence is in the person's language. What stands in a calendar is seen by others: it names
sessions only.
"""

from collections.abc import Callable, Mapping
from datetime import date

from sidestep.domain.planning.week import BlockKind, Day
from sidestep.services.reminders.reminder_settings import Tone

Say = Callable[[str], str]
"""Says a sentence in a person's language."""

SESSION: Mapping[Tone, str] = {
    Tone.PLAIN: "Planned: {session}",
    Tone.WARM: "{session}, when it suits you",
    Tone.BRIEF: "{session}",
}
CHECK_IN: Mapping[Tone, str] = {
    Tone.PLAIN: "Check in: how was the day?",
    Tone.WARM: "How was today? Whatever you did or left out, it helps to tell it.",
    Tone.BRIEF: "Check in",
}
AFTER_SILENCE: Mapping[Tone, str] = {
    Tone.PLAIN: "How is it going, and is something in the way?",
    Tone.WARM: "It has been quiet, and that is all right. How is it going?",
    Tone.BRIEF: "How is it going?",
}
QUIET_SINCE: Mapping[Tone, str] = {
    Tone.PLAIN: "Nothing told since {day}. Is something in the way? Telling it changes the plan, "
    "not the opinion of you.",
    Tone.WARM: "It has been quiet since {day}, and that is all right. If something is in the way, "
    "tell it: that changes the plan, not the opinion of you.",
    Tone.BRIEF: "Nothing told since {day}. Is something in the way?",
}

_HOME = {
    BlockKind.LATERAL: "side work",
    BlockKind.STRENGTH: "strength",
    BlockKind.FOOT: "feet",
    BlockKind.DESK: "breaks from sitting",
}


def session_said(day: Day, tone: Tone, say: Say) -> str:
    """Name what a day asks for, as a reminder of it; empty for a day of rest."""
    named = " · ".join(dict.fromkeys(_parts(day, say)))
    if not named:
        return ""
    session = named[:1].upper() + named[1:]
    return say(SESSION[tone]).format(session=session) if tone is not Tone.BRIEF else session


def _parts(day: Day, say: Say) -> list[str]:
    """Name the run or the sport, then what is done at home; stretches belong to the run."""
    moving = (BlockKind.RUN, BlockKind.CROSS_TRAINING)
    named = [say(block.title) for block in day.blocks if block.kind in moving]
    kinds = {block.kind for block in day.blocks}
    return [*named, *(say(word) for kind, word in _HOME.items() if kind in kinds)]


def check_in_said(tone: Tone, say: Say, *, quiet: bool) -> str:
    """Ask for the day to be told of; ``quiet`` when nothing was told for a while."""
    return say((AFTER_SILENCE if quiet else CHECK_IN)[tone])


def quiet_said(tone: Tone, say: Say, since: date, day_said: Callable[[date], str]) -> str:
    """Say that nothing was told since a day, without blame."""
    return say(QUIET_SINCE[tone]).format(day=day_said(since))
