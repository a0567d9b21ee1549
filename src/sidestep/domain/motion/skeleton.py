"""Which row of a pose is which point of the body: the one place that knows left from right.

How points are found in a picture is not known here.
"""

from enum import IntEnum

from sidestep.domain.vocabulary.side import Side

N_KEYPOINTS = 33


class Keypoint(IntEnum):
    """Rows of a pose, in the order of the BlazePose topology; sides are the person's own."""

    NOSE = 0
    LEFT_EAR = 7
    RIGHT_EAR = 8
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_TOE = 31
    RIGHT_TOE = 32


def keypoint(part: str, side: Side) -> Keypoint:
    """Return the row of one sided part, such as ``keypoint("knee", Side.LEFT)``.

    Raises
    ------
    KeyError
        There is no such part.
    """
    return Keypoint[f"{side.value}_{part}".upper()]


_FACE_MIRRORED = (0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9)
MIRRORED = _FACE_MIRRORED + tuple(
    row + 1 if row % 2 else row - 1 for row in range(len(_FACE_MIRRORED), N_KEYPOINTS)
)
"""For each row, the row of the same point on the other side."""
