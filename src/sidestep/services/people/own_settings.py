"""A person's own settings of the pages, her browsers, and the programs that act for her."""

from collections.abc import Mapping
from typing import Any

from sidestep.errors import AnswersError
from sidestep.services.people.sign_in import (
    check_password,
    keep_token,
    sign_in,
)
from sidestep.services.ports import Clock
from sidestep.services.ports.people import Account, Passwords, People

SCOPES = ("read", "write")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": ("", "en", "de"),
    "colours": ("auto", "light", "dark"),
    "distances": ("km", "mi"),
}
"""What each setting may be; the first is what it is without a choice."""

LONGEST_TOKEN_NAME = 60


def change_settings(
    account: Account, changes: Mapping[str, str], *, people: People
) -> Mapping[str, Any]:
    """Change the settings named, and return all.

    Raises
    ------
    AnswersError
        A setting that does not exist, or a value it does not allow.
    """
    for name, value in changes.items():
        if value not in CHOICES.get(name, ()):
            allowed = ", ".join(each or "automatic" for each in CHOICES.get(name, ()))
            raise AnswersError(
                f"{name}: {value!r} cannot be chosen",
                hint=f"Choose one of {allowed}." if allowed else "",
            )
    settings = {**account.settings, **changes}
    people.set_settings(account.owner_id, settings)
    return settings


def change_password(
    account: Account, old: str, new: str, *, people: People, passwords: Passwords, clock: Clock
) -> None:
    """Take another password; every browser is signed out.

    Raises
    ------
    AnswersError
        The old one is not right.
    InputError
        The new one cannot be taken.
    """
    confirm_password(account, old, people=people, passwords=passwords, clock=clock)
    check_password(new, account.name)
    people.set_password(account.owner_id, passwords.hash(new))


def confirm_password(
    account: Account, password: str, *, people: People, passwords: Passwords, clock: Clock
) -> None:
    """Make sure that it is she who asks.

    Raises
    ------
    AnswersError
        It is not her password.
    """
    if sign_in(account.name, password, people=people, passwords=passwords, clock=clock) is None:
        raise AnswersError("this is not your password", hint="Type it again.")


def make_api_token(
    account: Account, name: str, scopes: tuple[str, ...], *, people: People, clock: Clock
) -> str:
    """Return a new token for a program; it is shown once and never again.

    Raises
    ------
    AnswersError
        It has no name, or may do something that does not exist.
    """
    name = " ".join(name.split())[:LONGEST_TOKEN_NAME]
    if not name:
        raise AnswersError("a token needs a name", hint="Such as: my spreadsheet.")
    wrong = [scope for scope in scopes if scope not in SCOPES]
    if wrong or not scopes:
        raise AnswersError(
            f"a token may {' and '.join(wrong) or 'do nothing'}",
            hint=f"Choose {', '.join(SCOPES)}.",
        )
    may = tuple(scope for scope in SCOPES if scope in scopes)
    return keep_token(account, name, may, people=people, clock=clock)
