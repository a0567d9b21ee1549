"""Picks the frames that are kept as stills out of a clip that is being read."""

from collections.abc import Mapping
from pathlib import Path

from sidestep.adapters.video.overlay_body import measure_body
from sidestep.adapters.video.overlay_files import write_jpeg
from sidestep.adapters.video.overlay_moments import Moments
from sidestep.adapters.video.overlay_still import draw_still
from sidestep.errors import UnreadableFileError
from sidestep.services.ports.clip_pictures import Drawing, Still
from sidestep.services.ports.frames import Frame


class Album:
    """Writes each wanted still when its frame comes by.

    Parameters
    ----------
    parts
        Where each still is written.
    """

    def __init__(self, drawing: Drawing, parts: Mapping[Still, Path]) -> None:
        self._drawing = drawing
        self._body = measure_body(drawing)
        self._moments = Moments(drawing)
        self._wanted = sorted(parts.items(), key=lambda pair: pair[0].frame)

    @property
    def is_full(self) -> bool:
        """Every still is written."""
        return not self._wanted

    def take(self, frame: Frame) -> None:
        """Write the stills whose moment this is."""
        while self._wanted and self._moments.has_come(self._wanted[0][0].frame, frame.time_s):
            still, part = self._wanted.pop(0)
            picture = draw_still(
                frame.picture(frame.layout.height_px),
                self._drawing.xy_px[still.frame],
                self._body,
                self._moments.standing(still.frame),
            )
            write_jpeg(part, picture, still.caption)

    def close(self, clip: Path) -> None:
        """Make sure that nothing is missing.

        Raises
        ------
        UnreadableFileError
            The clip ended too early.
        """
        if self._wanted:
            missing_s = self._drawing.time_s[self._wanted[0][0].frame]
            raise UnreadableFileError(
                f"{clip.name} ends before second {missing_s:.1f}, of which a picture is wanted.",
                hint="Has the file changed since it was measured? Measure it again.",
            )
