"""From a specification to a clip and its truth: puts body, motion, stage and film together."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from phantom.body import Body, build_body, leg_lengths
from phantom.camera import place_camera
from phantom.clothing import SOLE_M, dress
from phantom.film import write_film
from phantom.frame_times import frame_times
from phantom.furniture import dumbbell, floor_height_m, seat_under
from phantom.meshes import Piece, gathered
from phantom.rotations import Floats
from phantom.running import Runner
from phantom.skeleton import SIDES
from phantom.specification import Bystander, Clip, Run, Squat
from phantom.squatting import Squatter
from phantom.stage import Stage, all_joints
from phantom.truth import describe

_POSES_AT_ONCE = 120


def truth_path(film: Path) -> Path:
    """Return where the truth of a clip is written."""
    return film.with_suffix(".truth.json")


def render(clip: Clip, film: Path, progress: Callable[[float], None] | None = None) -> None:
    """Write the clip and, beside it, its truth; ``progress`` is told the share that is done."""
    body = build_body(clip.body)
    motion = set_in_motion(clip, body)
    times = frame_times(clip)
    eye = place_camera(clip.camera, clip.width_px, clip.height_px)
    shown = [_Shown(_equipped(body, clip, motion), motion, np.zeros(3))]
    if clip.bystander is not None:
        shown.append(_beside(clip, clip.bystander))
    things = _seats(clip, motion)
    stage = Stage(clip.place, eye, [person.piece for person in shown], things)

    def pictures() -> Iterator[tuple[float, np.ndarray]]:
        for start in range(0, len(times), _POSES_AT_ONCE):
            some = times[start : start + _POSES_AT_ONCE]
            placed = [person.at(some) for person in shown]
            for row, time_s in enumerate(some):
                moves = [transforms[row] for transforms, _ in placed]
                yield float(time_s), stage.draw(moves, [joints[row] for _, joints in placed])
            if progress is not None:
                progress((start + len(some)) / len(times))

    write_film(
        film,
        pictures(),
        width_px=clip.width_px,
        height_px=clip.height_px,
        frame_rate_hz=clip.frame_rate_hz,
        rotate_deg=clip.rotate_deg,
        quality=clip.quality,
        preset=clip.preset,
    )
    stage.close()
    truth = describe(clip, eye, times, motion.at(times).joints, motion)
    truth_path(film).write_text(json.dumps(truth, separators=(",", ":")) + "\n", encoding="utf-8")


def _equipped(body: Body, clip: Clip, motion: Runner | Squatter) -> Piece:
    """Return the person filmed, dressed, with what she holds."""
    dressed = dress(body, clip.clothes, clip.body.skin)
    if clip.squat is None or not clip.squat.dumbbell:
        return dressed
    return gathered([dressed, dumbbell(motion.at(np.zeros(1)))])


def _seats(clip: Clip, motion: Runner | Squatter) -> list[Piece]:
    """Return the seat that she sits down on, none without one."""
    if clip.squat is None or not isinstance(motion, Squatter) or motion.seat is None:
        return []
    has_back = clip.squat.seat == "chair"
    return [seat_under(motion.seat, floor_height_m(clip.place), has_back=has_back)]


def _beside(clip: Clip, bystander: Bystander) -> "_Shown":
    """Return the second person, on the floor beside the first."""
    body = build_body(bystander.body)
    as_if = replace(
        clip,
        run=Run(cadence_spm=159.0) if bystander.runs else None,
        squat=None if bystander.runs else Squat(quiet_s=2 * clip.duration_s, stance_width_m=0.24),
        seed=clip.seed + 1,
    )
    down = floor_height_m(clip.place)
    shift = np.array([-bystander.right_m, bystander.back_m, down])
    piece = dress(body, bystander.clothes, bystander.body.skin)
    return _Shown(piece, set_in_motion(as_if, body), shift)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A dressed person, her motion and where she does it."""

    piece: Piece
    motion: Runner | Squatter
    shift_m: Floats

    def at(self, times: Floats) -> tuple[Floats, Floats]:
        """Return what the stage needs: transforms and joints at each time."""
        pose = self.motion.at(times)
        transforms = pose.transforms()
        transforms[..., 3] += self.shift_m
        return transforms, all_joints(pose) + self.shift_m


def set_in_motion(clip: Clip, body: Body) -> Runner | Squatter:
    """Return the motion of the person filmed."""
    lengths = {side: leg_lengths(body.joints, side) for side in SIDES}
    if clip.run is not None:
        return Runner(
            clip.run,
            body.joints,
            lengths,
            duration_s=clip.duration_s,
            seed=clip.seed,
            sole_m=SOLE_M,
        )
    squat = clip.squat or Squat()
    return Squatter(squat, body.joints, lengths, seed=clip.seed, sole_m=SOLE_M)
