import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phantom.body import Surface
from phantom.camera import place_camera
from phantom.curves import between, bisect, hermite
from phantom.frame_times import frame_times
from phantom.meshes import compute_normals, cut, loft
from phantom.rotations import about_axis, from_rotation_vector, to_rotation_vector
from phantom.sets import clips_of
from phantom.specification import Bar, Clip, Run, Sides, read_clip, write_clip


def test_a_specification_is_read_back_as_it_was_written() -> None:
    clip = read_clip(
        {"run": {"fppa_deg": 4, "drift": {"fppa_deg": {"right": 3}}}, "body": {"skin": [1, 2, 3]}}
    )
    assert clip.run is not None
    assert clip.run.fppa_deg == Sides(left=4, right=4)
    assert clip.run.drift == {"fppa_deg": Sides(right=3)}
    assert read_clip(json.loads(json.dumps(write_clip(clip)))) == clip


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"run": {"cadance": 170}}, "'run' has no 'cadance'"),
        ({"run": {"drift": {"fpa_deg": 3}}}, "'drift' has no 'fpa_deg'; known are femoral_add"),
        ({"run": {"drift": {"speed_m_s": 1}}}, "'drift' has no 'speed_m_s'"),
        ({"run": {"drift": {"cadence_spm": {"left": 3}}}}, "'cadence_spm' is that of both feet"),
        (
            {"run": {}, "place": {"bar": {"hight_m": 1}}},
            "'bar' has no 'hight_m'; known are upright",
        ),
        ({}, "either a run or a squat"),
        ({"run": {}, "squat": {}}, "either a run or a squat"),
    ],
)
def test_a_wrong_specification_is_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_clip(values)


def test_a_bar_is_read_back_and_a_clip_without_one_says_nothing_of_it() -> None:
    barred = read_clip({"run": {}, "place": {"bar": {"height_m": 0.6, "colour": [1, 2, 3]}}})
    assert barred.place.bar == Bar(height_m=0.6, colour=(1, 2, 3))
    assert read_clip(json.loads(json.dumps(write_clip(barred)))) == barred
    assert "bar" not in write_clip(Clip(run=Run()))["place"]


def test_both_sets_are_always_the_same_and_share_no_body() -> None:
    calibration, validation = (list(clips_of(name)) for name in ("calibration", "validation"))
    assert calibration == list(clips_of("calibration"))
    assert (len(calibration), len(validation)) == (340, 76)
    bodies = [{clip.body for _, clip in clips} for clips in (calibration, validation)]
    assert not bodies[0] & bodies[1]
    for _, clip in calibration + validation:
        assert read_clip(json.loads(json.dumps(write_clip(clip)))) == clip


def test_the_set_of_frame_rates_is_the_calibration_filmed_faster() -> None:
    calibration = dict(clips_of("calibration"))
    faster = dict(clips_of("frame_rates"))
    assert len(faster) == 9
    for stem, clip in faster.items():
        slow = calibration[stem.rsplit("_", 1)[0]]
        assert stem.endswith(f"_{clip.frame_rate_hz:.0f}")
        assert clip.frame_rate_hz > slow.frame_rate_hz
        assert dataclasses.replace(clip, frame_rate_hz=60.0, duration_s=slow.duration_s) == slow


def test_the_changing_runs_are_of_other_bodies_and_legs_change_each_for_itself() -> None:
    others = {clip.body for name in ("calibration", "validation") for _, clip in clips_of(name)}
    changing = [clip for _, clip in clips_of("changing")]
    assert len(changing) == 9
    assert not others & {clip.body for clip in changing}
    runs = [clip.run for clip in changing if clip.run is not None]
    assert {clip.camera.view for clip in changing} == {"rear", "front"}
    assert any(run.drift["fppa_deg"].left != run.drift["fppa_deg"].right for run in runs)


def test_a_bar_of_the_set_behind_bars_is_seen_across_the_legs() -> None:
    barred = [clip for _, clip in clips_of("behind_a_bar")]
    assert len(barred) == 6
    for clip in barred:
        bar = clip.place.bar
        assert bar is not None
        eye = place_camera(clip.camera, clip.width_px, clip.height_px)
        stature = clip.body.height_m
        middle = [bar.left_m, bar.back_m, bar.height_m]
        ankles, hips = [0.0, 0.0, 0.05 * stature], [0.0, 0.0, 0.5 * stature]
        (bar_x, bar_y), (_, ankle_y), (hip_x, hip_y) = eye.to_pixels(
            np.array([middle, ankles, hips])
        )
        assert bar.back_m * (1 if clip.camera.view == "rear" else -1) > 0
        if bar.upright:
            assert abs(bar_x - hip_x) < 0.1 * clip.width_px
        else:
            assert hip_y < bar_y < ankle_y


def test_frames_are_even_unless_they_shall_not_be() -> None:
    clip = Clip(run=Run(), duration_s=2.0, frame_rate_hz=50.0)
    assert frame_times(clip) == pytest.approx(np.arange(100) / 50)
    uneven = np.diff(frame_times(dataclasses.replace(clip, frame_time_jitter=0.3)))
    assert uneven.min() > 0.7 / 50 - 1e-9
    assert np.ptp(uneven) > 0.2 / 50


def test_a_curve_goes_through_its_knots_with_the_slopes_asked_for() -> None:
    knots = np.array([0.0, 0.3, 1.0])
    values = np.array([[1.0], [3.0], [-2.0]])
    place = np.array([0.0, 1e-6, 0.3, 1.0 - 1e-6, 1.0])
    many = np.repeat(values[None], len(place), axis=0)
    slopes = np.full((len(place), 1), 5.0), np.full((len(place), 1), -7.0)
    curve = hermite(place, knots, many, *slopes)[:, 0]
    assert curve[[0, 2, 4]] == pytest.approx([1.0, 3.0, -2.0])
    assert (curve[1] - curve[0]) / 1e-6 == pytest.approx(5.0, rel=1e-3)
    assert (curve[4] - curve[3]) / 1e-6 == pytest.approx(-7.0, rel=1e-3)


def test_gliding_stays_between_neighbours_and_is_level_at_the_knots() -> None:
    knots, values = np.array([0.0, 1.0, 3.0]), np.array([0.0, 2.0, -1.0])
    glided = between(np.array([-1.0, 0.0, 0.5, 1.0, 2.0, 9.0]), knots, values)
    assert glided == pytest.approx([0.0, 0.0, 1.0, 2.0, 0.5, -1.0])


def test_halving_finds_where_it_turns() -> None:
    found = bisect(np.zeros(3), np.ones(3), lambda x: x > np.array([0.1, 0.5, 0.9]))
    assert found == pytest.approx([0.1, 0.5, 0.9])


small = st.floats(-1.5, 1.5)


@given(small, small, small)
def test_a_rotation_and_its_vector_are_the_same(x: float, y: float, z: float) -> None:
    turned = from_rotation_vector(np.array([x, y, z]))
    assert turned @ turned.T == pytest.approx(np.eye(3), abs=1e-9)
    assert from_rotation_vector(to_rotation_vector(turned)) == pytest.approx(turned, abs=1e-6)


def test_turning_about_an_axis_is_right_handed() -> None:
    assert about_axis(2, 90.0) @ [1, 0, 0] == pytest.approx([0, 1, 0])
    assert about_axis(0, 90.0) @ [0, 1, 0] == pytest.approx([0, 0, 1])
    assert about_axis(1, 90.0) @ [0, 0, 1] == pytest.approx([1, 0, 0])


def a_sheet() -> Surface:
    x, y = np.meshgrid(np.arange(5.0), np.arange(5.0))
    points = np.stack([x.ravel(), y.ravel(), np.zeros(25)], axis=-1)
    corner = np.array([row * 5 + column for row in range(4) for column in range(4)])
    lower = np.stack([corner, corner + 1, corner + 5], axis=-1)
    upper = np.stack([corner + 1, corner + 6, corner + 5], axis=-1)
    return Surface(
        points=points, triangles=np.concatenate([lower, upper]), weights=np.ones((25, 1))
    )


def area(surface: Surface) -> float:
    a, b, c = (surface.points[surface.triangles[:, corner]] for corner in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_a_cut_keeps_exactly_what_lies_inside_and_has_a_clean_edge() -> None:
    sheet = a_sheet()
    kept = cut(sheet, 2.4 - sheet.points[:, 0])
    assert kept.points[:, 0].max() == pytest.approx(2.4)
    assert area(kept) == pytest.approx(2.4 * 4)
    assert kept.weights == pytest.approx(np.ones((len(kept.points), 1)))
    assert (compute_normals(kept.points, kept.triangles)[:, 2] > 0.99).all()


def test_a_loft_is_closed_and_faces_outwards() -> None:
    around = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    ring = np.stack([np.cos(around), np.sin(around), 0 * around], axis=-1)
    rings = np.stack([ring, ring + np.array([0, 0, 2.0])])
    tube = loft(rings, np.ones((2, 1)))
    a, b, c = (tube.points[tube.triangles[:, corner]] for corner in range(3))
    volume = np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6
    assert volume == pytest.approx(2 * np.pi, rel=0.03)
