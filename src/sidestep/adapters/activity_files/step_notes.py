"""What a step says to the runner, cut to what a watch can hold; not which file it goes into."""

from collections.abc import Iterable

from sidestep.adapters.activity_files.fit_encoding import TEXT_BYTES_MAX


def fitting_notes(sentences: Iterable[str]) -> str:
    """Join as many whole sentences as a field of a FIT file can hold, in their order."""
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if len(longer.encode()) > TEXT_BYTES_MAX:
            break
        text = longer
    return text
