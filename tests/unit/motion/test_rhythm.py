from dataclasses import replace

import pytest

from builders.motion_runner import Camera, Runner
from sidestep.domain.motion.cleaning import clean_track
from sidestep.domain.motion.gait_events import find_gait
from sidestep.domain.motion.rhythm import rhythm_curves
from sidestep.domain.motion.sides import settle_sides
from sidestep.domain.motion.skeleton import keypoint
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side


def test_from_the_front_steps_are_found_though_the_heels_are_hidden() -> None:
    runner = Runner(cadence_spm=164, duration_s=10, camera=Camera(view=View.FRONT))
    track = runner.track()
    score = track.score.copy()
    score[:, [keypoint("heel", side) for side in Side]] = 0.0
    hidden = replace(track, score=score)
    gait = find_gait(rhythm_curves(clean_track(settle_sides(hidden, View.FRONT))))
    assert gait.cadence_spm == pytest.approx(164, rel=0.005)
    for side in Side:
        found = [stance for stance in gait.stances if stance.side is side]
        assert len(found) == pytest.approx(len(runner.visible_stances(side)), abs=1)
