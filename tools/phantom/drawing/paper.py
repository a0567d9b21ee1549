"""Draws people and props on light paper, finely, with soft shadows where they touch the floor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import moderngl  # type: ignore[import-not-found, unused-ignore]
import numpy as np

from phantom.camera import Eye
from phantom.rotations import Floats, normalised
from phantom.stage import projection

PAPER = (250, 248, 244)
_LIT = (234, 88, 48)
_SHADOW_PX = 256
_SHADOW_M = 3.6
_SHADE_FADES_M = 0.16
_BRIGHT = 0.05

_MOVE = """
#version 330
uniform mat4 camera;
in vec3 at; in vec3 normal; in vec4 colour;
out vec3 where; out vec3 facing; out vec4 tint;
void main() {
    where = at; facing = normal; tint = colour;
    gl_Position = camera * vec4(at, 1.0);
}
"""
_SHOW = """
#version 330
uniform vec3 eye; uniform vec3 key; uniform vec3 fill; uniform vec3 lit_colour;
uniform sampler2D shadow; uniform vec3 shadow_place; uniform float takes_shadow;
uniform vec3 paper; uniform float flat_share;
in vec3 where; in vec3 facing; in vec4 tint;
out vec4 seen;
void main() {
    vec3 n = normalize(facing);
    vec3 v = normalize(eye - where);
    if (dot(n, v) < 0.0) n = -n;
    float light = 0.58 + 0.38 * max(dot(n, key), 0.0) + 0.16 * max(dot(n, fill), 0.0) + 0.09 * n.z;
    float rim = 1.0 - max(dot(n, v), 0.0);
    light *= 1.0 - 0.34 * rim * rim * rim;
    // The working muscle is no skin that lies in shade: it has to be found on the underside too.
    light = mix(light, max(light, 0.95), tint.a);
    vec3 colour = mix(tint.rgb, lit_colour, 0.92 * tint.a) * mix(light, 1.0, flat_share);
    colour += tint.a * 0.05;
    if (takes_shadow > 0.5) {
        vec2 place = (where.xy - shadow_place.xy) / shadow_place.z + 0.5;
        float dark = texture(shadow, place).r;
        if (place.x < 0.0 || place.y < 0.0 || place.x > 1.0 || place.y > 1.0) dark = 0.0;
        colour *= 1.0 - 0.42 * dark * smoothstep(0.3, 0.8, n.z);
    }
    seen = vec4(colour, 1.0);
}
"""
_GLOW = """
#version 330
uniform vec3 lit_colour;
in vec3 where; in vec3 facing; in vec4 tint;
out vec4 seen;
void main() { seen = vec4(lit_colour, 0.20 * tint.a); }
"""
_FROM_ABOVE = """
#version 330
uniform vec3 shadow_place;
in vec3 at;
out float height;
void main() {
    height = at.z;
    gl_Position = vec4((at.xy - shadow_place.xy) / shadow_place.z * 2.0, 0.0, 1.0);
}
"""
_DARKEN = """
#version 330
uniform float fades;
in float height;
out vec4 seen;
void main() { seen = vec4(exp(-max(height, 0.0) / fades)); }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Triangles with colours (n, 3) from 0 to 1, how strongly each point is lit, and its kind."""

    points: Floats
    normals: Floats
    triangles: np.ndarray
    colours: Floats
    lit: Floats
    casts_shadow: bool = True
    takes_shadow: bool = False
    flat_share: float = 0.0


class Paper:
    """A drawing surface of a size, ``finer`` times as fine while it is drawn on."""

    def __init__(self, width_px: int, height_px: int, finer: int) -> None:
        self._size, self._finer = (width_px, height_px), finer
        self._gl = moderngl.create_context(standalone=True, backend="egl")
        self._gl.enable(moderngl.DEPTH_TEST)
        self._program = self._gl.program(vertex_shader=_MOVE, fragment_shader=_SHOW)
        self._glow = self._gl.program(vertex_shader=_MOVE, fragment_shader=_GLOW)
        self._above = self._gl.program(vertex_shader=_FROM_ABOVE, fragment_shader=_DARKEN)
        fine = (width_px * finer, height_px * finer)
        self._picture = self._gl.framebuffer(
            [self._gl.renderbuffer(fine, 3)], self._gl.depth_renderbuffer(fine)
        )
        self._shadow = self._gl.texture((_SHADOW_PX, _SHADOW_PX), 1)
        self._shadow_target = self._gl.framebuffer([self._gl.texture((_SHADOW_PX, _SHADOW_PX), 1)])

    def draw(self, eye: Eye, shown: Sequence[Shown], middle: Floats) -> np.ndarray:
        """Return the picture (height, width, 3) uint8; shadows fall round ``middle``."""
        place = np.array([middle[0], middle[1], _SHADOW_M])
        self._cast(shown, place)
        self._picture.use()
        self._picture.clear(*(channel / 255 for channel in PAPER), 1.0)
        toward = -eye.forwards
        values = {
            "camera": projection(eye).T,
            "eye": eye.position,
            "key": normalised(0.55 * toward - 0.5 * eye.right + np.array([0.0, 0.0, 0.75])),
            "fill": normalised(toward + 1.1 * eye.right),
            "lit_colour": np.array(_LIT) / 255,
            "shadow_place": place,
        }
        for program in (self._program, self._glow):
            for name, value in values.items():
                if name in program:
                    _member(program, name).write(np.asarray(value).astype("f4").tobytes())
        self._shadow.use(0)
        for each in shown:
            _member(self._program, "takes_shadow").value = float(each.takes_shadow)
            _member(self._program, "flat_share").value = each.flat_share
            self._render_shown(self._program, each, each.triangles)
        self._shine_through(shown)
        width, height = self._size
        pixels = np.frombuffer(self._picture.read(components=3, alignment=1), dtype=np.uint8)
        parts = pixels.reshape(height, self._finer, width, self._finer, 3)
        mean = parts.mean(axis=(1, 3), dtype=np.float32)
        return np.ascontiguousarray(mean[::-1].round().astype(np.uint8))

    def _shine_through(self, shown: Sequence[Shown]) -> None:
        """Let muscles that are on the far side be seen faintly through what hides them."""
        self._gl.enable(moderngl.BLEND)
        self._gl.depth_func = ">"
        for each in shown:
            bright = each.triangles[each.lit[each.triangles].max(axis=1) > _BRIGHT]
            if len(bright):
                self._render_shown(self._glow, each, bright)
        self._gl.depth_func = "<"
        self._gl.disable(moderngl.BLEND)

    def _render_shown(self, program: Any, each: Shown, triangles: np.ndarray) -> None:
        table = np.concatenate([each.points, each.normals, each.colours, each.lit[:, None]], axis=1)
        names = ("at", "normal", "colour")
        if program is self._program:
            self._render(program, table, triangles, "3f 3f 4f", names)
        else:
            self._render(program, table, triangles, "3f 12x 4f", ("at", "colour"))

    def _cast(self, shown: Sequence[Shown], place: Floats) -> None:
        self._shadow_target.use()
        self._shadow_target.clear()
        self._gl.disable(moderngl.DEPTH_TEST)
        self._gl.enable(moderngl.BLEND)
        self._gl.blend_equation = moderngl.MAX
        _member(self._above, "shadow_place").write(place.astype("f4").tobytes())
        _member(self._above, "fades").value = _SHADE_FADES_M
        for each in shown:
            if each.casts_shadow:
                self._render(self._above, each.points, each.triangles, "3f", ("at",))
        self._gl.disable(moderngl.BLEND)
        self._gl.blend_equation = moderngl.FUNC_ADD
        self._gl.enable(moderngl.DEPTH_TEST)
        raw = np.frombuffer(self._shadow_target.read(components=1, alignment=1), dtype=np.uint8)
        soft = _blurred(raw.reshape(_SHADOW_PX, _SHADOW_PX).astype(np.float32))
        self._shadow.write(np.clip(soft, 0, 255).astype(np.uint8).tobytes(), alignment=1)

    def _render(
        self,
        program: Any,
        table: Floats,
        triangles: np.ndarray,
        layout: str,
        names: tuple[str, ...],
    ) -> None:
        points = self._gl.buffer(table.astype("f4").tobytes())
        rows = self._gl.buffer(triangles.astype("i4").tobytes())
        array = self._gl.vertex_array(program, [(points, layout, *names)], rows)
        array.render()
        for each in (array, points, rows):
            each.release()


def _blurred(picture: Floats) -> Floats:
    """Return the picture blurred: sharply where things touch, widely around them."""
    near, wide = _box_blurred(picture, 2), _box_blurred(picture, 7)
    blurred: Floats = 0.5 * near + 0.5 * wide
    return blurred


def _box_blurred(picture: Floats, reach: int) -> Floats:
    for _ in range(3):
        for axis in (0, 1):
            width = [(0, 0), (0, 0)]
            width[axis] = (reach + 1, reach)
            total = np.cumsum(np.pad(picture, width), axis=axis, dtype=np.float64)
            upper = np.take(total, range(2 * reach + 1, total.shape[axis]), axis=axis)
            lower = np.take(total, range(total.shape[axis] - 2 * reach - 1), axis=axis)
            picture = (upper - lower) / (2 * reach + 1)
    return picture


def _member(program: Any, name: str) -> Any:
    return program[name]
