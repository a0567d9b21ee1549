"""What is done behind fences: reading an upload, watching a clip. Nothing here sees what is stored.

How a limited process is started and ended is the business of ``limited_child``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sidestep.bootstrap.settings import Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.activity.steps import StepEstimate
from sidestep.domain.motion.views import View
from sidestep.services.clips.analyse_clip import ClipEyes, ClipWishes, watch_clip
from sidestep.services.clips.clip_kinds import RUN, SQUAT, ClipKind
from sidestep.services.ports import ImportItem
from sidestep.services.ports.job_files import SentFile

KINDS: Mapping[str, ClipKind[Any]] = {"run": RUN, "squat": SQUAT}

Say = Callable[[Any], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadOrder:
    """An upload to read.

    Attributes
    ----------
    known
        The outcome of every original seen before, by its hash.
    first
        Number of the item to begin with: an earlier process has told of those before it.
    """

    settings: Settings
    files: tuple[SentFile, ...]
    scratch: Path
    known: Mapping[str, str]
    step_estimate: StepEstimate
    first: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipOrder:
    """A clip to watch."""

    settings: Settings
    clip: Path
    shows: str
    view: str
    keeps_clip: bool
    place: str


def without_database(settings: Settings) -> Settings:
    """Return the settings that a limited process may have: no way to anybody's rows."""
    return replace(settings, database_url="sqlite://")


def read_upload(order: UploadOrder, say: Say) -> None:
    """Read an upload, item by item: say ``("total", n)``, then for each its name and its reading.

    The name comes first, so that the parent knows on which item this process died.
    """
    wiring = Wiring(order.settings)
    say(("total", sum(wiring.import_source.expect(file.path) for file in order.files)))
    ingester = wiring.file_ingester(order.step_estimate)
    for number, (item, file) in enumerate(_items(order, wiring)):
        if number >= order.first:
            say(("begins", _as_sent(item.shown_as, file)))
            reading = ingester.ingest(item, order.known)
            shown, detail = (_as_sent(text, file) for text in (item.shown_as, reading.detail))
            say(("read", replace(reading, shown_as=shown, detail=detail)))


def _as_sent(text: str, file: SentFile) -> str:
    return text.replace(str(file.path), file.label).replace(file.path.name, file.label)


def _items(order: UploadOrder, wiring: Wiring) -> Iterator[tuple[ImportItem, SentFile]]:
    for file in order.files:
        for item in wiring.import_source.items(file.path, order.scratch):
            yield item, file


def watch_upload(order: ClipOrder, say: Say) -> dict[str, Any]:
    """Watch a clip, say which share is done, and return what is to be kept of it."""
    wiring = Wiring(order.settings)
    eyes = ClipEyes(
        poses=wiring.pose_source,
        pictures=wiring.clip_pictures,
        folder=wiring.clip_folder,
        read_knowledge=lambda: wiring.knowledge,
    )
    wishes = ClipWishes(
        view=None if order.view == "auto" else View(order.view), keeps_clip=order.keeps_clip
    )
    return watch_clip(order.clip, KINDS[order.shows], wishes, eyes, say, place=order.place)
