"""A window that shows one picture after the other; what is in the pictures is drawn elsewhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np
import pygame
from numpy.typing import NDArray

from sidestep.errors import InputError

TITLE: Final = "Sidestep mirror"
CLOSING_KEYS: Final = (pygame.K_ESCAPE, pygame.K_q)
FULL_SCREEN_KEY: Final = pygame.K_f

_UNSEEN_DRIVERS: Final = ("offscreen", "dummy")
"""What SDL falls back to where there is nothing to show anything on."""

_HINT: Final = (
    "Run it at the machine's own desktop, or without a window: --no-window --save FILE.mp4"
)


class Window:
    """Implements ``services.ports.mirror_screen.PictureWindow``; opens with the first picture.

    The window has the picture's size. A larger or smaller one shows it as large as it fits.
    """

    def __init__(self) -> None:
        self._window: pygame.Window | None = None
        self._is_full = False
        self._is_open = True

    def show(self, rgb: NDArray[np.uint8]) -> bool:
        """Show a picture, shape (h, w, 3); return whether the window is still open."""
        size = rgb.shape[1], rgb.shape[0]
        window = self._window = self._window or pygame.Window(TITLE, size, resizable=True)
        self._listen(window)
        if self._is_open:
            _fill(
                window.get_surface(),
                pygame.image.frombuffer(np.ascontiguousarray(rgb).data, size, "RGB"),
            )
            window.flip()
        return self._is_open

    def close(self) -> None:
        """Close it, if it was ever opened."""
        if self._window is not None:
            self._window.destroy()

    def _listen(self, window: pygame.Window) -> None:
        for event in pygame.event.get():
            is_key = event.type == pygame.KEYDOWN
            if event.type in (pygame.QUIT, pygame.WINDOWCLOSE) or (
                is_key and event.key in CLOSING_KEYS
            ):
                self._is_open = False
            elif is_key and event.key == FULL_SCREEN_KEY:
                self._is_full = not self._is_full
                if self._is_full:
                    window.set_fullscreen(desktop=True)
                else:
                    window.set_windowed()


def _fill(surface: pygame.Surface, picture: pygame.Surface) -> None:
    """Lay a picture over a surface, as large as it fits, in the middle."""
    if surface.get_size() == picture.get_size():
        surface.blit(picture, (0, 0))
        return
    room = picture.get_rect().fit(surface.get_rect())
    surface.fill("black")
    pygame.transform.smoothscale(
        picture.convert(surface), room.size, surface.subsurface(room.clip(surface.get_rect()))
    )


@contextmanager
def open_window() -> Iterator[Window]:
    """Make ready to show pictures, and close the window at the end.

    Raises
    ------
    InputError
        There is no screen.
    """
    try:
        pygame.display.init()
    except pygame.error as error:
        raise InputError(
            f"There is no screen to show the mirror on: {error}.", hint=_HINT
        ) from error
    window = Window()
    try:
        driver = pygame.display.get_driver()
        if driver in _UNSEEN_DRIVERS and os.environ.get("SDL_VIDEODRIVER") != driver:
            raise InputError("There is no screen to show the mirror on.", hint=_HINT)
        yield window
    finally:
        window.close()
        pygame.display.quit()
