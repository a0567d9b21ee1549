"""One short sound for each side; when it is made is decided elsewhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import pygame
from numpy.typing import NDArray

from sidestep.domain.vocabulary.side import Side

RATE_HZ: Final = 44_100
BUFFER_SAMPLES: Final = 512
"""The loudspeaker is behind by 12 ms with this."""

PITCH_HZ: Final = {Side.LEFT: 440.0, Side.RIGHT: 660.0}
"""A fifth apart, so that the sides are told apart with one ear, too."""

ERRORS: Final = 2
"""The file number of what programs write for people."""

OWN_EAR, OTHER_EAR = 1.0, 0.25
LENGTH_S, EDGE_S, LOUDNESS = 0.18, 0.02, 0.5
"""Shorter than a step; soft edges, because a hard one clicks."""


class Tones:
    """Implements ``services.ports.mirror_screen.SideTones``."""

    def __init__(self) -> None:
        self._sounds = {side: pygame.mixer.Sound(buffer=wave(side).tobytes()) for side in Side}

    def play(self, side: Side) -> None:
        """Begin the sound of a side and return at once."""
        self._sounds[side].play()


def wave(side: Side) -> NDArray[np.int16]:
    """Return a side's sound, shape (n, 2): left ear, right ear."""
    time_s = np.arange(round(LENGTH_S * RATE_HZ)) / RATE_HZ
    edges = np.clip(np.minimum(time_s, LENGTH_S - time_s) / EDGE_S, 0, 1)
    tone = LOUDNESS * edges * np.sin(2 * np.pi * PITCH_HZ[side] * time_s)
    ears = (OWN_EAR, OTHER_EAR) if side is Side.LEFT else (OTHER_EAR, OWN_EAR)
    return np.round(32_767 * tone[:, None] * ears).astype(np.int16)


@contextmanager
def open_tones() -> Iterator[Tones | None]:
    """Make ready to sound; ``None`` where there is nothing to sound with."""
    try:
        with _saying_nothing():
            pygame.mixer.init(
                RATE_HZ, size=-16, channels=2, buffer=BUFFER_SAMPLES, allowedchanges=0
            )
    except pygame.error:
        yield None
        return
    try:
        yield Tones()
    finally:
        pygame.mixer.quit()


@contextmanager
def _saying_nothing() -> Iterator[None]:
    """Keep off the terminal what Linux's sound library writes there itself without a card."""
    try:
        kept = os.dup(ERRORS)
    except OSError:
        # There is no terminal.
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), ERRORS)
        yield
    finally:
        os.dup2(kept, ERRORS)
        os.close(kept)
