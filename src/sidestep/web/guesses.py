"""Slows down whoever guesses a password, on signing in and wherever else one is asked for."""

from math import ceil

from fastapi import Request

from sidestep.languages.place_names import N_
from sidestep.web.who import language_of, site_of

TOO_MANY = N_("Too many attempts. Try again in %(minutes)s minutes.")


def guess_keys(request: Request, name: str) -> tuple[str, str]:
    """Return what wrong passwords for a name are counted under: the name, and who asks."""
    address = request.client.host if request.client else ""
    return f"name {' '.join(name.split()).casefold()}", f"address {address}"


def told_to_wait(request: Request, keys: tuple[str, str]) -> str:
    """Say how long to wait after too many wrong passwords; nothing if there is no need to."""
    wait_s = site_of(request).attempts.wait_s(*keys)
    if wait_s <= 0:
        return ""
    return language_of(request).gettext(TOO_MANY) % {"minutes": ceil(wait_s / 60)}
