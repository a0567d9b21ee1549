import pytest

from builders.runs import TODAY, a_run, every_other_day
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.load.analysis import analyse_load
from sidestep.domain.load.report import SpikeBand
from sidestep.domain.load.spike import band_of, compare_runs, longest_recent_run
from sidestep.domain.vocabulary.sport import Sport

PARAMETERS = shipped_parameters("load")


@pytest.mark.parametrize(
    ("ratio", "band"),
    [
        (None, SpikeBand.UNDEFINED),
        (0.5, SpikeBand.WITHIN),
        (1.10, SpikeBand.WITHIN),
        (1.101, SpikeBand.OVER_1_10),
        (2.00, SpikeBand.OVER_1_10),
        (2.001, SpikeBand.OVER_2_00),
    ],
)
def test_two_gates_make_four_bands(ratio: float | None, band: SpikeBand) -> None:
    assert band_of(ratio, PARAMETERS) is band


@pytest.mark.parametrize("longest_km", [0.1, 3.0, 4.7, 10.0, 17.3, 42.195])
def test_exactly_a_tenth_more_is_within_whatever_floating_point_says(longest_km: float) -> None:
    runs = [a_run(3, longest_km), a_run(0, longest_km * 1.1)]
    assert compare_runs(runs, PARAMETERS)[-1].band is SpikeBand.WITHIN


def test_a_run_thirty_days_before_still_counts() -> None:
    newest = compare_runs([a_run(30, 10), a_run(0, 12.5)], PARAMETERS)[-1]
    assert newest.longest_before_km == 10
    assert newest.ratio == pytest.approx(1.25)
    assert newest.band is SpikeBand.OVER_1_10


def test_a_run_thirty_one_days_before_no_longer_counts() -> None:
    newest = compare_runs([a_run(31, 10), a_run(0, 12.5)], PARAMETERS)[-1]
    assert (newest.longest_before_km, newest.ratio) == (None, None)
    assert newest.band is SpikeBand.UNDEFINED


def test_an_earlier_run_of_the_same_day_counts_for_the_later_one_only() -> None:
    morning, evening = a_run(0, 5, hour=7), a_run(0, 8, hour=18)
    first, second = compare_runs([evening, morning], PARAMETERS)
    assert first.band is SpikeBand.UNDEFINED
    assert second.longest_before_km == 5


def test_a_run_without_a_distance_is_left_out() -> None:
    runs = [a_run(2, 5), a_run(1, None), a_run(0, 5)]
    assert [run.distance_km for run in compare_runs(runs, PARAMETERS)] == [5, 5]


def test_the_longest_leaves_the_window_and_the_next_one_takes_its_place() -> None:
    runs = [a_run(40, 20), a_run(20, 8), a_run(10, 6), a_run(0, 9)]
    assert compare_runs(runs, PARAMETERS)[-1].longest_before_km == 8


def test_of_two_equally_long_runs_the_later_holds_the_cap_longer() -> None:
    earlier, later = a_run(20, 10), a_run(4, 10)
    assert longest_recent_run([earlier, later], TODAY, PARAMETERS) is later


def test_the_cap_is_a_tenth_more_than_the_longest_of_thirty_days() -> None:
    report = analyse_load([a_run(30, 30), a_run(29, 12), a_run(1, 5)], TODAY, PARAMETERS)
    assert report.longest_run_30d_km == 12
    assert report.next_run_cap_km == pytest.approx(13.2)
    assert report.cap is not None
    assert "13.2 km" in report.cap.says


def test_without_a_run_in_thirty_days_there_is_no_cap_and_the_way_back_is_named() -> None:
    report = analyse_load([a_run(45, 10)], TODAY, PARAMETERS)
    assert report.next_run_cap_km is None
    assert report.cap is None
    notice = next(one for one in report.notices if one.kind == "no_recent_run")
    assert "16 May 2026" in notice.says


def test_spikes_hold_what_is_not_within_newest_first() -> None:
    history = [*every_other_day(km=5), a_run(3, 7, hour=9), a_run(1, 15, hour=9)]
    report = analyse_load(history, TODAY, PARAMETERS)
    assert [(run.distance_km, run.band) for run in report.spikes] == [
        (15, SpikeBand.OVER_2_00),
        (7, SpikeBand.OVER_1_10),
    ]


def test_a_spike_is_told_in_absolute_words_and_never_as_a_risk_in_percent() -> None:
    report = analyse_load([*every_other_day(km=8), a_run(1, 10)], TODAY, PARAMETERS)
    notice = report.notices[0]
    assert notice.id == "spike_gate_1_10"
    assert "25 % longer than any in the 30 days before" in notice.says
    assert "about 5 per 1,000 runs instead of 3" in notice.says
    assert "risk" not in notice.says
    assert [citation.key for citation in notice.backing.citations] == ["frandsen_2025"]


def test_a_doubled_run_has_its_own_words() -> None:
    report = analyse_load([*every_other_day(km=4), a_run(1, 12)], TODAY, PARAMETERS)
    assert report.notices[0].id == "spike_gate_2_00"
    assert "3.0 times as long" in report.notices[0].says
    assert "about 7 per 1,000 runs instead of 3" in report.notices[0].says


def test_treadmill_kilometres_count() -> None:
    history = [a_run(5, 10, sport=Sport.TREADMILL_RUN), a_run(1, 10.5)]
    assert analyse_load(history, TODAY, PARAMETERS).spikes[0].on == history[0].local_date
    assert len(analyse_load(history, TODAY, PARAMETERS).spikes) == 1


def test_a_cap_that_rests_on_a_spike_is_said_to_be_generous() -> None:
    spiked = analyse_load([*every_other_day(km=5), a_run(3, 12, hour=9)], TODAY, PARAMETERS)
    steady = analyse_load(every_other_day(km=5), TODAY, PARAMETERS)
    assert spiked.next_run_cap_km == pytest.approx(13.2)
    assert any("A ceiling measured by it is generous" in note for note in spiked.notes)
    assert steady.notes == ()
