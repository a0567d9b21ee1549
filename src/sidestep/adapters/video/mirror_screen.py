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
    save
        Where to keep the pictures as a film, each at its own time; begun with the first picture.
    open_files
        Closes the film.
    """

    def __init__(
        self,
        window: PictureWindow | None,
        tones: SideTones | None,
        save: Path | None,
        open_files: ExitStack,
    ) -> None:
        self._window = window
        self._tones = tones
        self._save = save
        self._open_files = open_files
        self._film: Film | None = None
        self._painter = MirrorPainter()

    @property
    def can_sound(self) -> bool:
        """There is something to make sounds with."""
        return self._tones is not None

    def show(self, picture: MirrorPicture) -> bool:
        """Draw, show and save a picture; return whether the window is still open."""
        if self._window is None and self._save is None:
            return True
        painted = self._painter.paint(picture)
        is_open = self._window is None or self._window.show(painted.to_rgb())
        if self._save is not None:
            film = self._film = self._film or self._begin_film(self._save)
            film.add(painted, picture.frame.time_s)
        return is_open

    def sound(self, side: Side) -> None:
        """Begin the sound of a side."""
        if self._tones is not None:
            self._tones.play(side)

    def _begin_film(self, save: Path) -> Film:
        (part,) = self._open_files.enter_context(unfinished((save,)))
        film = Film(part)
        self._open_files.callback(film.close)
        return film


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
    with ExitStack() as open_files:
        yield DrawnMirror(window, tones, save, open_files)
