"""Which camera is meant when the person names none; opening it is ``live_capture``'s."""

import sys
from typing import Final

from sidestep.errors import InputError

_FIRST: Final = {"linux": "/dev/video0", "darwin": "0"}


def first_camera() -> str:
    """Return the first camera as the system calls it.

    Raises
    ------
    InputError
        The system knows cameras by their maker's name only.
    """
    first = _FIRST.get(sys.platform)
    if first is None:
        raise InputError(
            "Which camera? On this system cameras are opened by name.",
            hint='Give the name that the system\'s settings show, such as --camera "USB Camera".',
        )
    return first
