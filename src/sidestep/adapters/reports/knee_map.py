"""Draws the two knees from the front and marks where it hurts; the zones' names are the map's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sidestep.adapters.reports.palette import INK, LINE, SKIN, SOFT, TEAL, TYPEFACE
from sidestep.services.ports.report_pages import KneeMap

_WIDTH, _HEIGHT = 250, 178
_LEG_SHIFT = {"right": 0, "left": 150}
_LEG_WIDTH = 100
_MIDDLE = _WIDTH / 2
_BACK_Y = 92
# At the map's smallest, 40 mm wide, this is 6.5 points.
_TYPE = 14.4


@dataclass(frozen=True, slots=True)
class _Zone:
    """An ellipse on the right knee seen from the front; outer is towards smaller x."""

    x: float
    y: float
    rx: float
    ry: float


_ZONES: Mapping[str, _Zone] = {
    "front_above": _Zone(50, 40, 13, 9),
    "front_kneecap": _Zone(50, 66, 13.5, 15),
    "front_below": _Zone(50, 95, 8.5, 11),
    "outer_above": _Zone(30.5, 50, 6.5, 11),
    "outer_joint_line": _Zone(30, 76, 6, 8),
    "outer_below": _Zone(30, 99, 6, 10),
    "inner_above": _Zone(70, 50, 6.5, 11),
    "inner_joint_line": _Zone(70, 76, 6, 8),
    "inner_below": _Zone(70, 99, 6, 10),
    "all_over": _Zone(50, 72, 29, 46),
}

_OUTLINE = (
    "M13,4 C13,26 19,40 22,56 C23.5,64 22,70 23,79 C24,91 15,108 20,134 C22,146 25,158 27,172 "
    "L67,172 C70,158 75,146 78,134 C83,110 75,91 77,79 C78,70 76,64 78,56 C81,40 88,26 88,4 Z"
)
_LANDMARKS = (
    '<ellipse cx="50" cy="66" rx="13.5" ry="15"/>'
    '<path d="M44,80 C46,90 47,94 46.5,101 M56,80 C54,90 53,94 53.5,101"/>'
    '<path d="M45,106 C47,103 53,103 55,106"/>'
    '<path d="M25,77 C29,80 33,80 36,78 M75,77 C71,80 67,80 64,78"/>'
    '<path d="M63,22 C72,32 74,44 67,51 M36,24 C30,34 29,42 31,48"/>'
    '<path d="M50,112 C49,130 48,150 47,168"/>'
)


def knee_map_svg(knee: KneeMap) -> str:
    """Return the map as SVG: worst place solid, other places hatched, the sore side named in bold.

    Unknown zone names are not drawn; the caption beside the map says every answer in words.
    """
    sides = {"both": ("right", "left"), "": ()}.get(knee.side, (knee.side,))
    legs = "".join(_leg(side, knee, is_sore=side in sides) for side in _LEG_SHIFT)
    back = _back(knee) if "back" in knee.zones or knee.worst_zone == "back" else _middle_labels()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT + 18}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT + 18}" font-family="{TYPEFACE}">'
        f"{_hatch()}{legs}{back}</svg>"
    )


def _hatch() -> str:
    return (
        '<defs><pattern id="hatch" width="3.4" height="3.4" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="3.4" height="3.4" fill="#ffffff"/>'
        f'<rect width="1.5" height="3.4" fill="{TEAL}"/></pattern></defs>'
    )


def _leg(side: str, knee: KneeMap, *, is_sore: bool) -> str:
    shift = _LEG_SHIFT[side]
    place = f"translate({shift},0)"
    if side == "left":
        place = f"translate({shift + _LEG_WIDTH},0) scale(-1,1)"
    tone, stroke = (SKIN, INK) if is_sore else ("#ffffff", LINE)
    marks = _marks(knee) if is_sore else ""
    weight = "bold" if is_sore else "normal"
    return (
        f'<g transform="{place}"><path d="{_OUTLINE}" fill="{tone}" stroke="{stroke}" '
        f'stroke-width="1.3"/><g fill="none" stroke="{SOFT if is_sore else LINE}" '
        f'stroke-width="0.8" stroke-linecap="round">{_LANDMARKS}</g>{marks}</g>'
        + _text(
            shift + _LEG_WIDTH / 2, _HEIGHT + 12, side.upper(), INK if is_sore else SOFT, weight
        )
    )


def _marks(knee: KneeMap) -> str:
    others = [zone for zone in knee.zones if zone != knee.worst_zone]
    worst = [knee.worst_zone] if knee.worst_zone else []
    # The widest goes first, so that a smaller mark is never hidden under "all over".
    ordered = sorted(_known(others), key=lambda zone: -zone.rx)
    return "".join(_ellipse(zone, is_worst=False) for zone in ordered) + "".join(
        _ellipse(zone, is_worst=True) for zone in _known(worst)
    )


def _known(names: Iterable[str]) -> list[_Zone]:
    return [_ZONES[name] for name in names if name in _ZONES]


def _ellipse(zone: _Zone, *, is_worst: bool) -> str:
    shape = f'cx="{zone.x}" cy="{zone.y}" rx="{zone.rx}" ry="{zone.ry}"'
    if zone is _ZONES["all_over"]:
        width = 3 if is_worst else 1.6
        return (
            f'<ellipse {shape} fill="none" stroke="{TEAL}" stroke-width="{width}" '
            'stroke-dasharray="5 3"/>'
        )
    fill = INK if is_worst else "url(#hatch)"
    return f'<ellipse {shape} fill="{fill}" stroke="{INK}" stroke-width="1.2"/>'


def _back(knee: KneeMap) -> str:
    x, y = _MIDDLE, _BACK_Y
    fill = INK if knee.worst_zone == "back" else "url(#hatch)"
    return (
        f'<g transform="translate({x - 20},{y - 38})"><path d="M2,0 C3,22 8,30 8,38 C8,48 3,56 '
        f'7,76 L33,76 C37,56 32,48 32,38 C32,30 37,22 38,0 Z" fill="{SKIN}" stroke="{INK}" '
        f'stroke-width="1"/><path d="M12,26 C16,34 16,42 12,50 M28,26 C24,34 24,42 28,50" '
        f'fill="none" stroke="{SOFT}" stroke-width="0.8"/><ellipse cx="20" cy="38" rx="8" ry="10" '
        f'fill="{fill}" stroke="{INK}" stroke-width="1.2"/></g>'
        + _text(x, y + 52, "from behind", SOFT)
        + _from_the_front()
    )


def _from_the_front() -> str:
    return _text(_MIDDLE, 12, "from", SOFT) + _text(_MIDDLE, 26, "the front", SOFT)


def _middle_labels() -> str:
    return (
        _from_the_front()
        + _text(_MIDDLE, 71, "inner", SOFT)
        + _text(_MIDDLE, 93, "sides", SOFT)
        + f'<path d="M90,77 L160,77 M95,74.5 L90,77 L95,79.5 M155,74.5 L160,77 L155,79.5" '
        f'fill="none" stroke="{SOFT}" stroke-width="0.8"/>'
    )


def _text(x: float, y: float, words: str, tone: str, weight: str = "normal") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{_TYPE}" fill="{tone}" font-weight="{weight}" '
        f'text-anchor="middle">{words}</text>'
    )
