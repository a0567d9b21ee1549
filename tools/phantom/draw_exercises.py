"""Renders the drawings of exercises.

``python -m phantom.draw_exercises [--only ID ...] [--out FOLDER] [--workers N]`` writes of each
exercise the loop, its start and finish, and its mistake where it has one, and beside the poses what
start and finish measure.
"""

import argparse
import io
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from phantom.drawing.formats import (
    DRAWINGS,
    LARGEST_LOOP_BYTES,
    LARGEST_STILL_BYTES,
    POSES,
    STILL_SIZE_PX,
)
from phantom.drawing.loop import Loop
from phantom.drawing.measures import write_targets
from phantom.drawing.picture import Illustrator
from phantom.drawing.pose_spec import read_spec

_STILL_QUALITIES = (84, 74, 60)
_LOOP_QUALITIES = (64, 54, 46, 38, 30, 22)
_STILL_FINER = 2
_CROSS_INK = (154, 52, 18)


def main() -> None:
    """Render the drawings that are asked for."""
    arguments = argparse.ArgumentParser(description="Render the drawings of exercises.")
    arguments.add_argument("--only", nargs="*", help="ids; all without")
    arguments.add_argument("--poses", type=Path, default=POSES)
    arguments.add_argument("--out", type=Path, default=DRAWINGS)
    arguments.add_argument("--workers", type=int, default=1)
    arguments.add_argument("--targets-only", action="store_true", help="measure, draw nothing")
    asked = arguments.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    paths = [
        path
        for path in sorted(asked.poses.glob("*.yaml"))
        if not asked.only or path.stem in asked.only
    ]
    with ProcessPoolExecutor(asked.workers) as pool:
        jobs = [pool.submit(draw, path, asked.out, asked.targets_only) for path in paths]
        for job in jobs:
            print(job.result(), flush=True)


def draw(path: Path, out: Path, targets_only: bool = False) -> str:
    """Measure and render one exercise; return what was written, in words."""
    loop = Loop(read_spec(path))
    write_targets(path, loop)
    name = loop.spec.exercise
    if targets_only:
        return f"{name}: measured"
    illustrator = Illustrator(loop)
    stills = {
        "start": illustrator.at(loop.phase_of(0), STILL_SIZE_PX, _STILL_FINER),
        "finish": illustrator.at(loop.finish_phase, STILL_SIZE_PX, _STILL_FINER),
    }
    if loop.spec.mistake is not None:
        stills["mistake"] = crossed(illustrator.mistake(STILL_SIZE_PX, _STILL_FINER))
    sizes = []
    for kind, picture in stills.items():
        data = _small_enough([(picture, 0.0)], LARGEST_STILL_BYTES)
        (out / f"{name}.{kind}.webp").write_bytes(data)
        sizes.append(f"{kind} {len(data) // 1000} kB")
    data = _small_enough(illustrator.frames(), LARGEST_LOOP_BYTES)
    (out / f"{name}.webp").write_bytes(data)
    return f"{name}: loop {len(data) // 1000} kB, {', '.join(sizes)}"


def crossed(picture: np.ndarray) -> np.ndarray:
    """Return the picture with a cross in its corner: a mistake must not be told by colour alone."""
    image = Image.fromarray(picture)
    pen = ImageDraw.Draw(image)
    size = image.height // 12
    near, far = size // 2, size // 2 + size
    width = max(2, size // 6)
    pen.line((near, near, far, far), fill=_CROSS_INK, width=width)
    pen.line((near, far, far, near), fill=_CROSS_INK, width=width)
    return np.asarray(image)


def _small_enough(frames: Iterable[tuple[np.ndarray, float]], most_bytes: int) -> bytes:
    """Return frames with their seconds as WebP, at the best quality that fits.

    Raises
    ------
    ValueError
        None does.
    """
    shown = list(frames)
    images = [Image.fromarray(picture) for picture, _ in shown]
    for quality in _STILL_QUALITIES if len(images) == 1 else _LOOP_QUALITIES:
        buffer = io.BytesIO()
        if len(images) == 1:
            images[0].save(buffer, "WEBP", quality=quality, method=6)
        else:
            images[0].save(
                buffer,
                "WEBP",
                save_all=True,
                append_images=images[1:],
                duration=[round(1000 * seconds) for _, seconds in shown],
                loop=0,
                quality=quality,
                method=4,
                minimize_size=True,
            )
        if buffer.tell() <= most_bytes:
            return buffer.getvalue()
    message = f"{len(images)} pictures do not fit into {most_bytes} bytes"
    raise ValueError(message)


if __name__ == "__main__":
    main()
