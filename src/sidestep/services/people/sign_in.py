"""Lets people in: links that are used once, passwords, browsers; what they see is not said here."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sidestep.errors import InputError
from sidestep.services.ports import Clock
from sidestep.services.ports.people import Account, ApiToken, Passwords, People, SignedIn

LINK_LASTS = timedelta(hours=24)
STAYS_SIGNED_IN = timedelta(days=90)
SEEN_EVERY = timedelta(minutes=10)
"""A browser's last visit is written down this often: pages that are only read write nothing."""

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
LONGEST_NAME = 60
ID_LENGTH = 16

NO_ENTRY = "That name and password do not go together."


def token_hash(token: str) -> str:
    """Return what is kept of a token: it is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(32)


def new_owner() -> str:
    """Return an id for somebody new."""
    return secrets.token_hex(12)


def make_link(owner_id: str, *, people: People, clock: Clock) -> str:
    """Return the token of a link that lets its bearer choose a name and a password, once.

    Links made for the same person before stop working.
    """
    token, now = new_token(), clock.now()
    people.drop_links(owner_id)
    people.drop_expired(now)
    people.keep_link(token_hash(token), owner_id, now + LINK_LASTS)
    return token


def link_owner(token: str, *, people: People, clock: Clock) -> str | None:
    """Return whose link a token is of; using it is another matter."""
    return people.link_owner(token_hash(token), clock.now()) if token else None


def use_link(
    token: str, name: str, password: str, *, people: People, passwords: Passwords, clock: Clock
) -> Account:
    """Make the account a link is for, or give the one there is another password.

    Raises
    ------
    InputError
        The link is used, expired or made up, or name or password cannot be taken.
    """
    owner_id = link_owner(token, people=people, clock=clock)
    if owner_id is None:
        raise InputError(
            "this link has been used or has expired",
            hint="Ask for a new one where you got it; for yourself: sidestep serve --new-link",
        )
    name = _checked_name(name)
    check_password(password, name)
    known = people.account(owner_id)
    if known is None:
        known = Account(owner_id=owner_id, name=name, made_at=clock.now())
        people.add_account(known, passwords.hash(password))
    else:
        people.set_password(owner_id, passwords.hash(password))
    people.drop_links(owner_id)
    return known


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InputError(
            f"a name has 1 to {LONGEST_NAME} characters, this one has {len(name)}",
            hint="Any name will do; it is only shown to you.",
        )
    return name


def check_password(password: str, name: str) -> None:
    """Refuse a password that is too easy to guess.

    Raises
    ------
    InputError
        It is too short or too long, or it is the name.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InputError(
            f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters, "
            f"this one has {len(password)}",
            hint="Four or five words in a row are easy to keep and hard to guess.",
        )
    if password.casefold() == name.casefold() or len(set(password)) < SHORTEST_PASSWORD // 3:
        raise InputError(
            "this password is too easy to guess",
            hint="Four or five words in a row are easy to keep and hard to guess.",
        )


def sign_in(
    name: str, password: str, *, people: People, passwords: Passwords, clock: Clock
) -> Account | None:
    """Return whose name and password these are, ``None`` when they do not go together."""
    found = people.password_hash(" ".join(name.split()))
    if found is None:
        # As slow as for a name there is, so that names cannot be found out.
        passwords.hash(password)
        return None
    owner_id, password_hash = found
    return people.account(owner_id) if passwords.matches(password_hash, password) else None


def open_browser(owner_id: str, device: str, *, people: People, clock: Clock) -> str:
    """Sign a browser in and return its token."""
    token, now = new_token(), clock.now()
    key = token_hash(token)
    entry = SignedIn(
        id=key[:ID_LENGTH], owner_id=owner_id, since=now, seen_at=now, device=device[:80]
    )
    people.sign_in(key, entry)
    return token


def who_is(token: str, *, people: People, clock: Clock) -> SignedIn | None:
    """Return the browser a token belongs to; ``None``: signed out, or away for too long."""
    key, now = token_hash(token), clock.now()
    entry = people.signed_in(key)
    if entry is None or _has_lapsed(entry, now):
        return None
    if now - entry.seen_at > SEEN_EVERY:
        people.touch(key, now)
    return entry


def _has_lapsed(entry: SignedIn, now: datetime) -> bool:
    return now - entry.seen_at > STAYS_SIGNED_IN


def keep_token(
    account: Account, name: str, scopes: tuple[str, ...], *, people: People, clock: Clock
) -> str:
    """Keep a new token that may do this, and return its secret; nobody can read that again."""
    token = new_token()
    key = token_hash(token)
    entry = ApiToken(
        id=key[:ID_LENGTH],
        owner_id=account.owner_id,
        name=name,
        scopes=scopes,
        made_at=clock.now(),
    )
    people.add_token(key, entry)
    return token
