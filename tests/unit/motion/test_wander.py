import numpy as np
from numpy.typing import NDArray

from sidestep.domain.motion.gait_events import MidStance
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.step_values import RawStep
from sidestep.domain.motion.views import View
from sidestep.domain.motion.wander import correct_wander
from sidestep.domain.vocabulary.side import Side

SIDES = (Side.LEFT, Side.RIGHT)


def slow(n: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """A course of spread 1 that changes as slowly as a runner wanders."""
    time = np.linspace(0, 2 * np.pi, n)
    waves = [chance.normal() * np.sin(k * time + chance.uniform(0, 6)) / k for k in (1, 2, 3)]
    course: NDArray[np.float64] = np.sum(waves, axis=0)
    return course / float(course.std())


def steps(values: NDArray[np.float64], place: NDArray[np.float64]) -> list[RawStep]:
    return [
        RawStep(
            stance=MidStance(side=SIDES[row % 2], time_s=0.35 * row, step_s=0.35, is_good=True),
            start_s=0.35 * row - 0.05,
            end_s=0.35 * row + 0.05,
            values={RunMeasure.FPPA: float(value)},
            place_legs=float(aside),
            size=1.0 + 0.004 * (row % 3),
            pose_legs=np.zeros((16, 2)),
        )
        for row, (value, aside) in enumerate(zip(values, place, strict=True))
    ]


def test_what_changes_slowly_by_itself_is_seldom_taken_for_wandering() -> None:
    corrected = []
    for seed in range(60):
        chance = np.random.default_rng(seed)
        legs = np.where(np.arange(60) % 2, slow(60, chance), slow(60, chance))
        own = legs + 0.3 * chance.standard_normal(60)
        found = correct_wander(steps(5 + own, 0.02 * slow(60, chance)), View.REAR)
        corrected.append(bool(found.corrected))
    assert np.mean(corrected) < 0.12


def test_what_wandering_fakes_is_taken_out() -> None:
    chance = np.random.default_rng(3)
    place = 0.03 * slow(60, chance)
    inward = np.array([1.0, -1.0] * 30)
    found = correct_wander(
        steps(5 + 60 * inward * place + 0.3 * chance.standard_normal(60), place), View.REAR
    )
    assert found.corrected == (RunMeasure.FPPA,)
    told = [step.values[RunMeasure.FPPA] for step in found.steps]
    assert np.std(told) < 0.45
