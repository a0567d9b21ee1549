"""Every error Sidestep raises on purpose; findings about a knee are results, never errors.

::

    SidestepError
    ├── InputError                what the person gave cannot be used
    │   ├── UnreadableFileError   no reader could make sense of the file
    │   ├── HostileFileError      refused before reading: bombs, path tricks, absurd sizes
    │   ├── LimitError            stopped while reading: it needed more memory or time than it may
    │   ├── AnswersError          an answer that is not among those the question allows
    │   └── BackupError           a backup that is damaged, locked or of a newer program
    ├── KnowledgeError            a rule, source or exercise file breaks the rules of knowledge/
    ├── StorageError              the data folder cannot be read or written
    └── JobStoppedError           long work was stopped by the person who asked for it
"""


class SidestepError(Exception):
    """Base of all: says what was wrong, what was expected and what to do.

    Parameters
    ----------
    message
        The offending value and what was expected, for a person to read.
    hint
        What to do about it; empty when there is nothing to do.
    """

    code = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process, keyword hint included."""
        return _rebuild, (type(self), self.message, self.hint)


def _rebuild(kind: type[SidestepError], message: str, hint: str) -> SidestepError:
    return kind(message, hint=hint)


class InputError(SidestepError):
    """What the person gave cannot be used."""

    code = "input"


class UnreadableFileError(InputError):
    """No reader could make sense of the file."""

    code = "unreadable_file"


class HostileFileError(InputError):
    """The file was refused before it was read: it would exhaust or escape the machine."""

    code = "hostile_file"


class LimitError(InputError):
    """Reading a file was stopped: it needed more memory or time than it may."""

    code = "limit"


class AnswersError(InputError):
    """An answer is not among those its question allows."""

    code = "answers"


class BackupError(InputError):
    """A file is no backup, is damaged, needs another passphrase, or is of a newer Sidestep."""

    code = "backup"


class KnowledgeError(SidestepError):
    """A file in ``knowledge/`` breaks the rules that hold it together."""

    code = "knowledge"


class StorageError(SidestepError):
    """The data folder cannot be read or written."""

    code = "storage"


class JobStoppedError(SidestepError):
    """Long work was stopped by the person who asked for it."""

    code = "job_stopped"
