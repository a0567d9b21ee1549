"""The room, the treadmill, the light and the people in it, drawn picture by picture.

What stands still is drawn once. People are drawn at twice the size, only where they are, and
laid over it, which gives clean edges at little cost. Nothing is measured here.
"""

from collections.abc import Sequence
from typing import Any

import moderngl  # type: ignore[import-not-found, unused-ignore]
import numpy as np

from phantom.camera import Eye
from phantom.furniture import furnish
from phantom.meshes import Piece, compute_normals, gathered
from phantom.rotations import Floats, normalised
from phantom.skeleton import SEGMENTS, Pose
from phantom.specification import Place

_NEAR_M, _FAR_M = 0.2, 30.0
_FINER = 2
_ROOM_FINER = 3
_MARGIN_M = 0.17
"""Flesh, hair and shoes reach this far from the joints."""
_INFLUENCES = 4
"""How many segments at most move one point."""

_MOVE = """
#version 330
uniform mat4 camera;
uniform mat4x3 segments[SEGMENTS];
uniform vec3 key; uniform vec3 fill; uniform float strength;
in vec3 at; in vec3 normal; in vec3 colour; in vec4 weights; in vec4 movers;
out vec3 tint;
void main() {
    mat4x3 move = weights.x * segments[int(movers.x)] + weights.y * segments[int(movers.y)]
                + weights.z * segments[int(movers.z)] + weights.w * segments[int(movers.w)];
    vec3 facing = normalize(mat3(move) * normal);
    float lit = 0.36 + 0.52 * max(dot(facing, key), 0.0) + 0.24 * max(dot(facing, fill), 0.0)
              + 0.10 * facing.z;
    tint = colour * lit * strength;
    gl_Position = camera * vec4(move * vec4(at, 1.0), 1.0);
}
""".replace("SEGMENTS", str(len(SEGMENTS)))

_SHOW = """
#version 330
in vec3 tint;
out vec4 seen;
void main() { seen = vec4(tint, 1.0); }
"""

_SHOW_BEFORE = """
#version 330
in vec3 tint;
uniform sampler2D behind;
out vec4 seen;
void main() {
    if (gl_FragCoord.z > texelFetch(behind, ivec2(gl_FragCoord.xy) / FINER, 0).r) discard;
    seen = vec4(tint, 1.0);
}
""".replace("FINER", str(_FINER))

_COVER = """
#version 330
in vec2 corner;
void main() { gl_Position = vec4(corner, 0.0, 1.0); }
"""

_LAY_OVER = """
#version 330
uniform sampler2D room; uniform sampler2D people;
out vec4 seen;
void main() {
    ivec2 here = ivec2(gl_FragCoord.xy);
    vec4 person = vec4(0.0);
    for (int x = 0; x < FINER; x++)
        for (int y = 0; y < FINER; y++)
            person += texelFetch(people, here * FINER + ivec2(x, y), 0);
    person /= float(FINER * FINER);
    vec3 bare = texelFetch(room, here, 0).rgb;
    seen = vec4(person.rgb + (1.0 - person.a) * bare, 1.0);
}
""".replace("FINER", str(_FINER))


class Stage:
    """A room with people, seen by a camera."""

    def __init__(
        self, place: Place, eye: Eye, people: Sequence[Piece], things: Sequence[Piece] = ()
    ) -> None:
        self._eye = eye
        self._gl = moderngl.create_context(standalone=True, backend="egl")
        self._gl.enable(moderngl.DEPTH_TEST)
        hiding = (
            place.handrail != "none" or place.post_in_front or place.bar is not None or bool(things)
        )
        show = _SHOW_BEFORE if hiding else _SHOW
        self._room_program = self._gl.program(vertex_shader=_MOVE, fragment_shader=_SHOW)
        self._people_program = self._gl.program(vertex_shader=_MOVE, fragment_shader=show)
        self._over_program = self._gl.program(vertex_shader=_COVER, fragment_shader=_LAY_OVER)
        for program in (self._room_program, self._people_program):
            self._set_camera_and_light(program, place)
        size = (eye.width_px, eye.height_px)
        fine = (eye.width_px * _FINER, eye.height_px * _FINER)
        _member(self._over_program, "people").value = 1
        still = gathered([furnish(place), *things])
        self._room_colour, self._room_depth = self._draw_room(still, place, size)
        self._people_colour = self._gl.texture(fine, 4)
        self._fine = self._gl.framebuffer([self._people_colour], self._gl.depth_renderbuffer(fine))
        self._picture = self._gl.framebuffer([self._gl.renderbuffer(size, 4)])
        corners = np.array([-1, -1, 1, -1, -1, 1, 1, 1], dtype="f4")
        self._cover = self._gl.vertex_array(
            self._over_program, [(self._gl.buffer(corners.tobytes()), "2f", "corner")]
        )
        self._people = [self._load(self._people_program, piece) for piece in people]

    def close(self) -> None:
        """Give back the memory of the pictures and programs; nothing can be drawn any more."""
        self._gl.release()

    def draw(self, transforms: Sequence[Floats], joints: Sequence[Floats]) -> np.ndarray:
        """Return the picture (height, width, 3) uint8 with every person in a pose.

        Parameters
        ----------
        transforms
            Of each person, (segments, 3, 4), see ``Pose.transforms``.
        joints
            Of each person, all joints (j, 3).
        """
        boxes = [self._box(places) for places in joints]
        self._fine.use()
        for box in boxes:
            self._fine.scissor = tuple(_FINER * value for value in box)
            self._fine.clear()
        self._room_depth.use(0)
        for person, moves, box in zip(self._people, transforms, boxes, strict=True):
            self._fine.scissor = tuple(_FINER * value for value in box)
            columns = np.swapaxes(moves, 1, 2).astype("f4")
            _member(self._people_program, "segments").write(np.ascontiguousarray(columns).tobytes())
            person.render()
        self._picture.use()
        self._room_colour.use(0)
        self._people_colour.use(1)
        self._gl.disable(moderngl.DEPTH_TEST)
        self._gl.copy_framebuffer(self._picture, self._bare)
        self._picture.use()
        for box in boxes:
            self._picture.scissor = box
            self._cover.render(moderngl.TRIANGLE_STRIP)
        self._picture.scissor = None
        self._gl.enable(moderngl.DEPTH_TEST)
        pixels = np.frombuffer(self._picture.read(components=3), dtype=np.uint8)
        upside_down = pixels.reshape(self._eye.height_px, self._eye.width_px, 3)
        return np.ascontiguousarray(upside_down[::-1])

    def _draw_room(
        self, still: Piece, place: Place, size: tuple[int, int]
    ) -> tuple[moderngl.Texture, moderngl.Texture]:
        """Draw what stands still, finely for its colours and once more for its depth."""
        room = self._load(self._room_program, still)
        unmoved = np.zeros((len(SEGMENTS), 4, 3), dtype="f4")
        unmoved[:, :3] = np.eye(3)
        _member(self._room_program, "segments").write(unmoved.tobytes())
        fine = (size[0] * _ROOM_FINER, size[1] * _ROOM_FINER)
        large = self._gl.framebuffer(
            [self._gl.renderbuffer(fine, 4)], self._gl.depth_renderbuffer(fine)
        )
        large.use()
        large.clear(*(channel / 255 for channel in place.wall_colour), 1.0)
        room.render()
        pixels = np.frombuffer(large.read(components=4), dtype=np.uint8)
        parts = pixels.reshape(size[1], _ROOM_FINER, size[0], _ROOM_FINER, 4)
        mean = parts.mean(axis=(1, 3)).round().astype(np.uint8)
        colour = self._gl.texture(size, 4, mean.tobytes())
        depth = self._gl.depth_texture(size)
        depth.compare_func = ""
        depth.filter = (moderngl.NEAREST, moderngl.NEAREST)
        small = self._gl.framebuffer([self._gl.renderbuffer(size, 4)], depth)
        small.use()
        small.clear()
        room.render()
        self._bare = self._gl.framebuffer([colour])
        return colour, depth

    def _load(self, program: moderngl.Program, piece: Piece) -> moderngl.VertexArray:
        surface = piece.surface
        strongest = np.argsort(-surface.weights, axis=1)[:, :_INFLUENCES]
        weights = np.take_along_axis(surface.weights, strongest, axis=1)
        weights = weights / weights.sum(axis=1, keepdims=True)
        normals = compute_normals(surface.points, surface.triangles)
        table = np.concatenate(
            [surface.points, normals, piece.colours / 255, weights, strongest], axis=1
        )
        points = self._gl.buffer(table.astype("f4").tobytes())
        rows = self._gl.buffer(surface.triangles.astype("i4").tobytes())
        layout = (points, "3f 3f 3f 4f 4f", "at", "normal", "colour", "weights", "movers")
        return self._gl.vertex_array(program, [layout], rows)

    def _set_camera_and_light(self, program: moderngl.Program, place: Place) -> None:
        sideways = {"left": 0.5, "right": -0.5}.get(place.light_from, 0.0)
        toward_camera = -self._eye.forwards * [1, 1, 0]
        values = {
            "camera": projection(self._eye).T,
            "key": normalised(0.7 * toward_camera + [sideways, 0.0, 0.8]),
            "fill": normalised(toward_camera - [2 * sideways, 0.0, 0.0]),
            "strength": np.array(place.light),
        }
        for name, value in values.items():
            _member(program, name).write(value.astype("f4").tobytes())

    def _box(self, joints: Floats) -> tuple[int, int, int, int]:
        """Return left, bottom, width and height in pixels of where a person can be seen."""
        eye = self._eye
        pixels = eye.to_pixels(joints)
        depth = (joints - eye.position) @ eye.forwards
        margin = _MARGIN_M * eye.focal_length_px / max(float(depth.min()), 0.5)
        low = np.floor(pixels.min(axis=0) - margin)
        high = np.ceil(pixels.max(axis=0) + margin)
        left, right = np.clip([low[0], high[0]], 0, eye.width_px).astype(int).tolist()
        top, bottom = np.clip([low[1], high[1]], 0, eye.height_px).astype(int).tolist()
        return left, eye.height_px - bottom, right - left, bottom - top


def all_joints(pose: Pose) -> Floats:
    """Return every joint (frames, j, 3) of a pose, for ``Stage.draw``."""
    return np.stack(list(pose.joints.values()), axis=1)


def _member(program: moderngl.Program, name: str) -> Any:
    """Return a program's parameter; the library's own types leave open which kind it is."""
    return program[name]


def projection(eye: Eye) -> Floats:
    """Return the matrix (4, 4) from the world to the drawing library's cube."""
    view = np.eye(4)
    view[:3, :3] = np.stack([eye.right, eye.up, -eye.forwards])
    view[:3, 3] = -view[:3, :3] @ eye.position
    matrix = np.zeros((4, 4))
    matrix[0, 0] = 2 * eye.focal_length_px / eye.width_px
    matrix[1, 1] = 2 * eye.focal_length_px / eye.height_px
    matrix[2, 2] = (_FAR_M + _NEAR_M) / (_NEAR_M - _FAR_M)
    matrix[2, 3] = 2 * _FAR_M * _NEAR_M / (_NEAR_M - _FAR_M)
    matrix[3, 2] = -1.0
    projected: Floats = matrix @ view
    return projected
