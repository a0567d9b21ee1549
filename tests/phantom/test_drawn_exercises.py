"""The drawings of the exercises: every pose can be taken, and every picture is there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from builders.shipped import shipped_knowledge
from phantom.drawing.anatomy import LEAST, MOST, NAMES
from phantom.drawing.formats import (
    DRAWINGS,
    LARGEST_LOOP_BYTES,
    LARGEST_STILL_BYTES,
    LOOP_SIZE_PX,
    MOST_MOVING_FRAMES,
    POSES,
    STILL_SIZE_PX,
)
from phantom.drawing.loop import Loop
from phantom.drawing.measures import targets_of
from phantom.drawing.muscles import names
from phantom.drawing.pose_spec import read_spec
from phantom.drawing.solver import Contact, gaps
from phantom.drawing.surfaces import STEP_HEIGHT_M, STEP_SIZE_M
from phantom.rotations import Floats

IDS = sorted(path.stem for path in POSES.glob("*.yaml"))
EVERY = pytest.mark.parametrize("exercise", IDS)
APART_M = 0.01
"""How far what touches may be from what it touches, or wander from where it stays."""
BODY_APART_M = 0.03
"""The same where one part of the body holds another, whose skin gives."""
UNDER_M = 0.015
BEYOND_DEG = 1.5
LEAST_GLOWING_PX = 400
"""Of 768,000 a still has: an arch of a foot of somebody who is seen whole."""
ALL_DRAWINGS_BYTES = 8_000_000


def problems_of(loop: Loop, values: Floats, contacts: tuple[Contact, ...]) -> list[str]:
    body = loop.body
    skin = body.skin(body.pose(values[None])[0])
    found = []
    for contact in contacts:
        if contact.plane is None:
            ends = [
                body.groups(skin, place).mean(axis=1) for place in (contact.place, contact.on_place)
            ]
            apart = float(np.linalg.norm(ends[0] - ends[1]))
            if apart > BODY_APART_M:
                found.append(f"{contact.place} is {apart:.3f} m from {contact.on_place}")
            continue
        apart = float(np.abs(gaps(body, contact.place, contact.plane, skin)).max())
        if apart > APART_M:
            found.append(f"{contact.place} is {apart:.3f} m off")
        if contact.kept is not None:
            drift = body.groups(skin, contact.place)[0] - contact.kept
            drift -= (drift @ contact.plane.normal)[:, None] * contact.plane.normal
            away = float(np.linalg.norm(drift.mean(axis=0)))
            if away > APART_M:
                found.append(f"{contact.place} has moved {away:.3f} m")
    if "step" in loop.spec.props:
        found += stuck_in(loop.spec.props["step"], skin.reshape(-1, 3))
    lowest = float(skin[..., 2].min())
    if lowest < -UNDER_M:
        found.append(f"something is {-lowest:.3f} m under the floor")
    over = np.maximum(values[3:] - MOST, LEAST - values[3:])
    worst = int(np.argmax(over))
    if np.degrees(over[worst]) > BEYOND_DEG:
        found.append(f"{NAMES[worst]} is {np.degrees(values[3 + worst]):.0f} degrees")
    return found


def stuck_in(step: Mapping[str, Any], skin: Floats) -> list[str]:
    half = np.array(step.get("size_m", STEP_SIZE_M)) / 2 - APART_M
    beside = np.abs(skin[:, :2] - step.get("at", (0.0, 0.0))) - half
    inside = (beside < 0).all(axis=1) & (skin[:, 2] < STEP_HEIGHT_M - UNDER_M)
    return [f"{inside.sum()} points are inside the step"] if inside.any() else []


def test_every_exercise_is_drawn() -> None:
    assert set(IDS) == shipped_knowledge().exercises.keys()


@EVERY
def test_the_poses_can_be_taken_all_the_way_round(exercise: str) -> None:
    # One test for all of it, because solving the key poses takes longest.
    loop = Loop(read_spec(POSES / f"{exercise}.yaml"))
    everything_touches_in_every_pose(loop)
    at_any_moment_what_touches_stays(loop)
    it_closes_and_nothing_jumps(loop)
    the_targets_are_what_the_figure_measures(loop)


def everything_touches_in_every_pose(loop: Loop) -> None:
    for place, values in enumerate(loop.keys):
        assert not problems_of(loop, values, loop.contacts_at(place)), loop.spec.loop[place].name
    if loop.spec.mistake is not None:
        assert not problems_of(loop, loop.mistake(), loop.mistake_contacts()), "mistake"


def at_any_moment_what_touches_stays(loop: Loop) -> None:
    @settings(max_examples=5, deadline=None, database=None)
    @example(0.6875)
    @given(st.floats(0.0, 1.0))
    def at_any(phase: float) -> None:
        assert not problems_of(loop, *loop.moment(phase))

    at_any()


@pytest.mark.parametrize("exercise", ["lateral_bound"])
def test_in_flight_nothing_dips_under_the_floor(exercise: str) -> None:
    loop = Loop(read_spec(POSES / f"{exercise}.yaml"))
    moments = [loop.moment(phase) for phase in np.linspace(0.0, 1.0, 97)]
    flying = [values for values, contacts in moments if not contacts]
    assert flying
    for values in flying:
        assert not problems_of(loop, values, ())


def it_closes_and_nothing_jumps(loop: Loop) -> None:
    first, last = loop.at(0.0), loop.at(1.0)
    gone = np.concatenate([loop.spec.travel_m, np.zeros(len(NAMES))])
    assert last == pytest.approx(first + gone, abs=0.02)
    leaves = loop.stops[1] / loop.duration_s
    before, after = loop.at(max(leaves - 1e-4, 0.0)), loop.at(leaves + 1e-4)
    assert after == pytest.approx(before, abs=0.03)


def the_targets_are_what_the_figure_measures(loop: Loop) -> None:
    for end, measured in targets_of(loop).items():
        written = loop.spec.targets[end]
        for name, value in measured.items():
            assert written[name] == pytest.approx(value, abs=1.0), (end, name)


@EVERY
def test_the_pictures_are_there_small_and_of_the_right_size(exercise: str) -> None:
    spec = read_spec(POSES / f"{exercise}.yaml")
    film = DRAWINGS / f"{exercise}.webp"
    assert film.stat().st_size <= LARGEST_LOOP_BYTES
    with Image.open(film) as picture:
        assert picture.size == LOOP_SIZE_PX
        # Frames that show the same as the one before are taken together; a move has three at least.
        most = 1.5 * MOST_MOVING_FRAMES + len(spec.loop)
        assert 4 <= picture.n_frames <= most  # type: ignore[attr-defined, unused-ignore]
    wanted = ["start", "finish"] + (["mistake"] if spec.mistake is not None else [])
    for kind in wanted:
        still = DRAWINGS / f"{exercise}.{kind}.webp"
        assert still.stat().st_size <= LARGEST_STILL_BYTES
        with Image.open(still) as picture:
            assert picture.size == STILL_SIZE_PX
    assert len(list(DRAWINGS.glob(f"{exercise}.*webp"))) == 1 + len(wanted)


@EVERY
def test_a_person_who_cannot_see_it_is_told(exercise: str) -> None:
    spec = read_spec(POSES / f"{exercise}.yaml")
    assert 60 <= len(spec.alt) <= 400
    assert "Start:" in spec.alt
    assert "Finish:" in spec.alt
    assert "lit" in spec.alt


def test_only_muscles_that_are_known_are_lit() -> None:
    for exercise in IDS:
        assert set(read_spec(POSES / f"{exercise}.yaml").muscles) <= set(names()), exercise


def test_both_people_are_drawn_about_equally_often() -> None:
    women = sum(read_spec(POSES / f"{id}.yaml").figure == "woman" for id in IDS)
    assert abs(2 * women - len(IDS)) <= 6


def test_all_pictures_together_are_small() -> None:
    assert sum(path.stat().st_size for path in DRAWINGS.glob("*")) <= ALL_DRAWINGS_BYTES


def test_a_mistake_is_seen_like_the_exercise_unless_it_has_a_view_of_its_own() -> None:
    squat, calf_raise = (read_spec(POSES / f"{id}.yaml") for id in ("squat", "calf_raise"))
    assert squat.mistake_view == squat.view
    assert calf_raise.mistake_view.close_on == ("left_foot", "left_shin_middle")
    assert calf_raise.view.close_on == ()


def test_an_unknown_angle_is_refused(tmp_path: Path) -> None:
    text = (POSES / "squat.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "squat.yaml"
    wrong.write_text(text.replace("knee_flexion", "knee_flexoin", 1), encoding="utf-8")
    with pytest.raises(ValueError, match="no angle 'knee_flexoin'"):
        read_spec(wrong)


@EVERY
@pytest.mark.parametrize("kind", ["start", "finish"])
def test_what_should_work_can_be_seen_in_the_picture(exercise: str, kind: str) -> None:
    with Image.open(DRAWINGS / f"{exercise}.{kind}.webp") as picture:
        red, green, blue = np.asarray(picture.convert("RGB")).astype(int).transpose(2, 0, 1)
    glowing = (red > 150) & (red - green > 85) & (red - blue > 100)
    assert glowing.sum() >= LEAST_GLOWING_PX
