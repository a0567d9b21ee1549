"""What is told of something that cannot be read: what is wrong with it and what to do about it."""

from sidestep.errors import SidestepError
from sidestep.services.ports import FailedItem


def failed(shown_as: str, error: SidestepError, *, about: str = "") -> FailedItem:
    """Return an error as an item that failed, its hint included.

    Parameters
    ----------
    shown_as
        What failed.
    error
        Why.
    about
        Which part of it, such as ``list unreadable``; empty for the whole.
    """
    message = f"{about}: {error.message}" if about else error.message
    return FailedItem(shown_as=shown_as, reason=with_hint(message, error.hint))


def with_hint(message: str, hint: str) -> str:
    """Join what is wrong and what to do about it into one line."""
    return ". ".join(part.rstrip(".") for part in (message, hint) if part)
