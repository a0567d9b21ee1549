"""Watches a clip, measures it, draws what it saw and keeps the result; never the clip unasked."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sidestep import __version__
from sidestep.domain.motion.calibration import Calibration
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.run_analysis import RunAnalysis
from sidestep.domain.motion.running import analyse_run
from sidestep.domain.motion.squat_analysis import SquatAnalysis
from sidestep.domain.motion.squatting import analyse_squat
from sidestep.domain.motion.views import View
from sidestep.services.clips.clip_calibration import calibration_for
from sidestep.services.clips.clip_drawing import draw_run, draw_squat
from sidestep.services.clips.clip_summary import summarise_run, summarise_squat, summary_document
from sidestep.services.clips.run_document import run_document
from sidestep.services.clips.squat_document import squat_document
from sidestep.services.kept_documents import DocumentKind, keep_document
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
class ClipTools:
    """Everything the analysis of a clip needs from the outside."""

    poses: PoseSource
    pictures: ClipPictures
    folder: ClipFolder
    store: Store
    knowledge: Knowledge
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
        Write the overlay and the stills.
    """

    view: View | None = None
    keeps_clip: bool = False
    draws: bool = True


def analyse_run_clip(
    clip: Path, wishes: ClipWishes, tools: ClipTools, progress: Progress
) -> StoredDocument:
    """Measure a clip of running and keep the result.

    Raises
    ------
    InputError
        The file cannot be read, or is no video.
    StorageError
        The result or a picture cannot be written.
    """
    clip_id = tools.folder.id_of(clip)
    track = tools.poses.track(clip, lambda share: progress(WATCHING * share))
    analysis = measure_run(track, wishes.view, tools.knowledge)
    content = {
        **run_document(analysis),
        "summary": summary_document(summarise_run(analysis, tools.knowledge), tools.knowledge),
    }
    drawn = draw_run(track, analysis, tools.folder.pictures(clip_id)) if wishes.draws else None
    return _keep(DocumentKind.CLIP_RUN, clip, clip_id, content, drawn, wishes, tools, progress)


def analyse_squat_clip(
    clip: Path, wishes: ClipWishes, tools: ClipTools, progress: Progress
) -> StoredDocument:
    """Measure a clip of squats and keep the result.

    Raises
    ------
    InputError
        The file cannot be read, or is no video.
    StorageError
        The result or a picture cannot be written.
    """
    clip_id = tools.folder.id_of(clip)
    track = tools.poses.track(clip, lambda share: progress(WATCHING * share))
    analysis = measure_squat(track, wishes.view, tools.knowledge)
    content = {
        **squat_document(analysis),
        "summary": summary_document(summarise_squat(analysis, tools.knowledge), tools.knowledge),
    }
    drawn = draw_squat(track, analysis, tools.folder.pictures(clip_id)) if wishes.draws else None
    return _keep(DocumentKind.CLIP_SQUAT, clip, clip_id, content, drawn, wishes, tools, progress)


def measure_run(track: PoseTrack, view: View | None, knowledge: Knowledge) -> RunAnalysis:
    """Measure a tracked run, with the versions of everything that made the result."""
    calibration = calibration_for(track.model, knowledge)
    return analyse_run(
        track,
        view=view,
        parameters=knowledge.motion,
        calibration=calibration,
        versions=_versions(track, calibration, knowledge),
    )


def measure_squat(track: PoseTrack, view: View | None, knowledge: Knowledge) -> SquatAnalysis:
    """Measure tracked squats, with the versions of everything that made the result."""
    calibration = calibration_for(track.model, knowledge)
    return analyse_squat(
        track,
        view=view,
        parameters=knowledge.motion,
        calibration=calibration,
        versions=_versions(track, calibration, knowledge),
    )


def _versions(track: PoseTrack, calibration: Calibration, knowledge: Knowledge) -> dict[str, str]:
    return {
        "program": __version__,
        "knowledge": knowledge.version,
        "pose": track.model,
        "calibration": calibration.version,
    }


def _keep(
    kind: DocumentKind,
    clip: Path,
    clip_id: str,
    content: dict[str, Any],
    drawn: tuple[Drawing, tuple[Still, ...]] | None,
    wishes: ClipWishes,
    tools: ClipTools,
    progress: Progress,
) -> StoredDocument:
    content |= {"clip_id": clip_id, "pictures": {}, "kept_clip": None}
    if drawn is not None:
        drawing, stills = drawn
        overlay = tools.folder.pictures(clip_id) / "overlay.mp4"
        tools.pictures.draw(
            clip,
            drawing,
            stills,
            overlay,
            lambda share: progress(WATCHING + (1 - WATCHING) * share),
        )
        content["pictures"] = {
            "overlay": str(overlay),
            **{still.path.stem: str(still.path) for still in stills},
        }
        content["captions"] = {still.path.stem: still.caption for still in stills}
    if wishes.keeps_clip:
        content["kept_clip"] = str(tools.folder.keep(clip, clip_id))
    progress(1.0)
    return keep_document(
        kind, content, store=tools.store, knowledge=tools.knowledge, clock=tools.clock
    )
