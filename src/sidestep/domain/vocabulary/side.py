"""The two sides of a body, always the person's own; not where they lie in a picture."""

from enum import StrEnum


class Side(StrEnum):
    """The person's own left or right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT

    @property
    def letter(self) -> str:
        """``L`` or ``R``: what stands beside a colour, so that colour never stands alone."""
        return self.value[0].upper()
