"""Where things lie in the drawings of a clip's page."""

from dataclasses import replace

import pytest

from builders.clip_results import kept_run, kept_squat, run_analysis
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Unknown
from sidestep.services.clips.clip_result import DriftOfLeg, FreshAgainstTired, clip_result
from sidestep.services.ports.report_pages import ChartedStep, ClipChart, ClipFinding, SideValue
from sidestep.web.clip_drawings import HEIGHT, WIDTH, drift_strip, side_strip, step_chart


def chart(*steps: tuple[Side, float, float], is_over_time: bool = True) -> ClipChart:
    return ClipChart(
        title="Knee",
        unit="°",
        more="in",
        is_over_time=is_over_time,
        steps=tuple(ChartedStep(side=side, at=at, value=value) for side, at, value in steps),
        bands=(),
    )


def test_time_goes_to_the_right_and_values_up() -> None:
    drawn = step_chart(chart((Side.LEFT, 1, 2.0), (Side.RIGHT, 3, 8.0), (Side.LEFT, 2, 5.0)), {})
    assert [mark.at for mark in drawn.marks] == [1, 2, 3]
    assert [mark.x for mark in drawn.marks] == sorted(mark.x for mark in drawn.marks)
    assert [mark.y for mark in drawn.marks] == sorted((m.y for m in drawn.marks), reverse=True)
    assert (drawn.first_x, drawn.last_x) == (drawn.marks[0].x, drawn.marks[-1].x)
    assert (drawn.first_s, drawn.last_s) == (1, 3)


@pytest.mark.parametrize(
    "values", [(5.0,), (0.0, 0.0), (-3.0, -3.0), (1e-4, 2e-4), (-0.2, 0.9), (-31.0, 1200.0)]
)
def test_everything_lies_inside_and_beside_round_numbers(values: tuple[float, ...]) -> None:
    steps = ((Side.LEFT, number + 1.0, value) for number, value in enumerate(values))
    drawn = step_chart(chart(*steps), {})
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in drawn.marks)
    ticks = [tick.value for tick in drawn.up]
    assert 2 <= len(ticks) <= 8
    assert ticks[0] <= min(values) + 1e-9
    assert ticks[-1] >= max(values) - 1e-9


def test_squats_lie_at_their_number_and_know_their_place_in_the_film() -> None:
    drawn = step_chart(
        chart((Side.LEFT, 1, 2.0), (Side.LEFT, 2, 3.0), is_over_time=False), {1.0: 4.5, 2.0: 9.0}
    )
    assert [tick.value for tick in drawn.across] == [1, 2]
    assert [mark.film_s for mark in drawn.marks] == [4.5, 9.0]


def test_a_strip_has_a_band_as_wide_as_the_error_on_both_sides_and_zero() -> None:
    known = SideValue(says="6° in", give_or_take="± 2°", n=9, value=6.0, error=2.0)
    finding = ClipFinding(
        title="Knee",
        explains="",
        says="",
        tag=None,
        left=known,
        right=SideValue(),
        more="in",
        less="out",
    )
    strip = side_strip(finding)
    assert strip is not None
    (leg,) = strip.legs
    assert leg.side is Side.LEFT
    assert leg.x == pytest.approx(leg.band_x + leg.band_width / 2)
    assert strip.zero_x is not None
    assert strip.zero_x < leg.band_x
    nothing = ClipFinding(
        title="Knee",
        explains="",
        says="",
        tag=None,
        left=SideValue(),
        right=SideValue(),
        more="",
        less="",
    )
    assert side_strip(nothing) is None


def test_fresh_and_tired_have_both_places() -> None:
    leg = DriftOfLeg(
        side=Side.RIGHT, early=4.0, late=7.0, error=1.0, says="+3° ± 1°", is_clear=True
    )
    drift = FreshAgainstTired(title="Knee", unit="°", more="in", less="out", legs=(leg,))
    (drawn,) = drift_strip(drift).legs
    assert drawn.from_x is not None
    assert drawn.from_x < drawn.x


def test_a_result_knows_when_each_step_and_squat_was() -> None:
    from builders.days_told import RULES, At
    from fakes.stores import MemoryStore

    for clip in (kept_run(), kept_squat()):
        store = MemoryStore()
        store.save_document(clip)
        result = clip_result(clip, store=store, knowledge=RULES, clock=At())
        assert result.page is not None
        assert result.others == ()
        for each in result.page.charts:
            assert {step.at for step in each.steps} <= set(result.step_times_s)


def test_a_clip_too_short_for_a_change_says_so_on_its_page_and_on_paper() -> None:
    from builders.days_told import RULES, At
    from fakes.stores import MemoryStore

    reason = "Too few good steps to compare the clip's start with its end."
    short = {side: {name: Unknown(reason=reason) for name in RunMeasure} for side in Side}
    clip = kept_run(replace(run_analysis(), drift=short))
    result = clip_result(clip, store=MemoryStore(), knowledge=RULES, clock=At())
    assert result.drifts == ()
    assert result.page is not None
    assert ("Fresh against tired", reason) in [(said.title, said.says) for said in result.sayings]
    assert all(row.change == () for row in result.page.rows)
    assert all(chart.parts == () for chart in result.page.charts)
