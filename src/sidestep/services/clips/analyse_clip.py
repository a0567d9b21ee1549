"""Watches a clip, measures it, draws what it saw and keeps the result; never the clip unasked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sidestep import __version__
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.views import View
from sidestep.services.clips.clip_calibration import calibration_for
from sidestep.services.clips.clip_kinds import Analysis, ClipKind
from sidestep.services.clips.clip_summary import summary_document
from sidestep.services.clips.delete_clip import sweep_broken_off
from sidestep.services.kept_documents import keep_document
from sidestep.services.ports import (
    ClipFolder,
    ClipPictures,
    Clock,
    Knowledge,
    PoseSource,
    Store,
    StoredDocument,
)
from sidestep.services.ports.clip_pictures import Drawing, Still

Progress = Callable[[float], None]

WATCHING = 0.75
"""Share of the work that finding the joints takes; drawing takes the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipEyes:
    """Everything that watching a clip needs from the outside: nothing of what is stored.

    ``read_knowledge`` is asked when the clip has been watched: until then the networks need the
    room.
    """

    poses: PoseSource
    pictures: ClipPictures
    folder: ClipFolder
    read_knowledge: Callable[[], Knowledge]

    @property
    def knowledge(self) -> Knowledge:
        """What the clip is measured and told by."""
        return self.read_knowledge()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipTools(ClipEyes):
    """Everything the analysis of a clip needs from the outside.

    ``open_store`` is asked when the clip has been watched and drawn: until then the networks and
    the pictures need the room.
    """

    open_store: Callable[[], Store]
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipWishes:
    """What the person wants of a clip.

    Attributes
    ----------
    view
        Where the camera stood; ``None`` finds out.
    keeps_clip
        Keep a copy of the clip in the data folder. Otherwise none is made.
    draws
        Write the overlay and the stills, if anybody was found.
    """

    view: View | None = None
    keeps_clip: bool = False
    draws: bool = True


def analyse_clip(
    clip: Path, kind: ClipKind[Any], wishes: ClipWishes, tools: ClipTools, progress: Progress
) -> StoredDocument:
    """Measure a clip and keep the result; its pictures are named inside the clips' folder.

    When nothing is kept, because of an error or because the person stopped it, nothing stays there.

    Raises
    ------
    InputError
        The file cannot be read, or is no video.
    StorageError
        The result or a picture cannot be written.
    """
    place = tools.folder.new_place()
    with discarded_unless_kept(place, tools.folder):
        content = watch_clip(clip, kind, wishes, tools, progress, place=place)
        store = tools.open_store()
        kept = keep_document(
            kind.kept_as, content, store=store, knowledge=tools.knowledge, clock=tools.clock
        )
    sweep_broken_off(store=store, folder=tools.folder)
    return kept


@contextmanager
def discarded_unless_kept(place: str, folder: ClipFolder) -> Iterator[None]:
    """Hold a place, and empty it when the result that it was for does not come about."""
    with folder.claim(place):
        try:
            yield
        except BaseException:
            folder.discard(place)
            raise


def watch_clip(
    clip: Path,
    kind: ClipKind[Any],
    wishes: ClipWishes,
    eyes: ClipEyes,
    progress: Progress,
    *,
    place: str,
) -> dict[str, Any]:
    """Measure and draw a clip and return what is to be kept: the part that reads foreign files.

    Parameters
    ----------
    place
        Where in the clips' folder the pictures of this result go, and of no other.

    Raises
    ------
    InputError
        The file cannot be read, or is no video.
    StorageError
        A picture cannot be written.
    """
    clip_id = eyes.folder.id_of(clip)
    track = eyes.poses.track(clip, lambda share: progress(WATCHING * share))
    analysis = measure_clip(track, kind, wishes.view, eyes.knowledge)
    content = {
        **kind.document(analysis),
        "summary": summary_document(kind.summarise(analysis, eyes.knowledge), eyes.knowledge),
        "clip_id": clip_id,
        "file": clip.name,
        "pictures": {},
        "kept_clip": None,
    }
    if wishes.draws:
        folder = eyes.folder.pictures(place)
        drawing, stills = kind.draw(track, analysis, folder)
        # The pictures need the room that the points of a long clip take.
        del track, analysis
        if drawing.has_anybody:
            content |= _drawn(clip, drawing, stills, folder / "overlay.mp4", eyes, progress)
    if wishes.keeps_clip:
        content["kept_clip"] = eyes.folder.name_of(eyes.folder.keep(clip, place))
    progress(1.0)
    return content


def measure_clip(
    track: PoseTrack, kind: ClipKind[Analysis], view: View | None, knowledge: Knowledge
) -> Analysis:
    """Measure a tracked clip, with the versions of everything that made the result."""
    calibration = calibration_for(track.model, knowledge)
    return kind.analyse(
        track,
        view=view,
        parameters=knowledge.motion,
        calibration=calibration,
        versions=versions_now(track.model, knowledge),
    )


def versions_now(pose_model: str, knowledge: Knowledge) -> dict[str, str]:
    """Return the versions of everything that makes a result today."""
    return {
        "program": __version__,
        "knowledge": knowledge.version,
        "pose": pose_model,
        "calibration": calibration_for(pose_model, knowledge).version,
    }


def _drawn(
    clip: Path,
    drawing: Drawing,
    stills: tuple[Still, ...],
    overlay: Path,
    eyes: ClipEyes,
    progress: Progress,
) -> dict[str, Any]:
    """Draw the clip and return what the pictures are called and what is said under them."""
    eyes.pictures.draw(
        clip,
        drawing,
        stills,
        overlay,
        lambda share: progress(WATCHING + (1 - WATCHING) * share),
    )
    return {
        "pictures": {
            path.stem: eyes.folder.name_of(path)
            for path in (overlay, *(still.path for still in stills))
        },
        "captions": {still.path.stem: still.caption for still in stills},
    }
