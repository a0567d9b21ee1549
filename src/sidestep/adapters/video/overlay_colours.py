"""The colours on a clip; each also differs in lightness or stands beside a letter or a shape."""

from sidestep.adapters.video.overlay_canvas import Colour
from sidestep.domain.vocabulary.side import Side

SIDE = {Side.LEFT: Colour("#1f5fc4"), Side.RIGHT: Colour("#ffa800")}
"""A dark blue and a light amber: apart for every kind of colour vision and in grey."""

ON_SIDE = {Side.LEFT: Colour("#ffffff"), Side.RIGHT: Colour("#10201f")}
"""What is written on a side's colour."""

WHITE = Colour("#ffffff")
INK = Colour("#10201f")
SHADE = Colour("#10201f", 0.62)
FAINT = Colour("#ffffff", 0.30)
QUIET = Colour("#ffffff", 0.72)
INWARD = Colour("#f0328c")
"""Only ever an arrow; outward is a plain white bar."""
