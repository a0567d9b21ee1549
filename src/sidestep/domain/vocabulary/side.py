"""Left and right, always a parameter and never two copies."""

from enum import StrEnum


class Side(StrEnum):
    """A side of the body, the runner's own."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def mirrored(self) -> "Side":
        """The other side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT
