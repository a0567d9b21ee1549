"""The secret address of a person's calendar: whoever has it reads her entries and nothing else."""

from sidestep.services.people.sign_in import keep_token, token_hash
from sidestep.services.ports import Clock
from sidestep.services.ports.people import Account, ApiToken, People

CALENDAR = "calendar"
"""The one thing the token may do; no program is let in with it, and no program's token reads it."""


def new_calendar_token(account: Account, *, people: People, clock: Clock) -> str:
    """Return the secret of a new address, shown once; the address before stops working."""
    drop_calendar(account.owner_id, people=people)
    return keep_token(account, CALENDAR, (CALENDAR,), people=people, clock=clock)


def calendar_of(owner_id: str, *, people: People) -> ApiToken | None:
    """Return what is known of a person's address, ``None`` while it is off."""
    return next((each for each in people.tokens(owner_id) if is_of_calendar(each)), None)


def drop_calendar(owner_id: str, *, people: People) -> None:
    """Switch a person's address off: it answers as one that never was."""
    for each in people.tokens(owner_id):
        if is_of_calendar(each):
            people.drop_token(owner_id, each.id)


def read_calendar_token(token: str, *, people: People) -> ApiToken | None:
    """Return whose calendar a token opens, ``None`` when it opens none."""
    known = people.token(token_hash(token))
    return known if known is not None and is_of_calendar(known) else None


def is_of_calendar(token: ApiToken) -> bool:
    """Whether a token is the secret of an address."""
    return CALENDAR in token.scopes
