"""The fast rung: sound FIT files through fitfast; damaged ones belong to ``fit_salvage``."""

from typing import Any

import fitfast
import numpy as np

from sidestep.adapters.activity_files.fit_messages import KEPT, FitMessages, Message


class FastDecodingError(Exception):
    """The fast decoder refused the file."""


def decode_fast(part: bytes, summary: bytes) -> FitMessages:
    """Decode one FIT file: records as columns from the whole, the rest from its summary.

    Raises
    ------
    FastDecodingError
        The decoder refused the file or fell over it.
    """
    try:
        columns = fitfast.records(part)
        kinds: dict[str, list[dict[str | int, Any]]] = fitfast.parse(summary, enum_names=False)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in native code is no Exception
        raise FastDecodingError(str(error)) from error
    return FitMessages(
        records={name: np.asarray(column, np.float64) for name, column in columns.items()},
        others={name: tuple(map(_named, kinds.get(name, ()))) for name in KEPT.values()},
    )


def _named(message: dict[str | int, Any]) -> Message:
    return {
        name if isinstance(name, str) else f"unknown_{name}": value
        for name, value in message.items()
        if isinstance(value, int | float | str)
    }
