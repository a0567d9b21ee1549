from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from builders.drawn_clips import GreyClip
from sidestep.adapters.pose.crop import cut_out
from sidestep.adapters.pose.region import Region
from sidestep.adapters.pose.runtime import N_PLANES
from sidestep.adapters.pose.squares import SquaresInTurn
from sidestep.services.ports.frames import Frame

WIDTH_PX, HEIGHT_PX = 180, 320


def ramp_frame(*, is_turned: bool = False) -> Frame:
    """Brightness grows to the right of the stored picture, one a pixel."""
    size = (WIDTH_PX, HEIGHT_PX) if is_turned else (HEIGHT_PX, WIDTH_PX)
    luma = np.broadcast_to(np.arange(size[1]) % 256, size).astype(np.uint8)
    clip = GreyClip([0.0], stored_luma=np.ascontiguousarray(luma))
    if is_turned:
        clip.stored_from_upright = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, WIDTH_PX]])
    with clip.open(Path("clip")) as opened:
        return next(iter(opened.frames()))


def fetched(frame: Frame, region: Region, n: int, *, is_framed: bool = False) -> NDArray[np.uint8]:
    planes = np.zeros((N_PLANES, n, n), dtype=np.uint8)
    cut_out(frame, region, n, is_framed=is_framed).fetch(frame, planes)
    return planes


def test_a_square_as_large_as_its_crop_is_a_copy() -> None:
    planes = fetched(ramp_frame(), Region(x_px=50.0, y_px=60.0, edge_px=32.0), 32)
    assert np.array_equal(planes[0], np.broadcast_to(np.arange(34, 66), (32, 32)))
    assert np.all(planes[2:] == 128)


def test_a_square_twice_as_large_takes_every_second_pixel() -> None:
    planes = fetched(ramp_frame(), Region(x_px=64.0, y_px=64.0, edge_px=64.0), 32)
    assert np.all(np.diff(planes[0, 0].astype(int)) == 2)


def test_a_clip_filmed_on_its_side_is_cut_out_upright() -> None:
    planes = fetched(ramp_frame(is_turned=True), Region(x_px=90.0, y_px=60.0, edge_px=32.0), 32)
    assert np.array_equal(planes[0][:, 0], np.arange(44, 76))
    assert np.all(planes[0] == planes[0][:, :1])


def test_a_turned_square_is_cut_out_along_its_own_edges() -> None:
    quarter = Region(x_px=50.0, y_px=60.0, edge_px=32.0, angle_rad=np.pi / 2)
    planes = fetched(ramp_frame(), quarter, 32)
    assert np.abs(planes[0][:, 0].astype(int) - np.arange(65, 33, -1)).max() <= 1


@pytest.mark.parametrize(("is_framed", "outside"), [(False, 0), (True, 16)])
def test_outside_the_picture_its_edge_goes_on_or_black_begins(
    is_framed: bool, outside: int
) -> None:
    beside = Region(x_px=0.0, y_px=60.0, edge_px=32.0)
    planes = fetched(ramp_frame(), beside, 32, is_framed=is_framed)
    assert np.all(planes[0][:, :16] == outside)
    assert np.array_equal(planes[0][0, 16:], np.arange(16))


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_mirrored_square_is_the_picture_turned_over(is_turned: bool) -> None:
    frame = ramp_frame(is_turned=is_turned)
    region = Region(x_px=64.0, y_px=64.0, edge_px=32.0)
    mirrored = fetched(frame, region.mirrored(), 32).astype(int)
    assert np.abs(mirrored[0] - fetched(frame, region, 32)[0][:, ::-1]).max() <= 1


def test_one_frame_is_shown_as_it_is_and_the_next_mirrored() -> None:
    frame, squares = ramp_frame(), SquaresInTurn()
    here = Region(x_px=64.0, y_px=64.0, edge_px=32.0)
    there = Region(x_px=80.0, y_px=64.0, edge_px=32.0)
    shown = [squares.next_of(frame, region) for region in (here, here, here, there, there)]
    assert [each.region.is_mirrored for each in shown] == [False, True, False, True, False]
    assert [each.region.x_px for each in shown] == [64.0, 64.0, 64.0, 80.0, 80.0]
    assert shown[0] is shown[2]
