"""FIT's numbers for sports, both ways; names in words belong to ``domain.activity.sport_names``."""

from types import MappingProxyType

from sidestep.domain.vocabulary.sport import Sport

_SPORTS = MappingProxyType(
    {
        1: Sport.RUN,
        2: Sport.CYCLE,
        5: Sport.SWIM,
        6: Sport.BASKETBALL,
        7: Sport.FOOTBALL,
        8: Sport.TENNIS,
        9: Sport.AMERICAN_FOOTBALL,
        11: Sport.WALK,
        12: Sport.CROSS_COUNTRY_SKI,
        13: Sport.ALPINE_SKI,
        14: Sport.ALPINE_SKI,
        15: Sport.ROW,
        16: Sport.HIKE,
        17: Sport.HIKE,
        21: Sport.CYCLE,
        25: Sport.GOLF,
        30: Sport.SKATE,
        31: Sport.CLIMB,
        33: Sport.SKATE,
        35: Sport.HIKE,
        47: Sport.MARTIAL_ARTS,
        72: Sport.RUGBY,
        73: Sport.HOCKEY,
        75: Sport.VOLLEYBALL,
        80: Sport.MARTIAL_ARTS,
        83: Sport.DANCE,
    }
)
"""FIT ``sport`` to sport; whatever is not listed is ``OTHER``."""

_BY_SUB_SPORT = MappingProxyType(
    {
        (1, 1): Sport.TREADMILL_RUN,
        (1, 3): Sport.TRAIL_RUN,
        (1, 45): Sport.TREADMILL_RUN,
        (1, 58): Sport.TREADMILL_RUN,
    }
)

_SUB_SPORTS = MappingProxyType(
    {
        1: Sport.TREADMILL_RUN,
        5: Sport.CYCLE,
        6: Sport.CYCLE,
        14: Sport.ROW,
        15: Sport.ELLIPTICAL,
        17: Sport.SWIM,
        18: Sport.SWIM,
        19: Sport.YOGA,
        20: Sport.STRENGTH,
        27: Sport.WALK,
        43: Sport.YOGA,
        44: Sport.YOGA,
        45: Sport.TREADMILL_RUN,
        68: Sport.CLIMB,
        69: Sport.CLIMB,
        84: Sport.TENNIS,
        85: Sport.TENNIS,
        92: Sport.ULTIMATE,
        94: Sport.SQUASH,
        95: Sport.BADMINTON,
        96: Sport.SQUASH,
    }
)
"""FIT ``sub_sport`` to sport where ``sport`` itself says too little (fitness equipment, racket)."""

_INDOOR = frozenset({1, 5, 6, 14, 15, 16, 17, 20, 25, 27, 45, 58, 68, 69, 88})

_WRITTEN = MappingProxyType(
    {
        Sport.TRAIL_RUN: (1, 3),
        Sport.TREADMILL_RUN: (1, 1),
        Sport.ELLIPTICAL: (4, 15),
        Sport.STRENGTH: (10, 20),
        Sport.YOGA: (10, 43),
        Sport.ULTIMATE: (70, 92),
        Sport.SQUASH: (64, 94),
        Sport.BADMINTON: (64, 95),
    }
)


def sport_from_fit(sport: int | None, sub_sport: int | None) -> Sport:
    """Return the sport that FIT's two numbers stand for, ``OTHER`` if neither is known."""
    if sport is not None and sub_sport is not None and (sport, sub_sport) in _BY_SUB_SPORT:
        return _BY_SUB_SPORT[sport, sub_sport]
    if sport is not None and sport in _SPORTS:
        return _SPORTS[sport]
    return _SUB_SPORTS.get(sub_sport, Sport.OTHER) if sub_sport is not None else Sport.OTHER


def is_indoor(sub_sport: int | None) -> bool:
    """Whether a FIT sub-sport takes place indoors."""
    return sub_sport in _INDOOR


def fit_from_sport(sport: Sport) -> tuple[int, int]:
    """Return FIT's ``sport`` and ``sub_sport`` for a sport, (0, 0) where FIT has none."""
    if sport in _WRITTEN:
        return _WRITTEN[sport]
    for number, known in _SPORTS.items():
        if known is sport:
            return number, 0
    return 0, 0
