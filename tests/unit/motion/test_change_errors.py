import numpy as np
import pytest

from sidestep.domain.motion.change_errors import (
    LEAST_SD,
    UNSEEN,
    StepsOfLeg,
    fit_change_sd,
)


def legs(per_unit_sd: float, noise: float, *, n: int = 200, steps: int = 7) -> list[StepsOfLeg]:
    """Legs of which each misreads what thigh and shank move in a way of its own."""
    chance = np.random.default_rng(5)
    made = []
    for _ in range(n):
        moved = chance.normal(0.0, 1.2, (steps, 2))
        off = moved @ chance.normal(0.0, per_unit_sd, 2) + chance.normal(3.0, noise, steps)
        made.append(StepsOfLeg(moved=moved, off=off))
    return made


@pytest.mark.parametrize("noise", [0.3, 1.0])
def test_what_legs_misread_is_told_from_chance(noise: float) -> None:
    assert fit_change_sd(legs(0.3, noise)) == pytest.approx(0.3, rel=0.15)


def test_chance_alone_is_no_misreading() -> None:
    assert fit_change_sd(legs(0.0, 1.0)) == LEAST_SD


def test_what_every_leg_misreads_alike_counts_too() -> None:
    shared = [
        StepsOfLeg(moved=leg.moved, off=leg.off + 0.4 * leg.moved[:, 0]) for leg in legs(0.0, 0.1)
    ]
    assert fit_change_sd(shared) == pytest.approx(0.4 / np.sqrt(2), rel=0.05)


def test_where_nothing_moves_within_a_clip_a_change_is_not_known() -> None:
    still = [StepsOfLeg(moved=0.05 * leg.moved, off=leg.off) for leg in legs(0.3, 0.3)]
    assert fit_change_sd(still) == UNSEEN
    assert fit_change_sd(legs(0.3, 0.3, n=3)) == UNSEEN


def test_unseen_steps_are_left_out() -> None:
    whole = legs(0.3, 0.3)
    holes = [
        StepsOfLeg(moved=np.vstack([leg.moved, [50.0, -50.0]]), off=np.append(leg.off, np.nan))
        for leg in whole
    ]
    assert fit_change_sd(holes) == fit_change_sd(whole)
