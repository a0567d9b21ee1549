"""Says in plain words what was taken out of a number."""

from sidestep.domain.motion.calibration import Line
from sidestep.domain.motion.camera_pose import CameraPose
from sidestep.domain.vocabulary.counts import count_of

TELLABLE_DEG = 0.5
"""A correction of the camera smaller than this is made but not mentioned."""


def corrections(
    camera: CameraPose | None, line: Line, *, is_wander_corrected: bool = False
) -> tuple[str, ...]:
    """Return what was taken out of a measure, as a person would say it."""
    words = []
    if camera is not None and abs(camera.roll_deg) >= TELLABLE_DEG:
        words.append(f"camera tilted {_degrees(camera.roll_deg)}")
    if camera is not None and line.turn and abs(camera.turn_deg) >= TELLABLE_DEG:
        words.append(f"camera turned {_degrees(camera.turn_deg)}")
    if is_wander_corrected:
        words.append("your wandering on the belt")
    if line.n:
        words.append("the pose model's own reading")
    return tuple(words)


def _degrees(angle_deg: float) -> str:
    return count_of(max(round(abs(angle_deg)), 1), "degree", "degrees")
