"""How old the mirror's pictures are when they are shown, and how much of a core that takes.

The whole way: a clip played in real time, pose, steps, drawing, and a window of SDL's ``dummy``
kind, so that what a screen adds is not in it. The first second, in which the networks are made
ready, is left out of the share of a core. Usage::

    python benchmarks/mirror_speed.py CLIP [--view rear]
"""

import argparse
import os
import time
from pathlib import Path

from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.motion.calibration import EXACT
from sidestep.domain.motion.mirror import Mirror
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.live_mirror import run_mirror
from sidestep.services.clips.mirror_words import mirror_sentences
from sidestep.services.ports.mirror_screen import MirrorPicture, MirrorScreen

LEFT_OUT_S = 1.0


class TimedScreen:
    """Hands pictures on, and notes how much work had been done by then."""

    def __init__(self, screen: MirrorScreen) -> None:
        self._screen = screen
        self.can_sound = screen.can_sound
        self.marks: list[tuple[float, float]] = []

    def show(self, picture: MirrorPicture) -> bool:
        """Show a picture."""
        is_open = self._screen.show(picture)
        if picture.frame.time_s >= LEFT_OUT_S:
            self.marks.append((time.perf_counter(), time.process_time()))
        return is_open

    def sound(self, side: Side) -> None:
        """Make a sound."""
        self._screen.sound(side)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--view", choices=("front", "rear"), default="front")
    options = parser.parse_args()
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    wiring = Wiring(load_settings())
    # Uncalibrated, so that it can be run before there is a calibration; the work is the same.
    mirror = Mirror(view=View(options.view), parameters=wiring.knowledge.motion, calibration=EXACT)
    with (
        wiring.mirror_screen(None, has_window=True, has_sound=False) as screen,
        wiring.live_frames(options.clip, None) as frames,
    ):
        timed = TimedScreen(screen)
        told = run_mirror(frames, wiring.live_poses, mirror, timed)
    for sentence in mirror_sentences(told):
        print(sentence)
    if len(timed.marks) > 1:
        (wall_first, work_first), (wall_last, work_last) = timed.marks[1], timed.marks[-1]
        core = (work_last - work_first) / (wall_last - wall_first)
        per_picture_ms = 1000 * (work_last - work_first) / (len(timed.marks) - 2)
        print(f"{core:.2f} of a core, {per_picture_ms:.1f} ms of work a picture shown")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{os.cpu_count()} cores, {load:.1f} programs at work in the last minute")


if __name__ == "__main__":
    main()
