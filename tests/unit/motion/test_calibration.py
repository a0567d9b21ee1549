from dataclasses import replace

import numpy as np
import pytest

from sidestep.domain.motion.calibration import EXACT, Line, Pair, fit_calibration
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side


def pairs(n: int = 30, slope: float = 0.7, sd: float = 0.3, shared_sd: float = 0.0) -> list[Pair]:
    chance = np.random.default_rng(4)
    found = []
    for clip in range(n):
        shared = shared_sd * chance.standard_normal()
        turn = chance.uniform(-6, 6)
        for side, sign in ((Side.LEFT, 1), (Side.RIGHT, -1)):
            true = chance.uniform(-2, 14)
            inward = sign * turn
            measured = slope * true + 1.7 + 0.6 * inward + shared + sd * chance.standard_normal()
            found.append(
                Pair(
                    clip=str(clip),
                    side=side,
                    view=View.REAR,
                    measure="fppa_deg",
                    true=true,
                    measured=measured,
                    inward_turn_deg=inward,
                )
            )
    return found


def fitted(some: list[Pair]) -> Line | None:
    return fit_calibration(some, model="m", version="1").line(View.REAR, "fppa_deg")


def test_a_line_is_found_again_and_led_back() -> None:
    line = fitted(pairs())
    assert line is not None
    assert line.slope == pytest.approx(0.7, abs=0.03)
    assert line.intercept == pytest.approx(1.7, abs=0.3)
    assert line.turn == pytest.approx(0.6, abs=0.03)
    assert line.n == 60
    assert line.true_value(0.7 * 9 + 1.7 + 0.6 * 4, 4.0) == pytest.approx(9, abs=0.3)


def test_residuals_are_those_of_the_truth_told_back() -> None:
    line = fitted(pairs(sd=0.7))
    assert line is not None
    assert line.residual_sd == pytest.approx(1.0, rel=0.3)
    assert line.difference_sd == pytest.approx(1.4, rel=0.35)


def test_the_error_is_that_of_a_kind_of_body_that_was_not_seen() -> None:
    shift = {"man": -3.0, "woman": 3.0}
    mixed = [
        replace(pair, measured=pair.measured + shift[build], build=build)
        for pair in pairs(sd=0.1)
        for build in [("man", "woman")[int(pair.clip) % 2]]
    ]
    unnamed, named = fitted([replace(pair, build="") for pair in mixed]), fitted(mixed)
    assert unnamed is not None
    assert named is not None
    assert (named.slope, named.intercept) == (unnamed.slope, unnamed.intercept)
    assert unnamed.residual_sd == pytest.approx(3 / 0.7, rel=0.1)
    assert named.residual_sd == pytest.approx(6 / 0.7, rel=0.1)


def test_what_both_sides_share_is_not_in_the_difference() -> None:
    line = fitted(pairs(sd=0.1, shared_sd=1.4))
    assert line is not None
    assert line.residual_sd > 1.5
    assert line.difference_sd < 0.6


def test_a_measure_that_does_not_follow_the_truth_stays_uncalibrated() -> None:
    assert fitted(pairs(slope=0.05)) is None
    assert fitted(pairs(n=2)) is None


def test_pairs_without_numbers_are_left_out() -> None:
    broken = Pair(
        clip="x",
        side=Side.LEFT,
        view=View.REAR,
        measure="fppa_deg",
        true=float("nan"),
        measured=1.0,
    )
    line = fitted([*pairs(), broken])
    assert line is not None
    assert line.n == 60


def test_exact_points_need_no_line() -> None:
    line = EXACT.line(View.SIDE, "anything")
    assert line is not None
    assert line.true_value(3.5, 20.0) == 3.5


def test_how_a_change_is_misread_is_told_from_the_steps_led_back() -> None:
    chance = np.random.default_rng(7)
    stepping = []
    for pair in pairs():
        true = chance.normal(5.0, 1.5, 12)
        own = 1 + chance.normal(0.0, 0.2)
        read = 0.7 * own * true + 1.7 + chance.normal(0.0, 0.1, 12)
        stepping.append(
            replace(pair, steps=np.column_stack([read, true]), moved=true.reshape(-1, 1))
        )
    plain, line = fitted(pairs()), fitted(stepping)
    assert plain is not None
    assert line is not None
    assert plain.change_sd == 0
    assert line.change_sd == pytest.approx(0.2, rel=0.25)
