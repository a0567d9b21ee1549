"""Draws the mirror's pictures and hands them on to a window and a film; opens no window itself."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sidestep.adapters.video.mirror_painter import MirrorPainter
from sidestep.adapters.video.overlay_files import Film, unfinished
from sidestep.domain.vocabulary.side import Side
from sidestep.services.ports.mirror_screen import MirrorPicture, PictureWindow, SideTones


class DrawnMirror:
    """Implements ``services.ports.mirror_screen.MirrorScreen``; each of its parts may be missing.

    Parameters
    ----------
    window
        Shows the pictures.
    tones
        Makes the sounds.
    film
        Keeps the pictures, each at its own time.
    """

    def __init__(
        self, window: PictureWindow | None, tones: SideTones | None, film: Film | None
    ) -> None:
        self._window = window
        self._tones = tones
        self._film = film
        self._painter = MirrorPainter()

    @property
    def can_sound(self) -> bool:
        """There is something to make sounds with."""
        return self._tones is not None

    def show(self, picture: MirrorPicture) -> bool:
        """Draw, show and save a picture; return whether the window is still open."""
        if self._window is None and self._film is None:
            return True
        painted = self._painter.paint(picture)
        is_open = self._window is None or self._window.show(painted.to_rgb())
        if self._film is not None:
            self._film.add(painted, picture.frame.time_s)
        return is_open

    def sound(self, side: Side) -> None:
        """Begin the sound of a side."""
        if self._tones is not None:
            self._tones.play(side)


@contextmanager
def drawn_mirror(
    window: PictureWindow | None, tones: SideTones | None, save: Path | None
) -> Iterator[DrawnMirror]:
    """Draw for a window, and into a film that takes its name when all is done.

    Raises
    ------
    StorageError
        The film cannot be written.
    """
    if save is None:
        yield DrawnMirror(window, tones, None)
        return
    with ExitStack() as opened:
        (part,) = opened.enter_context(unfinished((save,)))
        film = Film(part)
        opened.callback(film.close)
        yield DrawnMirror(window, tones, film)
