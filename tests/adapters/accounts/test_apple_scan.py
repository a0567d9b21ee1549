from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.exports import build_health_export, build_step_record, build_workout
from sidestep.adapters.accounts.apple_scan import (
    HealthScan,
    SourceSteps,
    StepCounter,
    scan_health_export,
)
from sidestep.errors import HostileFileError, SidestepError, UnreadableFileError

_NEW_YEAR = datetime(2025, 1, 1, tzinfo=UTC)


class _Trickle(BytesIO):
    """A stream that gives only a few bytes at once, as a slow archive may."""

    def __init__(self, content: bytes, at_once: int) -> None:
        super().__init__(content)
        self._at_once = at_once

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or self._at_once, self._at_once))


def _scan(content: bytes) -> HealthScan:
    return scan_health_export(BytesIO(content))


def _steps_of(*records: str) -> dict[date, dict[str, int]]:
    return _scan(build_health_export(*records)).steps_by_day


def _source(*intervals: tuple[int, int, int]) -> SourceSteps:
    steps = SourceSteps()
    for start_s, length_s, count in intervals:
        steps.add(start_s, start_s + length_s, count)
    return steps


def test_steps_are_summed_per_source_and_never_across() -> None:
    at = ("2025-01-01 06:30:00 +0000", "2025-01-01 06:40:00 +0000")
    later = ("2025-01-01 07:30:00 +0000", "2025-01-01 07:40:00 +0000")
    assert _steps_of(
        build_step_record(*at, 600, source="Runner&#8217;s iPhone"),
        build_step_record(*at, 640, source="Watch &amp; Co"),
        build_step_record(*later, 100, source="Watch &amp; Co"),
    ) == {date(2025, 1, 1): {"Runner’s iPhone": 600, "Watch & Co": 740}}


def test_a_day_is_the_day_on_the_clock_that_the_record_names() -> None:
    assert _steps_of(
        build_step_record("2025-01-01 23:50:00 -0500", "2025-01-01 23:55:00 -0500", 10),
        build_step_record("2025-01-02 00:10:00 +0900", "2025-01-02 00:15:00 +0900", 20),
    ) == {date(2025, 1, 1): {"Phone": 10}, date(2025, 1, 2): {"Phone": 20}}


def test_a_record_repeated_word_for_word_counts_once() -> None:
    record = build_step_record("2025-01-01 06:30:00 +0000", "2025-01-01 06:40:00 +0000", 600)
    assert _steps_of(record, record) == {date(2025, 1, 1): {"Phone": 600}}


def test_attributes_may_come_in_any_order_and_hold_signs() -> None:
    record = (
        '<Record value="7" endDate="2025-01-01 06:40:00 +0000" unit="count" device="a > b" '
        'startDate="2025-01-01 06:30:00 +0000" sourceName="Phone" '
        'type="HKQuantityTypeIdentifierStepCount"><MetadataEntry key="a" value="b"/></Record>'
    )
    assert _steps_of(record) == {date(2025, 1, 1): {"Phone": 7}}


@pytest.mark.parametrize("value", ["", "many", "-5", "nan", "inf", "1e30"])
def test_a_count_that_is_no_count_is_left_out(value: str) -> None:
    record = build_step_record("2025-01-01 06:30:00 +0000", "2025-01-01 06:40:00 +0000", 4711)
    assert _steps_of(record.replace("4711", value)) == {}


def test_hours_with_standing_are_counted_once_an_hour() -> None:
    def hour(at: str, value: str = "HKCategoryValueAppleStandHourStood") -> str:
        return (
            f'<Record type="HKCategoryTypeIdentifierAppleStandHour" sourceName="Watch" '
            f'startDate="2025-01-01 {at}:00:00 +0100" endDate="2025-01-01 {at}:59:00 +0100" '
            f'value="{value}"/>\n'
        )

    idle = hour("11", "HKCategoryValueAppleStandHourIdle")
    scan = _scan(build_health_export(hour("09"), hour("09"), hour("10"), idle))
    assert scan.stood_hours == {(date(2025, 1, 1), 9), (date(2025, 1, 1), 10)}


def test_a_broken_document_type_and_stray_control_characters_survive() -> None:
    prologue = (
        "<!DOCTYPE HealthData [\n<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>\n"
        "<!ATTLIST Workout duration CDATA #IMPLIED\n<!-- never closed >\n]>\n"
    )
    record = build_step_record(
        "2025-01-01 06:30:00 +0000", "2025-01-01 06:40:00 +0000", 600, source="Pho\x0bne"
    )
    scan = _scan(build_health_export(record, prologue=prologue))
    assert [sum(day.values()) for day in scan.steps_by_day.values()] == [600]
    assert not scan.is_cut_short


def test_an_entity_bomb_is_refused() -> None:
    prologue = '<!DOCTYPE HealthData [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(HostileFileError, match="entities"):
        _scan(build_health_export("<Me>&b;</Me>", prologue=prologue))


@pytest.mark.parametrize("content", [b"", b"<gpx/>", b"PK\x03\x04", b"<Record" * 1000])
def test_another_document_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="Apple Health"):
        _scan(content)


def test_a_workout_without_an_end_is_refused_before_it_fills_memory() -> None:
    class Endless(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(size) or b"<WorkoutEvent/>" * 100_000

    with pytest.raises(HostileFileError, match="workout"):
        scan_health_export(Endless(b"<HealthData>\n<Workout duration='1'>\n"))


def test_text_without_an_element_is_refused_before_it_fills_memory() -> None:
    class Endless(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(size) or b"a" * 1_000_000

    with pytest.raises(HostileFileError, match="larger than any real one"):
        scan_health_export(Endless(b"<HealthData>\n"))


@pytest.mark.parametrize("at_once", [41, 47, 53, 61])
def test_a_sign_inside_an_attribute_does_not_end_a_record(at_once: int) -> None:
    # Phones with iOS 11 and older wrote the device like this.
    device = 'device="&lt;&lt;HKDevice: 0x17>, name:Phone>" '
    start, end = "2025-01-01 06:30:00 +0000", "2025-01-01 06:40:00 +0000"
    records = [build_step_record(start, end, count, extra=device) for count in (1, 20, 300, 4000)]
    scan = scan_health_export(_Trickle(build_health_export(*records), at_once))
    assert scan.steps_by_day == {date(2025, 1, 1): {"Phone": 4321}}


def test_a_file_cut_short_gives_what_came_before() -> None:
    start, end = "2025-01-01 06:30:00 +0000", "2025-01-01 06:40:00 +0000"
    content = build_health_export(
        build_step_record(start, end, 600),
        build_workout(start, end),
        build_workout(start, end, children="<WorkoutEvent/>"),
    )
    scan = _scan(content[: content.index(b"<WorkoutEvent")])
    assert scan.is_cut_short
    assert len(scan.packed_workouts) == 1
    assert scan.steps_by_day == {date(2025, 1, 1): {"Phone": 600}}


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 5000)), max_size=20),
    st.integers(40, 900),
)
def test_where_the_pieces_of_a_stream_end_changes_nothing(
    records: list[tuple[int, int]], at_once: int
) -> None:
    elements: list[str] = []
    for offset_s, count in records:
        start = _NEW_YEAR + timedelta(seconds=offset_s)
        times = f"{start:%Y-%m-%d %H:%M:%S} +0000", f"{start:%Y-%m-%d %H:%M:%S} +0000"
        elements.append(build_step_record(*times, count, source=f"S{count % 3}"))
        elements.append(build_workout(*times, children='<MetadataEntry key="a" value="1 > 0"/>'))
        elements.append(f'<Workout startDate="{times[0]}" duration="{count}"/>\n')
    content = build_health_export(*elements)

    whole = _scan(content)
    pieces = scan_health_export(_Trickle(content, at_once))

    assert pieces == whole
    found = list(whole.workouts())
    assert len(found) == 2 * len(records)
    assert all(workout in content for workout in found)


_INTERVALS = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 4000), st.integers(0, 3000)), max_size=15
)


@given(
    st.dictionaries(st.sampled_from("abc"), _INTERVALS), st.integers(0, 9000), st.integers(1, 9000)
)
def test_the_steps_of_a_stretch_never_exceed_those_of_the_richest_source(
    sources: dict[str, list[tuple[int, int, int]]], start_s: int, length_s: int
) -> None:
    steps = {name: _source(*intervals) for name, intervals in sources.items()}
    found = StepCounter(steps).count_between(start_s, start_s + length_s)
    most = max((sum(source.count) for source in steps.values()), default=0)
    assert found is None or 0 <= found[0] <= most


@given(_INTERVALS, st.integers(0, 9000), st.integers(1, 4000), st.integers(1, 4000))
def test_the_steps_of_two_stretches_add_up(
    intervals: list[tuple[int, int, int]], start_s: int, first_s: int, second_s: int
) -> None:
    counter = StepCounter({"a": _source(*intervals)})
    middle_s, end_s = start_s + first_s, start_s + first_s + second_s
    parts = [counter.count_between(start_s, middle_s), counter.count_between(middle_s, end_s)]
    whole = counter.count_between(start_s, end_s)
    assert sum(part[0] for part in parts if part) == pytest.approx(
        whole[0] if whole else 0, abs=1.5
    )


def test_an_interval_partly_inside_gives_its_part_and_the_better_covering_source_wins() -> None:
    counter = StepCounter({"phone": _source((0, 1000, 900)), "watch": _source((500, 1000, 2000))})
    assert counter.count_between(500, 1500) == (2000, "watch")
    assert counter.count_between(0, 500) == (450, "phone")
    assert counter.count_between(5000, 6000) is None


def test_the_total_of_a_day_does_not_stand_for_the_steps_of_a_run_in_it() -> None:
    day_app, watch = _source((0, 86_400, 9000)), _source((36_060, 1700, 4700))
    counter = StepCounter({"day app": day_app, "watch": watch})
    assert counter.count_between(36_000, 37_800) == (4700, "watch")
    assert StepCounter({"day app": day_app}).count_between(36_000, 37_800) is None


@given(st.binary(max_size=400))
def test_any_bytes_after_the_root_give_a_result_or_an_input_error(content: bytes) -> None:
    try:
        scan = _scan(b"<HealthData>" + content)
    except SidestepError:
        return
    assert isinstance(scan, HealthScan)
