"""Draws on a clip what was measured in it; what it means is in the result, not here.

What draws is imported where it is used: while the clip is being watched the networks need the room.
"""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from sidestep.services.ports.clip_pictures import Drawing, Still
from sidestep.services.ports.frames import Clips

TOLD_EVERY: Final = 0.01


class OverlayPictures:
    """Implements ``services.ports.clip_pictures.ClipPictures``.

    Parameters
    ----------
    clips
        Opens the clip that is drawn on.
    give_back
        Gives the system what measuring has freed, before the pictures need the room.
    """

    def __init__(self, clips: Clips, give_back: Callable[[], None] | None = None) -> None:
        self._clips = clips
        self._give_back = give_back

    def draw(
        self,
        clip: Path,
        drawing: Drawing,
        stills: tuple[Still, ...],
        overlay: Path | None,
        progress: Callable[[float], None],
    ) -> None:
        """Write the stills as JPEG and the overlay as an H.264 MP4 (``None``: no overlay).

        Raises
        ------
        UnreadableFileError
            The clip cannot be decoded, or ends before a frame that was wanted.
        StorageError
            A picture cannot be written.
        """
        from sidestep.adapters.video.overlay_album import Album
        from sidestep.adapters.video.overlay_files import unfinished
        from sidestep.adapters.video.overlay_film import DrawnFilm

        if self._give_back is not None:
            self._give_back()
        files = tuple(still.path for still in stills) + (() if overlay is None else (overlay,))
        with ExitStack() as open_files:
            parts = open_files.enter_context(unfinished(files))
            opened = open_files.enter_context(self._clips.open(clip))
            album = Album(drawing, dict(zip(stills, parts, strict=False)))
            film = None
            if overlay is not None:
                film = open_files.enter_context(DrawnFilm(drawing, parts[-1]))
            told = Told(drawing, progress)
            for frame in opened.frames():
                album.take(frame)
                if film is not None:
                    film.take(frame)
                elif album.is_full:
                    break
                told.at(frame.time_s)
            album.close(clip)
        progress(1.0)


class Told:
    """Tells the share that is done, each per cent once."""

    def __init__(self, drawing: Drawing, progress: Callable[[float], None]) -> None:
        self._duration_s = float(drawing.time_s[-1]) if len(drawing.time_s) else 0.0
        self._progress = progress
        self._share = 0.0

    def at(self, time_s: float) -> None:
        """Tell how far this time is into the clip."""
        share = min(time_s / self._duration_s, 1.0) if self._duration_s > 0 else 0.0
        if share >= self._share + TOLD_EVERY:
            self._share = share
            self._progress(share)
