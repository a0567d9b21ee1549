"""The kinds of clip there are and what becomes of each; the way they share is not here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from sidestep.domain.motion.calibration import Calibration
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.run_analysis import RunAnalysis
from sidestep.domain.motion.running import analyse_run
from sidestep.domain.motion.squat_analysis import SquatAnalysis
from sidestep.domain.motion.squatting import analyse_squat
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.evidence import Parameters
from sidestep.services.clips.clip_drawing import draw_run, draw_squat
from sidestep.services.clips.clip_summary import ClipSummary, summarise_run, summarise_squat
from sidestep.services.clips.run_document import run_document
from sidestep.services.clips.squat_document import squat_document
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import Knowledge
from sidestep.services.ports.clip_pictures import Drawing, Still

Analysis = TypeVar("Analysis")
_Told = TypeVar("_Told", covariant=True)


class _Analyse(Protocol[_Told]):
    def __call__(
        self,
        track: PoseTrack,
        *,
        view: View | None,
        parameters: Parameters,
        calibration: Calibration,
        versions: Mapping[str, str],
    ) -> _Told: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipKind(Generic[Analysis]):
    """What one kind of clip is analysed, written, told, drawn and kept as."""

    kept_as: DocumentKind
    analyse: _Analyse[Analysis]
    document: Callable[[Analysis], dict[str, Any]]
    summarise: Callable[[Analysis, Knowledge], ClipSummary]
    draw: Callable[[PoseTrack, Analysis, Path], tuple[Drawing, tuple[Still, ...]]]


RUN: ClipKind[RunAnalysis] = ClipKind(
    kept_as=DocumentKind.CLIP_RUN,
    analyse=analyse_run,
    document=run_document,
    summarise=summarise_run,
    draw=draw_run,
)
SQUAT: ClipKind[SquatAnalysis] = ClipKind(
    kept_as=DocumentKind.CLIP_SQUAT,
    analyse=analyse_squat,
    document=squat_document,
    summarise=summarise_squat,
    draw=draw_squat,
)
