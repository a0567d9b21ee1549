"""One FIT file as decoded, the same whichever decoder answered; not what its values mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sidestep.domain.activity.recording import Column

Message = Mapping[str, float | str]
"""Field name to value: scaled numbers, enumerations as their number, instants as Unix seconds."""

FIT_EPOCH_S = 631_065_600
"""Unix time of 1989-12-31 00:00 UTC, from which FIT counts its seconds."""

FILE_ID, SESSION, LAP, RECORD, EVENT, DEVICE_INFO = 0, 18, 19, 20, 21, 23
SPORT, ACTIVITY, FIELD_DESCRIPTION, DEVELOPER_DATA_ID = 12, 34, 206, 207
WORKOUT, WORKOUT_STEP = 26, 27

KEPT = {
    FILE_ID: "file_id",
    SPORT: "sport",
    SESSION: "session",
    LAP: "lap",
    EVENT: "event",
    ACTIVITY: "activity",
}
"""The messages besides records that an activity is made from, by global message number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitMessages:
    """What one FIT file holds.

    Attributes
    ----------
    records
        Field name to column, NaN where a record lacks it; ``timestamp`` in Unix seconds,
        positions in degrees.
    others
        Message name (see ``KEPT``) to its messages in file order.
    """

    records: Mapping[str, Column] = field(default_factory=dict)
    others: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[Message, ...]:
        """Return the messages of one kind, none if there are none."""
        return self.others.get(name, ())


def number(message: Message, *names: str) -> float | None:
    """Return the first of these fields that the message has as a number."""
    for name in names:
        value = message.get(name)
        if isinstance(value, int | float) and value == value:
            return float(value)
    return None


def text(message: Message, name: str) -> str:
    """Return a field's text without padding, empty if the message has none."""
    value = message.get(name)
    return value.strip(" \0") if isinstance(value, str) else ""
