import numpy as np
import pytest
from numpy.typing import NDArray

from sidestep.adapters.pose.place_stills import BAND_ROWS, PlaceStills
from sidestep.services.ports.frames import Frame, Layout, Plane

NOTHING = Plane(
    samples=np.zeros(0, np.uint8), first=0, row_step=0, column_step=1, height=0, width=0, shrink=1
)


def frame_of(grey: NDArray[np.uint8]) -> Frame:
    height_px, width_px = grey.shape
    return Frame(
        time_s=0.0,
        luma=NOTHING,
        blue_difference=NOTHING,
        red_difference=NOTHING,
        layout=Layout(
            width_px=width_px,
            height_px=height_px,
            stored_from_upright=np.eye(2, 3),
            rgb_from_yuv=np.eye(3, 4),
        ),
        picture=lambda _: np.repeat(grey[..., None], 3, axis=2),
    )


def pictures(n: int) -> list[NDArray[np.uint8]]:
    """Make noise over a place that flickers, brightest and darkest grey in it."""
    random = np.random.default_rng(n)
    place = random.integers(0, 256, (2 * BAND_ROWS + 5, 21))
    return [
        np.clip(place * random.uniform(0.6, 1.5) + random.integers(-9, 10, place.shape), 0, 255)
        .astype(np.uint8)
        for _ in range(n)
    ]  # fmt: skip


def stills_of(greys: list[NDArray[np.uint8]]) -> PlaceStills:
    stills = PlaceStills()
    for grey in greys:
        for _ in range(16):
            stills.take(frame_of(grey))
    return stills


@pytest.mark.parametrize("n", [3, 4, 11, 23])
def test_the_place_is_the_median_of_the_pictures(n: int) -> None:
    greys = pictures(n)
    place = stills_of(greys).place()
    assert place is not None
    assert np.array_equal(place, np.median(greys, axis=0))


@pytest.mark.parametrize("n", [3, 4, 11, 23])
def test_changes_are_those_that_are_left_without_the_flicker(n: int) -> None:
    greys = pictures(n)
    first = np.maximum(greys[0], 1).astype(np.float32)
    brighter = np.array([float(np.median(grey / first)) for grey in greys])
    alike = np.array(greys) * (np.median(brighter) / brighter)[:, None, None]
    changes = stills_of(greys).changes()
    assert changes is not None
    assert changes == pytest.approx(np.std(alike, axis=0), abs=1e-5)
