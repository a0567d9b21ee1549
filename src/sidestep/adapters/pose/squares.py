"""Shows the landmark network its square as it is and mirrored, in turn."""

from sidestep.adapters.pose.crop import Crop
from sidestep.adapters.pose.landmark_network import square_of
from sidestep.adapters.pose.region import Region
from sidestep.services.ports.frames import Frame


class SquaresInTurn:
    """The squares to fetch from frame after frame.

    The network places each point a little aside, on every body and in every light in its own way.
    On the mirrored picture it does so independently enough that the mean of both is closer. One
    frame as it is and the next mirrored costs nothing, and the low-pass that follows takes exactly
    the mean: what changes with every frame is the one frequency that it lets nothing of through.
    """

    def __init__(self) -> None:
        self._in_turn: tuple[Crop, Crop] | None = None
        self._is_mirrored_next = False

    def next_of(self, frame: Frame, region: Region) -> Crop:
        """Return the square of a region that this frame is to be looked at in."""
        if self._in_turn is None or self._in_turn[0].region is not region:
            self._in_turn = square_of(frame, region), square_of(frame, region.mirrored())
        square = self._in_turn[self._is_mirrored_next]
        self._is_mirrored_next = not self._is_mirrored_next
        return square
