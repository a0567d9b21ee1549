"""Where the networks' files lie, and the name that a result carries of them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sidestep.errors import InputError
from sidestep.services.ports.health import ModelsState

SHIPPED = Path(__file__).parent / "models"
"""Filled when Sidestep is built or installed."""

_DETECTOR = "pose_detection.tflite"
_LANDMARKS = ("pose_landmark_heavy.tflite", "pose_landmark_full.tflite")

SHA256 = {
    "pose_detection.tflite": "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    "pose_landmark_full.tflite": "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
}
"""What comes with Sidestep; a test holds it against what the build takes."""

_HEAVY_SURER = 3.0
"""The heavy network is less sure of the same points: on rendered runners it scores heels and toes
0.35 to 0.9 that the full one scores 0.8 to 0.98, and places them nearly as well. Added to its
logits, this makes up for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseModels:
    """The two files that belong together, and their name with the start of their hash.

    ``score_shift`` is added to how sure the landmark network is, in logits, so that the same score
    means the same with every network.
    """

    detector: Path
    landmarks: Path
    name: str
    score_shift: float = 0.0


def find_models(folder: Path | None = None) -> PoseModels:
    """Find the networks in a folder, or those that came with Sidestep.

    A folder may hold the landmark network alone, heavy or full; heavy is taken first.

    Raises
    ------
    InputError
        The folder holds no landmark network.
    """
    folder = folder or SHIPPED
    landmarks = next((folder / name for name in _LANDMARKS if (folder / name).is_file()), None)
    if landmarks is None:
        message = f"{folder} holds no pose network: {' or '.join(_LANDMARKS)} was expected."
        hint = (
            "Run scripts/setup or install Sidestep again."
            if folder == SHIPPED
            else "Unset SIDESTEP_MODELS to use the network that came with Sidestep."
        )
        raise InputError(message, hint=hint)
    detector = folder / _DETECTOR
    if not detector.is_file():
        detector = SHIPPED / _DETECTOR
    size = landmarks.stem.removeprefix("pose_landmark_")
    sha256 = hashlib.sha256(landmarks.read_bytes()).hexdigest()
    return PoseModels(
        detector=detector,
        landmarks=landmarks,
        name=f"BlazePose {size} {sha256[:12]}",
        score_shift=_HEAVY_SURER if size == "heavy" else 0.0,
    )


def look_at_models(folder: Path | None = None) -> ModelsState:
    """Find the networks and hold those that came with Sidestep against their hashes."""
    used = folder or SHIPPED
    try:
        models = find_models(folder)
        files = {path for path in (models.detector, models.landmarks) if path.parent == SHIPPED}
        problems = tuple(
            f"{path.name} is not as it came: its sha256 is {found[:12]}…"
            for path in sorted(files)
            if (found := hashlib.sha256(path.read_bytes()).hexdigest()) != SHA256.get(path.name)
        )
    except InputError as error:
        return ModelsState(folder=used, name="", problems=(error.message,))
    except OSError as error:
        return ModelsState(folder=used, name="", problems=(f"{error.filename}: {error.strerror}",))
    return ModelsState(folder=used, name=models.name, problems=problems)
