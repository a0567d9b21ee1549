"""The knee as it is drawn, on a screen and on paper: its outline, its landmarks, its places.

Everything is the right knee; outer is towards smaller ``x`` from the front and towards larger ``x``
from behind. A left knee is its mirror image. How it is painted is the painter's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH, HEIGHT = 120, 190
"""The drawing's own units. A place is 27 across, a thumb's width where it is drawn for thumbs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A place as an ellipse around its middle."""

    x: float
    y: float
    rx: float
    ry: float


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A knee from one side.

    Attributes
    ----------
    outline
        The leg from above the knee to below it, as SVG path data.
    bones
        Bone and tendon that show through: drawn clearly.
    muscles
        The lines between muscles: drawn faintly.
    zones
        Places by the id of their option in the question where it hurts.
    """

    outline: str
    bones: tuple[str, ...]
    muscles: tuple[str, ...]
    zones: Mapping[str, Zone]


FRONT = View(
    outline=(
        "M14,0 C15,22 19,42 22,57 S23.5,79 24,88 S26,103 25.5,112 S17,136 17.5,151 S24,179 28,190 "
        "L90,190 C95,179 102,166 102.5,150 S96,124 95.5,112 S97.5,98 97,88 S99,72 101.5,58 "
        "S107,22 107,0 Z"
    ),
    bones=(
        # The kneecap, the tendon above it, the tendon below it and the bump where that ends.
        "M60,64 C69,63.5 76,70 75.5,80 C75,90.5 67,97.5 60,101 C53,97.5 45,90.5 44.5,80 "
        "C44,70 51,63.5 60,64 Z",
        "M52,66 C53,56 52,46 50,37 M68,66 C67,56 68,46 70,37",
        "M54,99 C55.5,109 55.5,118 54.5,127 M66,99 C64.5,109 64.5,118 65.5,127",
        "M53,131 C55.5,127 64.5,127 67,131",
        # The gap of the joint on both sides, and the head of the fibula.
        "M27,98 C34,103 42,103.5 49,100 M94,98 C87,103 78,103.5 71,100",
        "M27.5,121 C27.5,116 36,116 36.5,121 C37,126 34,129 31,131",
    ),
    muscles=(
        "M86,20 C97,34 98,54 83,63 C78,58 76,48 77,38",
        "M34,10 C27,28 29,48 39,61",
        "M50,37 C49,24 51,12 54,2 M70,37 C71,24 70,12 67,2",
        "M21,26 C25,52 29,80 33,106",
        "M57,137 C58,156 57,174 54,190",
        "M92,128 C97,146 94,166 86,184 M29,138 C25,152 29,170 35,186",
    ),
    zones={
        "front_above": Zone(x=60, y=46, rx=14, ry=13.5),
        "front_kneecap": Zone(x=60, y=82, rx=15.5, ry=18),
        "front_below": Zone(x=60, y=118.5, rx=14, ry=14),
        "outer_above": Zone(x=29.5, y=64, rx=13.5, ry=14.5),
        "outer_joint_line": Zone(x=29.5, y=95, rx=13.5, ry=14),
        "outer_below": Zone(x=29.5, y=126, rx=13.5, ry=14.5),
        "inner_above": Zone(x=91, y=64, rx=13.5, ry=14.5),
        "inner_joint_line": Zone(x=91, y=95, rx=13.5, ry=14),
        "inner_below": Zone(x=91, y=126, rx=13.5, ry=14.5),
    },
)

BACK = View(
    outline=(
        "M106,0 C105,22 101,42 98,57 S96.5,79 96,88 S94,103 94.5,112 S103,136 102.5,151 S96,179 "
        "92,190 L30,190 C25,179 18,166 17.5,150 S24,124 24.5,112 S22.5,98 23,88 S21,72 18.5,58 "
        "S13,22 13,0 Z"
    ),
    bones=(
        # The crease, and the hamstring tendons that frame the hollow.
        "M33,90 C46,96 74,96 87,90",
        "M42,28 C41,50 37,68 31,84 M47,40 C46,54 42,68 37,80",
        "M79,26 C80,48 83,66 90,84",
    ),
    muscles=(
        "M60,2 C59,16 59,26 60,36",
        "M60,106 C49,107 38,118 35,138 C33,156 40,172 50,184",
        "M60,106 C71,107 82,118 85,138 C87,156 80,172 70,184",
        "M60,106 C60,128 60,150 60,172",
    ),
    zones={"back": Zone(x=60, y=87, rx=29, ry=28.5)},
)

ALL_OVER = Zone(x=60, y=88, rx=47, ry=62)
"""Around the whole joint, where somebody cannot or need not be more exact."""
