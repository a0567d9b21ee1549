"""Who draws on a clip what was measured in it: the overlay video and the stills."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.vocabulary.side import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """One step or repetition as it is shown.

    Attributes
    ----------
    number
        Counted over both sides, from 1.
    offset_pct
        Knee over foot, % of shank length, + inward; ``None`` where it was not measured.
    """

    side: Side
    number: int
    first_frame: int
    last_frame: int
    offset_pct: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is drawn on a clip.

    Attributes
    ----------
    time_s
        Shape (n,), the frames' times as in the pose track.
    xy_px
        Shape (n, 16, 2), the smoothed points in the upright picture; NaN is not drawn.
    stances
        In order of time. Between them the legs are drawn without a foot line.
    """

    time_s: NDArray[np.float64]
    xy_px: NDArray[np.float64]
    width_px: int
    height_px: int
    stances: tuple[Stance, ...]

    @property
    def has_anybody(self) -> bool:
        """There is a point to draw."""
        return bool(np.isfinite(self.xy_px).any())


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """One frame to keep as a picture, and what a page says beside it."""

    frame: int
    caption: str
    path: Path


class ClipPictures(Protocol):
    """Draws the overlay video and the stills."""

    def draw(
        self,
        clip: Path,
        drawing: Drawing,
        stills: tuple[Still, ...],
        overlay: Path | None,
        progress: Callable[[float], None],
    ) -> None:
        """Write the stills as JPEG and the overlay as an H.264 MP4 (``None``: no overlay).

        Both are written whole or not at all. The picture is scaled down to at most 720 px width.

        Raises
        ------
        UnreadableFileError
            The clip cannot be decoded.
        StorageError
            A picture cannot be written.
        """
