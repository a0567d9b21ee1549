from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from builders.motion_runner import Camera, Runner, jumping_jacks
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.motion.calibration import EXACT
from sidestep.domain.motion.mirror import LiveStep, Mirror, MirrorView
from sidestep.domain.motion.one_euro import OneEuroFilter
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side

THIGH = RunMeasure.FEMORAL_ADDUCTION


def mirror(view: View = View.REAR, limit: float | None = None) -> Mirror:
    return Mirror(
        view=view, parameters=shipped_parameters("motion"), calibration=EXACT, limit=limit
    )


def played(shown: Mirror, track: PoseTrack) -> list[MirrorView]:
    return [
        shown.show(float(time_s), xy_px)
        for time_s, xy_px in zip(track.time_s, track.xy_px, strict=True)
    ]


def steps_of(views: list[MirrorView]) -> list[LiveStep]:
    return [view.finished for view in views if view.finished is not None]


@pytest.mark.parametrize("view", [View.REAR, View.FRONT])
@pytest.mark.parametrize("rate_hz", [30.0, 60.0])
def test_steps_are_counted_while_they_happen(view: View, rate_hz: float) -> None:
    runner = Runner(rate_hz=rate_hz, duration_s=12, noise_px=2, camera=Camera(view=view))
    views = played(mirror(view), runner.track())
    steps = steps_of(views)
    truth = sum(len(runner.visible_stances(side)) for side in Side)
    assert abs(len(steps) - truth) <= 2
    assert all(a.side is b.side.other for a, b in pairwise(steps))
    assert views[-1].cadence_spm == pytest.approx(168, rel=0.02)
    for step in steps[2:-1]:
        near = runner.visible_stances(step.side)
        assert np.abs(near - step.time_s).min() < 0.06


def test_live_angles_are_near_the_true_ones() -> None:
    runner = Runner(
        adduction_deg={Side.LEFT: 12.0, Side.RIGHT: 6.0},
        camera=Camera(distance_m=40, focal_px=20_000),
        duration_s=10,
    )
    last = played(mirror(), runner.track())[-1]
    for side, truth in ((Side.LEFT, 12), (Side.RIGHT, 6)):
        values = [step.values[THIGH] for step in last.recent[side]]
        assert len(values) == 8
        assert np.mean(values) == pytest.approx(truth, abs=1.0)


def test_the_sound_comes_for_the_side_that_passes_its_limit() -> None:
    runner = Runner(adduction_deg={Side.LEFT: 12.0, Side.RIGHT: 6.0}, duration_s=8)
    views = played(mirror(limit=9.5), runner.track())
    assert views[-1].is_over_limit == {Side.LEFT: True, Side.RIGHT: False}
    early = [view for view in views if view.n_steps < 5]
    assert not any(view.is_over_limit[Side.LEFT] for view in early[:60])
    assert played(mirror(), runner.track())[-1].is_over_limit[Side.LEFT] is False


def test_jumping_jacks_are_no_steps() -> None:
    assert len(steps_of(played(mirror(View.FRONT), jumping_jacks()))) <= 2


def test_a_runner_who_leaves_the_picture_makes_no_steps_there() -> None:
    track = Runner(duration_s=6).track()
    track.xy_px[180:] = np.nan
    views = played(mirror(), track)
    assert views[-1].n_steps == views[185].n_steps
    assert not any(view.finished for view in views[185:])


def test_a_clock_that_goes_back_starts_anew() -> None:
    shown = mirror()
    track = Runner(duration_s=3).track()
    played(shown, track)
    again = played(shown, track)
    assert np.allclose(again[0].xy_px, track.xy_px[0], equal_nan=True)


def test_the_filter_calms_rest_and_follows_speed() -> None:
    times = np.arange(120) / 60
    noise = np.random.default_rng(3).standard_normal(120)
    still, moving = OneEuroFilter(), OneEuroFilter()
    rest = [
        float(still.smooth(t, np.array([x]), 400)[0]) for t, x in zip(times, noise, strict=True)
    ]
    path = 800 * times
    way = [float(moving.smooth(t, np.array([x]), 400)[0]) for t, x in zip(times, path, strict=True)]
    assert np.std(rest[20:]) < 0.6
    # Behind by less than two frames' way.
    assert np.abs(way - path)[20:].max() < 2 * 800 / 60


def test_the_filter_takes_a_point_that_comes_back_as_it_is() -> None:
    smooth = OneEuroFilter()
    smooth.smooth(0.0, np.array([0.0]), 400)
    assert np.isnan(smooth.smooth(0.1, np.array([np.nan]), 400)[0])
    assert smooth.smooth(0.2, np.array([500.0]), 400)[0] == 500


@pytest.mark.parametrize(
    ("seen", "named"), [(View.REAR, View.FRONT), (View.FRONT, View.REAR), (View.SIDE, View.FRONT)]
)
def test_seen_from_elsewhere_than_was_said_there_are_no_values_and_nothing_is_over(
    seen: View, named: View
) -> None:
    track = Runner(rate_hz=30, duration_s=10, noise_px=2, camera=Camera(view=seen)).track()
    views = played(mirror(named, limit=-60.0), track)
    assert views[-1].other_view is seen
    assert views[-1].n_steps > 20
    assert not any(step.values for side in Side for step in views[-1].recent[side])
    if seen is not View.SIDE:
        # It is known before three steps of a side could make a sound.
        assert not any(any(view.is_over_limit.values()) for view in views)


@pytest.mark.parametrize("view", [View.REAR, View.FRONT])
def test_seen_from_where_was_said_nothing_is_doubted_nor_while_nobody_is_there(view: View) -> None:
    track = Runner(rate_hz=30, duration_s=6, noise_px=2, camera=Camera(view=view)).track()
    track.xy_px[60:120] = np.nan
    views = played(mirror(view), track)
    assert all(shown.other_view is None and shown.spoilt_since_s is None for shown in views)
    assert any(shown.finished is not None and shown.finished.values for shown in views)


def test_the_mirror_measures_again_once_it_sees_what_was_said() -> None:
    away = Runner(rate_hz=30, duration_s=5, camera=Camera(view=View.REAR)).track()
    towards = Runner(rate_hz=30, duration_s=8, camera=Camera(view=View.FRONT)).track()
    shown = mirror(View.FRONT)
    played(shown, away)
    later = replace(towards, time_s=towards.time_s + 5.1)
    last = played(shown, later)[-1]
    assert last.other_view is None
    assert all(step.values for side in Side for step in last.recent[side][-4:])
