"""The window and the sounds, with SDL's drivers for machines that have neither."""

import os
from collections.abc import Iterator

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from sidestep.adapters.screen.tones import LENGTH_S, RATE_HZ, Tones, open_tones, wave
from sidestep.adapters.screen.window import Window, open_window
from sidestep.domain.vocabulary.side import Side
from sidestep.errors import InputError


@pytest.fixture(autouse=True)
def _no_hardware(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")


@pytest.fixture
def window() -> Iterator[Window]:
    with open_window() as opened:
        yield opened


def picture(width: int = 64, height: int = 48) -> NDArray[np.uint8]:
    rgb = np.zeros((height, width, 3), np.uint8)
    rgb[:, : width // 2] = (250, 10, 20)
    return rgb


def surface_of(window: Window) -> pygame.Surface:
    assert window._window is not None
    return window._window.get_surface()


def test_a_picture_is_shown_as_it_is(window: Window) -> None:
    assert window.show(picture())
    shown = surface_of(window)
    assert shown.get_size() == (64, 48)
    assert shown.get_at((5, 5))[:3] == (250, 10, 20)
    assert shown.get_at((60, 5))[:3] == (0, 0, 0)


def test_a_larger_window_shows_it_as_large_as_it_fits(window: Window) -> None:
    window.show(picture())
    assert window._window is not None
    window._window.size = (256, 96)
    assert window.show(picture())
    shown = surface_of(window)
    assert shown.get_at((60, 50))[:3] == (0, 0, 0)
    assert shown.get_at((70, 50))[:3] == (250, 10, 20)


@pytest.mark.parametrize("key", [pygame.K_q, pygame.K_ESCAPE])
def test_a_key_closes_it(window: Window, key: int) -> None:
    assert window.show(picture())
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))
    assert not window.show(picture())
    assert not window.show(picture())


@pytest.mark.parametrize("kind", [pygame.QUIT, pygame.WINDOWCLOSE])
def test_closing_it_closes_it(window: Window, kind: int) -> None:
    window.show(picture())
    pygame.event.post(pygame.event.Event(kind))
    assert not window.show(picture())


def test_other_keys_do_not_close_it_and_f_fills_the_screen_and_back(window: Window) -> None:
    window.show(picture())
    for key in (pygame.K_a, pygame.K_f):
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))
    assert window.show(picture())
    assert surface_of(window).get_size() == pygame.display.get_desktop_sizes()[0]
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_f))
    assert window.show(picture())
    assert surface_of(window).get_size() == (64, 48)


def test_without_a_screen_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "no such driver")
    with pytest.raises(InputError, match="no screen") as refused, open_window():
        pass
    assert "--no-window --save" in refused.value.hint


def test_a_screen_that_nobody_sees_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame.display, "get_driver", lambda: "offscreen")
    with pytest.raises(InputError, match="no screen"), open_window():
        pass


def test_the_sides_sound_in_their_own_ear_and_at_their_own_pitch() -> None:
    left, right = wave(Side.LEFT).astype(float), wave(Side.RIGHT).astype(float)
    assert np.abs(left[:, 0]).max() > 3 * np.abs(left[:, 1]).max()
    assert np.abs(right[:, 1]).max() > 3 * np.abs(right[:, 0]).max()
    pitches = [
        np.argmax(np.abs(np.fft.rfft(each.sum(axis=1)))) / LENGTH_S for each in (left, right)
    ]
    assert pitches == pytest.approx([440, 660], abs=1 / LENGTH_S)
    assert len(left) == pytest.approx(LENGTH_S * RATE_HZ, abs=1)
    assert np.abs(left[[0, -1]]).max() < 0.02 * np.abs(left).max()


def test_a_sound_is_played_at_once() -> None:
    with open_tones() as tones:
        assert isinstance(tones, Tones)
        tones.play(Side.LEFT)
        assert pygame.mixer.get_busy()


def test_without_a_loudspeaker_there_are_no_tones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no such driver")
    with open_tones() as tones:
        assert tones is None


def test_what_the_sound_system_says_by_itself_stays_off_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def no_card(*_given: object, **_named: object) -> None:
        os.write(2, b"ALSA lib: cannot find card '0'")
        raise pygame.error

    monkeypatch.setattr(pygame.mixer, "init", no_card)
    with open_tones() as tones:
        assert tones is None
        os.write(2, b"what others say")
    assert capfd.readouterr().err == "what others say"
