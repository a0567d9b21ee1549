"""How a stored picture becomes an upright one in square pixels: the way the camera was held.

Where people are in it is not known here.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

UPRIGHT = np.eye(2, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """Quarter turns and mirroring, as the file asks for them, and the shape of a pixel.

    Attributes
    ----------
    turn
        Shape (2, 2), int: takes a step to the right and a step down as stored to the same step in
        the upright picture; entries are -1, 0 or 1.
    pixel_aspect
        Width of a stored pixel over its height.
    """

    turn: NDArray[np.int64]
    pixel_aspect: float

    def upright_size_px(self, width: int, height: int) -> tuple[int, int]:
        """Return width and height of the upright picture of a stored one."""
        wide, high = np.abs(self.turn) @ (width * self.pixel_aspect, height)
        return round(float(wide)), round(float(high))

    def stored_from_upright(self, width: int, height: int) -> NDArray[np.float64]:
        """Return shape (2, 3): ``(x, y, 1)`` upright to column and row as stored."""
        shape = np.diag([self.pixel_aspect, 1.0])
        upright_from_stored = self.turn @ shape
        corners = upright_from_stored @ np.array([[0, width, 0, width], [0, 0, height, height]])
        back = np.linalg.inv(upright_from_stored)
        return np.column_stack([back, back @ corners.min(axis=1)])

    def apply(self, stored: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Turn and mirror a picture, shape (h, w, 3); the pixels' shape is not its business."""
        across, down = self.turn.sum(axis=1)
        upright = stored if self.turn[0, 0] else stored.transpose(1, 0, 2)
        if across < 0:
            upright = upright[:, ::-1]
        if down < 0:
            upright = upright[::-1]
        return np.ascontiguousarray(upright)


def read_orientation(display_matrix: bytes | None, pixel_aspect: Fraction | None) -> Orientation:
    """Read the display matrix of a frame: nine fixed-point numbers, of which four turn.

    An odd angle becomes the nearest quarter turn; a matrix that makes no sense is ignored.
    """
    turn = UPRIGHT
    if display_matrix is not None and len(display_matrix) >= 36:
        a, b, _, c, d = np.frombuffer(display_matrix[:36], dtype=np.int32)[:5].tolist()
        found = np.array([[a, c], [b, d]], dtype=np.float64)
        largest = np.abs(found).max()
        if largest > 0:
            rounded = np.rint(found / largest).astype(np.int64)
            if np.array_equal(np.abs(rounded).sum(axis=0), [1, 1]) and np.array_equal(
                np.abs(rounded).sum(axis=1), [1, 1]
            ):
                turn = rounded
    return Orientation(turn=turn, pixel_aspect=float(pixel_aspect) if pixel_aspect else 1.0)
