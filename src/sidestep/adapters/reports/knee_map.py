"""Draws the two knees from the front and marks where it hurts; the zones' names are the map's."""

from collections.abc import Iterable, Mapping

from sidestep.adapters.reports.palette import INK, LINE, SKIN, SOFT, TEAL, TYPEFACE
from sidestep.languages.language import Language
from sidestep.services.knee.knee_shape import ALL_OVER, BACK, FRONT, HEIGHT, WIDTH, View, Zone
from sidestep.services.ports.report_pages import KneeMap

_WIDTH, _HEIGHT = 250, 178
_LEG_SHIFT = {"right": 0, "left": 150}
_LEG_WIDTH = 100
_MIDDLE = _WIDTH / 2
_BACK_Y = 92
# At the map's smallest, 40 mm wide, this is 6.5 points.
_TYPE = 14.4


_SCALE = _LEG_WIDTH / WIDTH
"""The printed legs are smaller than the drawing they are taken from."""

_TOP = _HEIGHT - _SCALE * HEIGHT - 4
_BACK_SCALE = 0.4
_ALL_OVER = "all_over"
_ZONES: Mapping[str, Zone] = {**FRONT.zones, _ALL_OVER: ALL_OVER}


def knee_map_svg(knee: KneeMap, reader: Language) -> str:
    """Return the map as SVG: worst place solid, other places hatched, the sore side named in bold.

    Unknown zone names are not drawn; the caption beside the map says every answer in words.
    """
    sides = {"both": ("right", "left"), "": ()}.get(knee.side, (knee.side,))
    legs = "".join(_leg(side, knee, reader, is_sore=side in sides) for side in _LEG_SHIFT)
    has_back = "back" in knee.zones or knee.worst_zone == "back"
    back = _back(knee, reader) if has_back else _middle_labels(reader)
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


def _leg(side: str, knee: KneeMap, reader: Language, *, is_sore: bool) -> str:
    shift = _LEG_SHIFT[side]
    place = f"translate({shift},{_TOP}) scale({_SCALE:.4f})"
    if side == "left":
        place = f"translate({shift + _LEG_WIDTH},{_TOP}) scale({-_SCALE:.4f},{_SCALE:.4f})"
    tone, stroke = (SKIN, INK) if is_sore else ("#ffffff", LINE)
    marks = _marks(knee) if is_sore else ""
    weight = "bold" if is_sore else "normal"
    name = reader.gettext(side).upper()
    return (
        f'<g transform="{place}"><path d="{FRONT.outline}" fill="{tone}" stroke="{stroke}" '
        f'stroke-width="1.3"/><g fill="none" stroke="{SOFT if is_sore else LINE}" '
        f'stroke-width="1" stroke-linecap="round"><path d="{_lines(FRONT)}"/></g>{marks}</g>'
        + _text(shift + _LEG_WIDTH / 2, _HEIGHT + 12, name, INK if is_sore else SOFT, weight)
    )


def _marks(knee: KneeMap) -> str:
    others = [zone for zone in knee.zones if zone != knee.worst_zone]
    worst = [knee.worst_zone] if knee.worst_zone else []
    # The widest goes first, so that a smaller mark is never hidden under "all over".
    ordered = sorted(_known(others), key=lambda zone: -zone.rx)
    return "".join(_ellipse(zone, is_worst=False) for zone in ordered) + "".join(
        _ellipse(zone, is_worst=True) for zone in _known(worst)
    )


def _lines(view: View) -> str:
    return " ".join((*view.bones, *view.muscles))


def _known(names: Iterable[str]) -> list[Zone]:
    return [_ZONES[name] for name in names if name in _ZONES]


def _ellipse(zone: Zone, *, is_worst: bool) -> str:
    shape = f'cx="{zone.x}" cy="{zone.y}" rx="{zone.rx}" ry="{zone.ry}"'
    if zone is ALL_OVER:
        width = 3 if is_worst else 1.6
        return (
            f'<ellipse {shape} fill="none" stroke="{TEAL}" stroke-width="{width}" '
            'stroke-dasharray="5 3"/>'
        )
    fill = INK if is_worst else "url(#hatch)"
    return f'<ellipse {shape} fill="{fill}" stroke="{INK}" stroke-width="1.2"/>'


def _back(knee: KneeMap, reader: Language) -> str:
    x, y = _MIDDLE, _BACK_Y
    zone = BACK.zones["back"]
    left, top = x - _BACK_SCALE * WIDTH / 2, y - _BACK_SCALE * HEIGHT / 2
    mark = _ellipse(zone, is_worst=knee.worst_zone == "back")
    return (
        f'<g transform="translate({left},{top}) scale({_BACK_SCALE})"><path d="{BACK.outline}" '
        f'fill="{SKIN}" stroke="{INK}" stroke-width="2.4"/><path d="{_lines(BACK)}" fill="none" '
        f'stroke="{SOFT}" stroke-width="1.6"/>{mark}</g>'
        + _text(x, y + 52, reader.gettext("from behind"), SOFT)
        + _from_the_front(reader)
    )


def _from_the_front(reader: Language) -> str:
    return _two_lines(reader.gettext("from the front"), 12, 26)


def _middle_labels(reader: Language) -> str:
    return (
        _from_the_front(reader)
        + _two_lines(reader.gettext("inner sides"), 71, 93)
        + f'<path d="M90,77 L160,77 M95,74.5 L90,77 L95,79.5 M155,74.5 L160,77 L155,79.5" '
        f'fill="none" stroke="{SOFT}" stroke-width="0.8"/>'
    )


def _two_lines(words: str, first_y: float, second_y: float) -> str:
    """Set words between the legs, where there is room for one beside another but not for two."""
    first, _, rest = words.partition(" ")
    return _text(_MIDDLE, first_y, first, SOFT) + _text(_MIDDLE, second_y, rest, SOFT)


def _text(x: float, y: float, words: str, tone: str, weight: str = "normal") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{_TYPE}" fill="{tone}" font-weight="{weight}" '
        f'text-anchor="middle">{words}</text>'
    )
