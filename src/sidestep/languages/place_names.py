"""Says a sentence that names a command for somebody who has pages instead; nothing else changes.

The sentences are the services' own, and the command line shows them too.
"""

import re
from collections.abc import Callable

Translate = Callable[[str], str]


def N_(words: str) -> str:  # noqa: N802
    """Mark words for translation where they stand; they are translated when they are shown."""
    return words


_PLACES = (
    (r"sidestep profile set --not-on with fewer days", N_("under More, Settings")),
    (r"sidestep profile set(?: --\S+ [^\s.]+)*", N_("under More, Settings")),
    (r"sidestep profile clinician(?: --\S+ [^\s.]+)*", N_("under More, Settings")),
    (r"sidestep exercise show NAME", N_("your week, where a day is open")),
    (r"sidestep exercise (?:show|list)", N_("your week, where a day is open")),
    (r"sidestep plan --why", N_("your week, under Why")),
    (r"sidestep plan edit undo", N_("your week, Take it back")),
    (r"sidestep plan export(?: --\S+)*", N_("your week, Take it with you")),
    (r"sidestep plan(?: --\S+(?: \S+)?)*", N_("your week")),
    (r"sidestep report page\.pdf --for clinician", N_("under More, Ask the orthopaedist")),
    (r"sidestep (?:import|activities)", N_("under More, Connect your history")),
    (r"sidestep load", N_("under Progress")),
    (
        r"sidestep review(?: --week \S+)?(?: --change \S+)?(?: --decline)?",
        N_("your week, Look back"),
    ),
    (r"sidestep today", N_("today’s card")),
    (r"sidestep knee", N_("the knee check")),
    (r"sidestep log", N_("the check-in")),
)
"""What a command is called here, the longest first."""

COMMANDS = tuple(command for command, _ in _PLACES)


def said_here(sentence: str, translate: Translate) -> str:
    """Return a sentence in the reader's language, commands in it as the places of these pages."""
    said = translate(sentence)
    for command, place in _PLACES:
        here = translate(place)
        # A command that is to be copied has no full stop after it; words do.
        said = re.sub(rf"(?<=\S ){command}$", f"{here}.", said)
        said = re.sub(command, here, said)
    return said
