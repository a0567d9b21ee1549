import numpy as np
import pytest

from sidestep.domain.motion.calibration import Pair, fit_calibration
from sidestep.domain.motion.posture import TURN
from sidestep.domain.motion.posture_model import ReadLegs, fit_posture_model
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side


def read_legs(n: int = 60, body_sd: float = 2.0) -> list[ReadLegs]:
    """Clips whose reading is off by what the width shows, and apart by what the turn does."""
    chance = np.random.default_rng(5)
    clips = []
    for _ in range(n):
        body, turn = body_sd * chance.standard_normal(), chance.uniform(-4, 4)
        true = {side: chance.uniform(-3, 12) for side in Side}
        postures = {
            side: {
                "fppa_deg": 0.8 * true[side] + body + 0.5 * sign * turn,
                "width_pct": 30 + 2 * body + 0.1 * chance.standard_normal(),
                TURN: sign * turn,
            }
            for side, sign in ((Side.LEFT, 1), (Side.RIGHT, -1))
        }
        clips.append(ReadLegs(postures=postures, true=true))
    return clips


def test_what_a_body_does_to_a_reading_is_told_from_how_it_looks() -> None:
    clips = read_legs()
    model = fit_posture_model(clips)
    assert model is not None
    assert model.n == 60
    assert model.residual_sd < 0.5
    assert model.difference_sd < 0.5
    clip = read_legs(1)[0]
    left, right = clip.postures[Side.LEFT], clip.postures[Side.RIGHT]
    assert model.true_mean(left, right) == pytest.approx(clip.true[Side.LEFT], abs=1.0)
    assert model.true_mean(right, left) == pytest.approx(clip.true[Side.RIGHT], abs=1.0)


def test_its_errors_are_those_of_bodies_it_was_not_learnt_on() -> None:
    clips = read_legs(24, body_sd=0.0)
    noise = np.random.default_rng(6)
    useless = [
        ReadLegs(
            true=clip.true,
            postures={
                side: {f"chance_{k}_pct": noise.standard_normal() for k in range(8)}
                for side in Side
            },
        )
        for clip in clips
    ]
    model = fit_posture_model(useless)
    assert model is not None
    spread = np.std([true for clip in clips for true in clip.true.values()])
    assert model.residual_sd > 0.95 * spread


def test_few_bodies_teach_nothing() -> None:
    assert fit_posture_model(read_legs(10)) is None
    assert fit_posture_model([]) is None


def test_a_number_that_is_not_known_leaves_the_mean_unknown() -> None:
    model = fit_posture_model(read_legs())
    assert model is not None
    assert np.isnan(model.true_mean({"fppa_deg": 3.0}, {}))


def pairs_of(clips: list[ReadLegs]) -> list[Pair]:
    return [
        Pair(
            clip=str(number),
            side=side,
            view=View.REAR,
            measure="fppa_deg",
            true=clip.true[side],
            measured=clip.postures[side]["fppa_deg"],
            inward_turn_deg=clip.postures[side][TURN],
            posture=clip.postures[side],
        )
        for number, clip in enumerate(clips)
        for side in Side
    ]


def test_posture_is_used_where_it_tells_more_than_the_line() -> None:
    line = fit_calibration(pairs_of(read_legs()), model="m", version="1").line(
        View.REAR, "fppa_deg"
    )
    assert line is not None
    assert line.by_posture is not None
    assert line.by_posture.residual_sd < line.residual_sd / 3


def test_posture_is_left_out_where_the_line_says_it_all() -> None:
    line = fit_calibration(pairs_of(read_legs(body_sd=0.0)), model="m", version="1").line(
        View.REAR, "fppa_deg"
    )
    assert line is not None
    assert line.by_posture is None
