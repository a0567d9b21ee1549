import numpy as np
import pytest
from numpy.typing import NDArray

from sidestep.domain.motion.calibration import Pair, fit_calibration
from sidestep.domain.motion.posture import TURN
from sidestep.domain.motion.posture_model import PostureModel, ReadLegs, fit_posture_model
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


def told(model: PostureModel, clips: list[ReadLegs]) -> dict[Side, NDArray[np.float64]]:
    return {
        side: np.array(
            [model.true_mean(clip.postures[side], clip.postures[side.other]) for clip in clips]
        )
        for side in Side
    }


def test_what_is_told_of_both_legs_grows_as_the_truth_does_on_bodies_that_hide_it() -> None:
    hidden = [
        ReadLegs(
            true=clip.true,
            postures={
                side: {"fppa_deg": clip.postures[side]["fppa_deg"], TURN: clip.postures[side][TURN]}
                for side in Side
            },
        )
        for clip in read_legs(400, body_sd=3.0)
    ]
    learnt, others = hidden[:200], hidden[200:]
    model = fit_posture_model(learnt)
    assert model is not None
    true_mean = np.array([sum(clip.true.values()) / 2 for clip in others])
    told_mean = sum(told(model, others).values()) / 2
    assert np.polyfit(true_mean, told_mean, 1)[0] == pytest.approx(1.0, abs=0.1)
    off = np.concatenate(
        [told(model, others)[side] - [clip.true[side] for clip in others] for side in Side]
    )
    assert np.mean(np.abs(off) < 1.96 * model.residual_sd) == pytest.approx(0.95, abs=0.04)


def test_the_difference_stays_the_best_guess() -> None:
    chance = np.random.default_rng(9)
    noisy = [
        ReadLegs(
            true=clip.true,
            postures={
                side: {"fppa_deg": clip.true[side] + 4.0 * chance.standard_normal()}
                for side in Side
            },
        )
        for clip in read_legs(200)
    ]
    model = fit_posture_model(noisy)
    assert model is not None
    true = np.array([clip.true[Side.LEFT] - clip.true[Side.RIGHT] for clip in noisy])
    difference = told(model, noisy)[Side.LEFT] - told(model, noisy)[Side.RIGHT]
    assert np.polyfit(true, difference, 1)[0] < 0.8
    assert np.polyfit(difference, true, 1)[0] == pytest.approx(1.0, abs=0.1)
    assert np.std(difference - true) == pytest.approx(model.difference_sd, rel=0.1)


def test_how_a_body_is_built_tells_nothing_of_what_sets_the_legs_apart() -> None:
    built = [
        ReadLegs(
            true=clip.true,
            postures={
                side: {
                    "fppa_deg": clip.postures[side]["fppa_deg"],
                    "hips_wide_pct": clip.postures[side]["width_pct"],
                }
                for side in Side
            },
        )
        for clip in read_legs()
    ]
    model = fit_posture_model(built)
    assert model is not None
    assert model.own["hips_wide_pct"] == model.other["hips_wide_pct"] != 0.0


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
