"""Finds the people in a whole picture; following one of them is cheaper and stands elsewhere."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sidestep.adapters.pose.crop import Crop, cut_out
from sidestep.adapters.pose.region import Region, region_around
from sidestep.adapters.pose.runtime import compile_network, tie_planes
from sidestep.services.ports.frames import Frame, Layout

CROP_PX = 224
_STRIDES_AND_ANCHORS = ((8, 2), (16, 2), (32, 6))
"""Of each grid of the network (``bazarevsky_2020``): pixels per cell, guesses per cell."""

SURE_ENOUGH = 0.5
SAME_PERSON_OVERLAP = 0.3
"""Two guesses whose faces overlap by more than this share are the same person."""

MOST_PEOPLE = 4
"""More are not counted; it is enough to know that somebody else is there."""

APART_EDGES = 0.2
"""Somebody found nearer than this to a person found already, in edges of her square, is she."""

LARGER_AT_MOST = 1.25
"""The clearest person is hardly ever much smaller than another: that is a limb left uncovered."""

COVERED_WIDTH, COVERED_HEIGHT = 0.5, 0.9
"""Of a person's square, painted over before the others are looked for: her with her arms."""

_MIDDLE_GREY = 126
_LARGEST_LOGIT = 50.0
_BOX, _HIPS, _RIM = slice(0, 4), slice(4, 6), slice(6, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person somewhere in the picture: the square to look at, and how sure, 0 to 1."""

    region: Region
    score: float


class PersonDetector:
    """The BlazePose detector.

    Parameters
    ----------
    model
        The network's file.
    layout
        Of the pictures it will be given.
    """

    def __init__(self, model: Path, layout: Layout) -> None:
        compiled = compile_network(
            model,
            outputs=("Identity", "Identity_1"),
            crop_px=CROP_PX,
            rgb_from_yuv=layout.rgb_from_yuv,
            lowest=-1.0,
            streams=1,
        )
        self._request = compiled.create_infer_request()
        self._planes = tie_planes(self._request, CROP_PX)
        self._anchors = anchors()
        self._whole = Region(
            x_px=layout.width_px / 2,
            y_px=layout.height_px / 2,
            edge_px=float(max(layout.width_px, layout.height_px)),
        )
        self._crop: Crop | None = None

    def people(self, frame: Frame) -> tuple[Person, ...]:
        """Return everyone who is seen nearly whole, the clearest first."""
        if self._crop is None:
            self._crop = cut_out(frame, self._whole, CROP_PX, is_framed=True)
        self._crop.fetch(frame, self._planes)
        found: list[Person] = []
        while len(found) < MOST_PEOPLE:
            others = [
                person
                for person in self._look()
                if all(_is_another(person.region, each.region) for each in found)
            ]
            if not others:
                break
            for person in others:
                self._cover(person.region)
            found += others
        return tuple(found)

    def _look(self) -> list[Person]:
        self._request.infer()
        guesses = self._request.get_output_tensor(0).data[0]
        logits = self._request.get_output_tensor(1).data[0, :, 0]
        return [
            Person(region=region_around(*self._whole.from_unit(points.reshape(2, 2))), score=score)
            for points, score in merged_people(guesses, logits, self._anchors)
        ]

    def _cover(self, region: Region) -> None:
        """Paint over a person who has been found: the network sees only the clearest of several."""
        scale = CROP_PX / self._whole.edge_px
        x = (region.x_px - self._whole.x_px) * scale + CROP_PX / 2
        y = (region.y_px - self._whole.y_px) * scale + CROP_PX / 2
        half_width, half_height = (
            COVERED_WIDTH / 2 * region.edge_px,
            COVERED_HEIGHT / 2 * region.edge_px,
        )
        columns = slice(
            max(0, round(x - half_width * scale)), max(0, round(x + half_width * scale))
        )
        rows = slice(max(0, round(y - half_height * scale)), max(0, round(y + half_height * scale)))
        self._planes[:, rows, columns] = _MIDDLE_GREY


def _is_another(region: Region, known: Region) -> bool:
    return (
        known.distance_to(region) > APART_EDGES and region.edge_px <= LARGER_AT_MOST * known.edge_px
    )


def anchors() -> NDArray[np.float64]:
    """Return where each of the network's guesses starts from, shape (2254, 2), 0 to 1."""
    grids = []
    for stride, guesses in _STRIDES_AND_ANCHORS:
        cells = CROP_PX // stride
        middles = (np.arange(cells) + 0.5) / cells
        row, column = np.meshgrid(middles, middles, indexing="ij")
        grid = np.column_stack([column.ravel(), row.ravel()])
        grids.append(np.repeat(grid, guesses, axis=0))
    return np.concatenate(grids)


def merged_people(
    guesses: NDArray[np.float32], logits: NDArray[np.float32], starts: NDArray[np.float64]
) -> list[tuple[NDArray[np.float64], float]]:
    """Make one answer per person out of many overlapping guesses.

    Parameters
    ----------
    guesses
        Shape (k, 12), in pixels of the crop from the guess's start: box (x, y, width, height),
        then four points, of which the first two are the hips' middle and the body's rim.
    logits
        Shape (k,), how sure each is.
    starts
        Shape (k, 2), 0 to 1.

    Returns
    -------
    list
        ``(x_hips, y_hips, x_rim, y_rim)``, 0 to 1, and a score; each the mean of the guesses
        that overlap the surest one, weighted with their scores.
    """
    scores = 1 / (1 + np.exp(-np.clip(logits.astype(np.float64), -_LARGEST_LOGIT, _LARGEST_LOGIT)))
    chosen = np.flatnonzero(scores >= SURE_ENOUGH)
    chosen = chosen[np.argsort(-scores[chosen], kind="stable")]
    values = guesses[chosen].astype(np.float64) / CROP_PX
    start, scores = starts[chosen], scores[chosen]
    middle, half = values[:, 0:2] + start, values[:, 2:4] / 2
    boxes = np.hstack([middle - half, middle + half])
    points = values[:, 4:8] + np.tile(start, 2)
    people = []
    left = np.arange(len(chosen))
    while len(left):
        same = _overlap(boxes[left[0]], boxes[left]) > SAME_PERSON_OVERLAP
        same[0] = True
        group = left[same]
        weights = scores[group] / scores[group].sum()
        people.append((weights @ points[group], float(scores[group[0]])))
        left = left[~same]
    return people


def _overlap(box: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the shared area over the joint area of a box with each of several."""
    low, high = np.maximum(box[:2], boxes[:, :2]), np.minimum(box[2:], boxes[:, 2:])
    shared = np.prod(np.clip(high - low, 0, None), axis=1)
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    joint = np.prod(box[2:] - box[:2]) + areas - shared
    overlap: NDArray[np.float64] = shared / np.maximum(joint, 1e-12)
    return overlap
