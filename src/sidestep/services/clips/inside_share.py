"""How often the knee stood inside the foot line in the newest running clip, with its error."""

from collections.abc import Iterator

from sidestep.domain.load.report import KneeInside
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.clip_facts import newest_usable
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Store, StoredDocument

_OFFSET = "knee_over_foot_pct"


def knee_inside_share(store: Store, inside_from_pct: float) -> tuple[KneeInside, ...]:
    """Return for each measured side which share of its steps had the knee inside.

    The share is a range: what it is when every step is read one error further out, and one error
    further in.

    Raises
    ------
    StorageError
        The records cannot be read.
    """
    newest = newest_usable(store, DocumentKind.CLIP_RUN)
    return () if newest is None else tuple(_sides(newest, inside_from_pct))


def _sides(newest: StoredDocument, inside_from_pct: float) -> Iterator[KneeInside]:
    for side in Side:
        error = newest.content[side.value].get(_OFFSET, {}).get("error")
        offsets = [
            step[_OFFSET]
            for step in newest.content["steps"]
            if step["side"] == side.value and step["is_good"] and step.get(_OFFSET) is not None
        ]
        if error is None or not offsets:
            continue
        yield KneeInside(
            side=side,
            share_low=sum(each - error > inside_from_pct for each in offsets) / len(offsets),
            share_high=sum(each + error > inside_from_pct for each in offsets) / len(offsets),
            filmed_on=newest.made_at.date(),
        )
