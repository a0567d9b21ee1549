"""The one thing that comes next on today's card; how it is shown is decided elsewhere."""

from enum import StrEnum

from sidestep.domain.planning.week import BlockKind
from sidestep.services.week.today_card import HIDDEN, NO_WEEK, TodayCard

RUN_ON_FILE = "run_on_file"


class NextThing(StrEnum):
    """What comes next."""

    SHOW_WHERE = "show_where"
    BE_SEEN = "be_seen"
    MAKE_ROOM = "make_room"
    START = "start"
    CHECK_IN = "check_in"
    NOTHING = "nothing"


def next_thing(card: TodayCard, *, is_told: bool) -> NextThing:
    """Return what comes next: being safe, then today's work, then telling of it, then nothing.

    ``is_told`` when there is a check-in of today.
    """
    if card.kind == HIDDEN:
        return NextThing.SHOW_WHERE if card.check is None else NextThing.BE_SEEN
    if card.kind == NO_WEEK:
        return NextThing.MAKE_ROOM
    if is_told:
        return NextThing.NOTHING
    is_run_done = any(note.rule == RUN_ON_FILE for note in card.notes)
    has_work = any(block.kind is not BlockKind.REST for block in card.blocks)
    return NextThing.START if has_work and not is_run_done else NextThing.CHECK_IN
