"""Which row of a pose is which point of the body: the one place that knows left from right.

How points are found in a picture is not known here.
"""

from enum import IntEnum

from sidestep.domain.vocabulary.side import Side


class Keypoint(IntEnum):
    """Rows of a pose; sides are the person's own.

    What no measure and no picture needs, such as the face, is not kept: of a clip of half an hour
    it would be most of the memory.
    """

    LEFT_SHOULDER = 0
    RIGHT_SHOULDER = 1
    LEFT_ELBOW = 2
    RIGHT_ELBOW = 3
    LEFT_WRIST = 4
    RIGHT_WRIST = 5
    LEFT_HIP = 6
    RIGHT_HIP = 7
    LEFT_KNEE = 8
    RIGHT_KNEE = 9
    LEFT_ANKLE = 10
    RIGHT_ANKLE = 11
    LEFT_HEEL = 12
    RIGHT_HEEL = 13
    LEFT_TOE = 14
    RIGHT_TOE = 15


N_KEYPOINTS = len(Keypoint)


def keypoint(part: str, side: Side) -> Keypoint:
    """Return the row of one sided part, such as ``keypoint("knee", Side.LEFT)``.

    Raises
    ------
    KeyError
        There is no such part.
    """
    return Keypoint[f"{side.value}_{part}".upper()]


MIRRORED = tuple(row + 1 if row % 2 == 0 else row - 1 for row in range(N_KEYPOINTS))
"""For each row, the row of the same point on the other side."""
