"""What one activity file holds, and who reads it."""

from dataclasses import dataclass
from typing import Protocol

from sidestep.domain.activity.recording import Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a damaged file still gave: seconds recovered of the seconds it should hold."""

    recovered_s: float
    expected_s: float | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What one file held: activities, or the reason why it holds none.

    ``reader`` names the rung that answered (``fitfast``, ``fitfast+header``, ``fitdecode``,
    ``chiptime``, ``gpx``, ``tcx``). ``skipped`` is set for a sound file that is no activity
    (settings, a workout, a body-weight log, an empty track).
    """

    reader: str
    recordings: tuple[Recording, ...] = ()
    loss: Loss | None = None
    skipped: str = ""
    notes: tuple[str, ...] = ()


class ActivityFileReader(Protocol):
    """Reads the bytes of one FIT, GPX or TCX file, gzipped or not."""

    def read(self, name: str, content: bytes) -> FileReading:
        """Read one file.

        Raises
        ------
        UnreadableFileError
            No reader could make sense of it.
        HostileFileError
            It was refused.
        """
