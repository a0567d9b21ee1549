"""The fixed list of sports, and which way each moves the body; not the words files use for them."""

from enum import StrEnum


class Direction(StrEnum):
    """How a sport loads the legs: only forwards, in every direction, or on the spot."""

    LINEAR = "linear"
    MULTIDIRECTIONAL = "multidirectional"
    IN_PLACE = "in_place"
    UNKNOWN = "unknown"


class Sport(StrEnum):
    """What was done, in one word; ``OTHER`` when the file does not say."""

    RUN = "run"
    TRAIL_RUN = "trail_run"
    TREADMILL_RUN = "treadmill_run"
    WALK = "walk"
    HIKE = "hike"
    CYCLE = "cycle"
    SWIM = "swim"
    ROW = "row"
    ELLIPTICAL = "elliptical"
    CROSS_COUNTRY_SKI = "cross_country_ski"
    FOOTBALL = "football"
    AMERICAN_FOOTBALL = "american_football"
    ULTIMATE = "ultimate"
    TENNIS = "tennis"
    BADMINTON = "badminton"
    SQUASH = "squash"
    BASKETBALL = "basketball"
    HANDBALL = "handball"
    VOLLEYBALL = "volleyball"
    HOCKEY = "hockey"
    RUGBY = "rugby"
    SKATE = "skate"
    ALPINE_SKI = "alpine_ski"
    DANCE = "dance"
    CLIMB = "climb"
    SLIDE_BOARD = "slide_board"
    MARTIAL_ARTS = "martial_arts"
    GOLF = "golf"
    STRENGTH = "strength"
    YOGA = "yoga"
    OTHER = "other"

    @property
    def direction(self) -> Direction:
        """Which way this sport moves the body."""
        return _DIRECTIONS[self]

    @property
    def is_running(self) -> bool:
        """Whether every step of it is a running step."""
        return self in RUNNING


RUNNING = frozenset({Sport.RUN, Sport.TRAIL_RUN, Sport.TREADMILL_RUN})

_LINEAR = RUNNING | {
    Sport.WALK,
    Sport.HIKE,
    Sport.CYCLE,
    Sport.SWIM,
    Sport.ROW,
    Sport.ELLIPTICAL,
    Sport.CROSS_COUNTRY_SKI,
}
_IN_PLACE = frozenset({Sport.STRENGTH, Sport.YOGA, Sport.GOLF})
_DIRECTIONS = {
    sport: Direction.LINEAR
    if sport in _LINEAR
    else Direction.IN_PLACE
    if sport in _IN_PLACE
    else Direction.UNKNOWN
    if sport is Sport.OTHER
    else Direction.MULTIDIRECTIONAL
    for sport in Sport
}
