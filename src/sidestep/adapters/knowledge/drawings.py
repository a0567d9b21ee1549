"""Finds the drawing of an exercise among the shipped files; one file is read, when it is asked for.

The pictures themselves are not opened here.
"""

from importlib.resources import files
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from sidestep.adapters.knowledge.pose_shapes import (
    LegTargetShape,
    PoseShape,
    PostureTargetShape,
    SquatTargetShape,
)
from sidestep.adapters.knowledge.strict_yaml import YamlTextError, parse_yaml
from sidestep.errors import KnowledgeError
from sidestep.services.ports.drawings import Drawing, DrawnAngles, DrawnSquat

POSES = "poses"


def pictures_folder() -> Path:
    """Return the folder of the pictures that came with the program."""
    return Path(str(files("sidestep").joinpath("drawings")))


def read_drawing(exercise_id: str, knowledge_folder: Path, pictures: Path) -> Drawing | None:
    """Return the drawing of an exercise, or None when nobody has drawn it.

    Raises
    ------
    KnowledgeError
        Its file does not have the form it should.
    """
    name = f"{exercise_id}.yaml"
    # An id is asked for by a person: it must not lead out of the folder.
    if PurePosixPath(name).name != name or not (knowledge_folder / POSES / name).is_file():
        return None
    text = (knowledge_folder / POSES / name).read_text(encoding="utf-8")
    try:
        shape = PoseShape.model_validate(parse_yaml(text))
    except (YamlTextError, ValidationError) as error:
        raise KnowledgeError(
            f"knowledge/{POSES}/{name}: {error}",
            hint="See every problem with: sidestep knowledge check",
        ) from error
    return adapt_drawing(shape, pictures)


def adapt_drawing(shape: PoseShape, pictures: Path) -> Drawing:
    """Build the drawing of a file's shape."""

    def picture(of: str) -> Path:
        return pictures / f"{shape.exercise}{of}.webp"

    return Drawing(
        exercise_id=shape.exercise,
        loop=picture(""),
        start=picture(".start"),
        finish=picture(".finish"),
        mistake=None if shape.mistake is None else picture(".mistake"),
        alt=shape.alt,
        mistake_alt="" if shape.mistake is None else shape.mistake.says,
        lit=shape.muscles,
        at_start=_angles(shape.targets.start),
        at_finish=_angles(shape.targets.finish),
        as_squat=None if shape.targets.clip is None else _as_squat(shape.targets.clip),
        why_no_clip=shape.no_clip,
    )


def _angles(shape: PostureTargetShape) -> DrawnAngles:
    return DrawnAngles(
        trunk_lean_deg=shape.trunk_lean_deg, left=_of_leg(shape.left), right=_of_leg(shape.right)
    )


def _as_squat(shape: SquatTargetShape) -> DrawnSquat:
    return DrawnSquat(
        depth_pct=shape.depth_pct,
        knee_to_ankle_gap_ratio=shape.knee_to_ankle_gap_ratio,
        left_knee_over_foot_pct=shape.left.knee_over_foot_pct,
        right_knee_over_foot_pct=shape.right.knee_over_foot_pct,
    )


def _of_leg(shape: LegTargetShape) -> dict[str, float]:
    return shape.model_dump()
