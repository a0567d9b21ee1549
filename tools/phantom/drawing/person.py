"""A dressed figure whose surface follows a pose on the processor, with its working muscles lit."""

from collections.abc import Mapping, Sequence

import numpy as np

from phantom.clothing import dress
from phantom.drawing.figures import CLOTHES, PEOPLE, body_of
from phantom.drawing.muscles import lit
from phantom.meshes import Piece, compute_normals
from phantom.rotations import Floats, normalised
from phantom.skeleton import Pose


class Person:
    """Somebody who can be posed and drawn."""

    def __init__(
        self, figure: str, feet: str, hands: Mapping[str, str], muscles: Sequence[str]
    ) -> None:
        self._figure, self._feet, self._hands = figure, feet, hands
        self._rest: dict[tuple[tuple[str, str, float], ...], Piece] = {}
        piece = self._piece({})
        self.triangles = piece.surface.triangles
        joints = body_of(figure, hands, {}).joints
        normals = compute_normals(piece.surface.points, self.triangles)
        self.lit = lit(muscles, piece.surface.points, normals, piece.surface.weights, joints)
        self.colours = piece.colours / 255.0

    def points(self, pose: Pose, toes: Mapping[str, tuple[str, float]]) -> Floats:
        """Return the surface (n, 3) in a pose of one frame."""
        surface = self._piece(toes).surface
        moves = (surface.weights @ pose.transforms()[0].reshape(-1, 12)).reshape(-1, 3, 4)
        placed: Floats = np.einsum("nij,nj->ni", moves[:, :, :3], surface.points) + moves[:, :, 3]
        return placed

    def _piece(self, toes: Mapping[str, tuple[str, float]]) -> Piece:
        key = tuple(sorted((side, shape, round(share, 3)) for side, (shape, share) in toes.items()))
        if key not in self._rest:
            body = body_of(self._figure, self._hands, toes)
            self._rest[key] = dress(
                body,
                CLOTHES[self._figure],
                PEOPLE[self._figure].skin,
                is_barefoot=self._feet == "bare",
                is_fine=True,
            )
        return self._rest[key]


def normals_of(points: Floats, triangles: np.ndarray) -> Floats:
    """Return the outward direction (n, 3) at each point, quickly."""
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    of_faces = np.cross(b - a, c - a)
    rows = triangles.T.ravel()
    summed = [
        np.bincount(rows, np.tile(of_faces[:, axis], 3), minlength=len(points)) for axis in range(3)
    ]
    return normalised(np.stack(summed, axis=-1))
