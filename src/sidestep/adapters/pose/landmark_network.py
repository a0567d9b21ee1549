"""Finds the joints of one person inside the square around her; choosing it stands elsewhere."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.pose.crop import Crop, cut_out
from sidestep.adapters.pose.model_files import PoseModels
from sidestep.adapters.pose.region import Region
from sidestep.adapters.pose.runtime import compile_network, tie_planes
from sidestep.domain.motion.skeleton import MIRRORED, N_KEYPOINTS
from sidestep.services.ports.frames import Frame

CROP_PX = 256
HIPS, RIM = N_KEYPOINTS, N_KEYPOINTS + 1
"""Rows behind the keypoints: the middle and the upper rim of the circle around the body."""

_FIRST_OF_PARTS = (11, 13, 15, 23, 25, 27, 29, 31)
_BODY_CIRCLE = (33, 34)
_ROWS = np.array(
    [row + side for row in _FIRST_OF_PARTS for side in (0, 1)] + list(_BODY_CIRCLE), dtype=np.intp
)
"""Where the network tells what is kept, in the order of ``Keypoint``: left before right."""

_AS_IT_IS = np.arange(N_KEYPOINTS + len(_BODY_CIRCLE))
_AS_MIRRORED = np.array([*MIRRORED, HIPS, RIM])
"""Which row holds the person's point, in a square as it is and in a mirrored one."""

_VALUES_PER_POINT = 5
_MAP = 64
_REACH = 3
_PEAK_NEEDED = 0.5
"""A map that is nowhere surer than this says nothing about where its point is."""
_LARGEST_LOGIT = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Joints:
    """What the network saw in one square.

    Attributes
    ----------
    xy_px
        Shape (18, 2), in the upright picture: the keypoints, then the body's circle.
    score
        Shape (16,), 0 to 1: the lesser of "in the picture" and "not hidden".
    presence
        0 to 1: that there is a person at all.
    """

    xy_px: NDArray[np.float64]
    score: NDArray[np.float64]
    presence: float


class LandmarkNetwork:
    """A BlazePose landmark network with nothing in it but the points.

    Parameters
    ----------
    models
        The networks' files; the landmark network is taken.
    rgb_from_yuv
        Shape (3, 4), as in ``Layout``.
    streams
        Squares worked on at once, one thread each.
    """

    def __init__(
        self, models: PoseModels, rgb_from_yuv: NDArray[np.float64], *, streams: int
    ) -> None:
        self._score_shift = models.score_shift
        self._compiled = compile_network(
            models.landmarks,
            outputs=("Identity", "Identity_1", "Identity_3"),
            crop_px=CROP_PX,
            rgb_from_yuv=rgb_from_yuv,
            lowest=0.0,
            streams=streams,
        )

    def request(self) -> "LandmarkRequest":
        """Make room for one square to be worked on."""
        return LandmarkRequest(self._compiled.create_infer_request(), self._score_shift)


class LandmarkRequest:
    """Works on one square at a time; several of them work side by side."""

    def __init__(self, request: Any, score_shift: float) -> None:
        self._request = request
        self._score_shift = score_shift
        self._planes = tie_planes(request, CROP_PX)
        self._region: Region | None = None

    def start(self, frame: Frame, crop: Crop) -> None:
        """Fetch the square and begin; returns at once."""
        crop.fetch(frame, self._planes)
        self._region = crop.region
        self._request.start_async()

    @property
    def luma(self) -> NDArray[np.uint8]:
        """Brightness of the square last begun, shape (n, n)."""
        luma: NDArray[np.uint8] = self._planes[0]
        return luma

    def wait(self) -> Joints:
        """Wait for the square last begun.

        In a mirrored square the network calls left what is the person's right.
        """
        # Nothing can be waited for before it has begun.
        assert self._region is not None  # noqa: S101
        self._request.wait()
        points = self._request.get_output_tensor(0).data.reshape(-1, _VALUES_PER_POINT)[_ROWS]
        presence = self._request.get_output_tensor(1).data
        logits = points[:N_KEYPOINTS, 3:5].astype(np.float64).min(axis=1) + self._score_shift
        maps = self._request.get_output_tensor(2).data[0]
        xy = refined(points[:, :2].astype(np.float64) / CROP_PX, maps, _ROWS)
        rows = _AS_MIRRORED if self._region.is_mirrored else _AS_IT_IS
        score = 1 / (1 + np.exp(-np.clip(logits, -_LARGEST_LOGIT, _LARGEST_LOGIT)))
        return Joints(
            xy_px=self._region.from_unit(xy[rows]),
            score=score[rows[:N_KEYPOINTS]],
            presence=float(presence.ravel()[0]),
        )


def refined(
    xy: NDArray[np.float64], maps: NDArray[np.float32], layers: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Move each point to the centre of the peak that its own map shows around it.

    The network tells every point twice, as two numbers and as a map of likelihood. The numbers
    say which peak is meant, the map where it is: on clips with known truth that halves the error.

    Parameters
    ----------
    xy
        Shape (n, 2), 0 to 1.
    maps
        Shape (64, 64, k), logits, row by row.
    layers
        Shape (n,), which of the k is whose.

    Returns
    -------
    ndarray
        Shape (n, 2); points whose map is unsure, or does not reach there, stay.
    """
    around = np.arange(-_REACH, _REACH + 1)
    cell = np.floor(xy * _MAP).astype(np.intp)
    columns, rows = cell[:, 0, None] + around, cell[:, 1, None] + around
    is_inside = ((columns >= 0) & (columns < _MAP))[:, None, :]
    is_inside = is_inside & ((rows >= 0) & (rows < _MAP))[:, :, None]
    at = (
        rows.clip(0, _MAP - 1)[:, :, None],
        columns.clip(0, _MAP - 1)[:, None, :],
        layers[:, None, None],
    )
    logits = np.clip(maps[at].astype(np.float64), -_LARGEST_LOGIT, _LARGEST_LOGIT)
    likelihood = np.where(is_inside, 1 / (1 + np.exp(-logits)), 0.0)
    is_sure = likelihood.max(axis=(1, 2)) >= _PEAK_NEEDED
    total = np.maximum(likelihood.sum(axis=(1, 2)), 1e-12)
    x = (likelihood * columns[:, None, :]).sum(axis=(1, 2)) / total
    y = (likelihood * rows[:, :, None]).sum(axis=(1, 2)) / total
    return np.where(is_sure[:, None], np.column_stack([x, y]) / _MAP, xy)


def square_of(frame: Frame, region: Region) -> Crop:
    """Prepare the square a region names for all frames laid out like this one."""
    return cut_out(frame, region, CROP_PX)
