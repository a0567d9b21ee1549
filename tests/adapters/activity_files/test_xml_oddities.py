"""GPX and TCX as real programs write them: broken, odd, without times, positions or sport."""

import re
from itertools import pairwise

import numpy as np
import pytest

from builders.activity_bytes import full_run
from sidestep.adapters.activity_files.reader import ActivityFiles
from sidestep.adapters.activity_files.writing import write_gpx, write_tcx
from sidestep.domain.activity.cleaning import clean_recording
from sidestep.domain.activity.recording import Recording
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import FileReading

POINT = '<trkpt lat="{latitude}" lon="11.0"><ele>500</ele><time>{time}</time>{extensions}</trkpt>'


def read(content: bytes | str) -> FileReading:
    return ActivityFiles().read(
        "odd.xml", content.encode() if isinstance(content, str) else content
    )


def only(reading: FileReading) -> Recording:
    (recording,) = reading.recordings
    return recording


def points(count: int, *, speed_m_s: float = 3.0, extensions: str = "") -> str:
    return "".join(
        POINT.format(
            latitude=48.0 + speed_m_s * second / 111_194.93,
            time=f"2026-05-04T06:{second // 60:02d}:{second % 60:02d}Z",
            extensions=extensions,
        )
        for second in range(count)
    )


def gpx(inside: str, *, kind: str = "<type>running</type>") -> str:
    return f'<gpx creator="test"><trk>{kind}<trkseg>{inside}</trkseg></trk></gpx>'


@pytest.mark.parametrize("junk", [b"          ", b"\xef\xbb\xbf", b"\n\r\n", b"\0\0\0", b"junk "])
def test_junk_before_the_xml_is_cut(junk: bytes) -> None:
    for write in (write_gpx, write_tcx):
        reading = read(junk + write(full_run(seconds=60)))
        assert (len(reading.recordings), reading.loss) == (1, None)


@pytest.mark.parametrize("cut", [100, 300, 500])
def test_segments_in_another_order_cost_no_part_of_the_run(cut: int) -> None:
    lines = write_gpx(full_run()).decode().splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("<trkpt"))
    *before, last = lines[first:-1]
    swapped = [*before[cut:], "</trkseg><trkseg>", *before[:cut], last]
    activity = clean_recording(only(read("\n".join([*lines[:first], *swapped, lines[-1]]))))
    assert activity.duration_s == 600.0
    assert activity.distance_m == pytest.approx(1800.0, abs=1.0)


def test_single_points_before_the_first_do_not_move_the_start() -> None:
    early = POINT.format(latitude=48.0, time="2026-05-04T04:00:00Z", extensions="")
    recording = only(read(gpx(points(60) + early)))
    assert recording.started_at.hour == 6


def test_an_undeclared_prefix_is_forgiven() -> None:
    extensions = (
        "<extensions><gpxdata:hr>141</gpxdata:hr><gpxdata:cadence>85</gpxdata:cadence></extensions>"
    )
    reading = read(gpx(points(10, extensions=extensions)))
    streams = only(reading).streams
    assert streams is not None
    np.testing.assert_array_equal(streams.heart_rate_bpm, np.full(10, 141.0))
    np.testing.assert_array_equal(streams.cadence_spm, np.full(10, 170.0))
    assert reading.loss is None


@pytest.mark.parametrize("name", ["hr", "heartrate", "ns3:hr", "gpxtpx:hr"])
def test_heart_rate_is_found_under_every_name_it_has(name: str) -> None:
    extensions = f"<extensions><a><{name}>141</{name}></a></extensions>"
    streams = only(read(gpx(points(5, extensions=extensions)))).streams
    assert streams is not None
    np.testing.assert_array_equal(streams.heart_rate_bpm, np.full(5, 141.0))


def test_cadence_of_both_feet_is_not_doubled_again() -> None:
    extensions = "<extensions><cad>171</cad></extensions>"
    reading = read(gpx(points(5, extensions=extensions)))
    streams = only(reading).streams
    assert streams is not None
    np.testing.assert_array_equal(streams.cadence_spm, np.full(5, 171.0))
    assert reading.notes == ()


def test_doubled_cadence_is_said() -> None:
    reading = read(write_gpx(full_run()))
    assert reading.notes == ("cadence counts one leg in this file; it was doubled",)


def test_a_gpx_cut_in_the_middle_gives_its_whole_points() -> None:
    whole = write_gpx(full_run())
    reading = read(whole[: len(whole) * 6 // 10])
    streams = only(reading).streams
    assert streams is not None
    assert len(streams) == pytest.approx(360, abs=10)
    assert reading.loss is not None
    assert reading.loss.recovered_s == len(streams) - 1
    assert reading.loss.reason == "the file ends in the middle"


@pytest.mark.parametrize("cut", range(20, 300, 7))
def test_a_cut_never_leaves_half_a_number_behind(cut: int) -> None:
    run = full_run(seconds=60, laps=())
    for write in (write_gpx, write_tcx):
        streams = only(read(write(run)[:-cut])).streams
        assert streams is not None
        np.testing.assert_array_equal(streams.heart_rate_bpm, np.full(len(streams), 140.0))
        np.testing.assert_array_equal(streams.altitude_m, np.full(len(streams), 500.0))


def test_a_tcx_cut_in_the_middle_says_what_was_lost() -> None:
    run = full_run(laps=())
    whole = write_tcx(run)
    reading = read(whole[: len(whole) // 2])
    assert reading.loss is not None
    assert reading.loss.recovered_s == pytest.approx(300, abs=10)
    assert reading.loss.expected_s == 580.0


def test_a_point_without_a_position_keeps_its_heart_rate() -> None:
    inside = points(3) + "<trkpt><time>2026-05-04T06:00:03Z</time><hr>150</hr></trkpt>"
    streams = only(read(gpx(inside))).streams
    assert streams is not None
    assert streams.latitude_deg is not None
    assert np.isnan(streams.latitude_deg[3])
    assert streams.heart_rate_bpm is not None
    assert streams.heart_rate_bpm[3] == 150


def test_points_without_a_time_are_left_out_and_counted() -> None:
    reading = read(gpx(points(3) + '<trkpt lat="48.1" lon="11"/><trkpt lat="48.2" lon="11"/>'))
    streams = only(reading).streams
    assert streams is not None
    assert len(streams) == 3
    assert reading.notes == ("2 points without a usable time were left out",)


def test_a_track_without_any_time_is_a_planned_route() -> None:
    reading = read(re.sub("<time>.*?</time>", "", gpx(points(9))))
    assert reading.recordings == ()
    assert "planned route" in reading.skipped


@pytest.mark.parametrize(
    "inside", ['<wpt lat="48" lon="11"/>', '<rte><rtept lat="48" lon="11"/></rte>', ""]
)
def test_waypoints_and_routes_are_skipped(inside: str) -> None:
    assert "no track points" in read(f"<gpx>{inside}</gpx>").skipped


def test_a_course_is_skipped() -> None:
    tcx = "<TrainingCenterDatabase><Courses><Course><Track><Trackpoint/></Track></Course></Courses>"
    assert "only a course" in read(tcx + "</TrainingCenterDatabase>").skipped


def test_every_track_is_an_activity() -> None:
    track = "<trk><type>{}</type><trkseg>{}</trkseg></trk>"
    both = track.format("running", points(5)) + track.format("cycling", points(5))
    reading = read(f"<gpx>{both}</gpx>")
    assert [each.sport for each in reading.recordings] == [Sport.RUN, Sport.CYCLE]


def test_two_tcx_activities_are_two_recordings() -> None:
    run = write_tcx(full_run(seconds=60)).decode()
    ride = write_tcx(full_run(seconds=60, sport=Sport.CYCLE)).decode()
    activity = re.search("<Activity .*</Activity>", ride, re.S)
    assert activity is not None
    reading = read(run.replace("</Activities>", activity.group() + "</Activities>"))
    assert [each.sport for each in reading.recordings] == [Sport.RUN, Sport.CYCLE]


def test_a_tcx_of_laps_alone_keeps_its_totals() -> None:
    recording = only(read(write_tcx(full_run(streams=None))))
    assert recording.streams is None
    assert (recording.distance_m, len(recording.laps)) == (1800.0, 2)


def test_a_track_that_names_no_sport_is_a_run_if_its_speed_fits() -> None:
    reading = read(gpx(points(200, speed_m_s=3.0), kind=""))
    assert only(reading).sport is Sport.RUN
    assert reading.notes == ("the file does not say what sport; its speed fits running",)


@pytest.mark.parametrize("speed_m_s", [1.2, 8.0, 20.0])
def test_a_track_that_names_no_sport_is_no_run_at_other_speeds(speed_m_s: float) -> None:
    reading = read(gpx(points(200, speed_m_s=speed_m_s), kind=""))
    assert only(reading).sport is Sport.OTHER
    assert reading.notes == ()


def test_a_named_sport_is_believed_at_any_speed() -> None:
    assert only(read(gpx(points(200), kind="<type>cycling</type>"))).sport is Sport.CYCLE
    assert only(read(gpx(points(200), kind="<type>9</type>"))).sport is Sport.RUN


def test_local_times_give_the_offset_from_utc() -> None:
    recording = only(read(gpx(points(5).replace("Z</time>", "+02:00</time>"))))
    assert recording.utc_offset_s == 7200
    assert recording.started_at.isoformat() == "2026-05-04T04:00:00+00:00"


@pytest.mark.parametrize("time", ["yesterday", "0001-01-01T00:00:00Z", "2026-13-40T00:00:00Z", ""])
def test_times_that_cannot_be_are_no_times(time: str) -> None:
    inside = points(3) + POINT.format(latitude=48, time=time, extensions="")
    streams = only(read(gpx(inside))).streams
    assert streams is not None
    assert len(streams) == 3


@pytest.mark.parametrize("number", ["nan", "inf", "1e400", "ten", "91"])
def test_positions_off_the_globe_are_unknown(number: str) -> None:
    inside = points(3) + POINT.format(latitude=number, time="2026-05-04T06:01:00Z", extensions="")
    streams = only(read(gpx(inside))).streams
    assert streams is not None
    assert streams.latitude_deg is not None
    assert np.isnan(streams.latitude_deg[3])


def test_other_encodings_are_read() -> None:
    text = gpx(points(5)).replace('creator="test"', 'creator="Läufer"')
    for encoding in ("utf-16", "utf-16-le", "iso-8859-1", "windows-1252"):
        declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-le")}"?>{text}'
        assert only(read(declared.encode(encoding))).device == "Läufer"


def test_times_stay_in_file_order() -> None:
    inside = points(5) + points(2)
    streams = only(read(gpx(inside))).streams
    assert streams is not None
    steps = [later - earlier for earlier, later in pairwise(streams.time_s.tolist())]
    assert steps == [1, 1, 1, 1, -4, 1]


def test_late_heart_rates_under_earlier_times_do_not_move_the_runner() -> None:
    fix = POINT.format(latitude="{latitude}", time="{time}", extensions="")
    late = "<extensions><hr>140</hr></extensions>"
    inside = ""
    for second in range(0, 60, 5):
        latitude = 48.0 + 3.0 * second / 111_194.93
        inside += fix.format(latitude=latitude, time=f"2026-05-04T06:01:{second:02d}Z")
        for early in (4, 0, 2):
            time = f"2026-05-04T06:01:{max(second - early, 0):02d}Z"
            inside += POINT.format(latitude=latitude, time=time, extensions=late)
    recording = only(read(gpx(inside)))
    assert recording.streams is not None
    assert recording.streams.heart_rate_bpm is not None
    assert np.count_nonzero(recording.streams.heart_rate_bpm == 140.0) == 36
    assert clean_recording(recording).distance_m == pytest.approx(165.0, abs=1.0)


def test_numbers_with_a_decimal_comma_are_read() -> None:
    with_commas = re.sub(r'(?<=")(\d+)\.(\d+)(?=")', r"\1,\2", points(100))
    assert "lat=" in with_commas
    streams = only(read(gpx(with_commas))).streams
    expected = only(read(gpx(points(100)))).streams
    assert streams is not None
    assert expected is not None
    np.testing.assert_array_equal(streams.latitude_deg, expected.latitude_deg)


@pytest.mark.parametrize(
    "time", ["2026-05-04T06:00:00z", "2026-05-04 06:00:00 UTC", "2026/05/04 06:00:00"]
)
def test_times_that_stray_from_the_standard_are_read(time: str) -> None:
    inside = POINT.format(latitude=48, time=time, extensions="") + points(3)
    started_at = only(read(gpx(inside))).started_at
    assert started_at.isoformat() == "2026-05-04T06:00:00+00:00"


@pytest.mark.parametrize(
    ("name", "sport"),
    [
        ("Walking 12/26/13 4:02 pm", Sport.WALK),
        ("Trail running 2020-05-01", Sport.TRAIL_RUN),
        ("Walking with 3 friends", Sport.OTHER),
        ("Ludwig 12/26/13", Sport.OTHER),
    ],
)
def test_a_name_of_sport_and_date_names_the_sport(name: str, sport: Sport) -> None:
    slow = points(200, speed_m_s=1.2)
    assert only(read(gpx(slow, kind=f"<name>{name}</name>"))).sport is sport


def test_the_change_between_two_sports_belongs_to_neither() -> None:
    run = write_tcx(full_run(seconds=60)).decode()
    activity = re.search("<Activity .*</Activity>", run, re.S)
    lap = re.search("<Lap .*?</Lap>", run, re.S)
    assert activity is not None
    assert lap is not None
    change = lap.group().replace("<Lap", "<Transition").replace("</Lap", "</Transition")
    session = f"<MultiSportSession><NextSport>{change}{activity.group()}</NextSport>"
    recording = only(read(run.replace(activity.group(), session + "</MultiSportSession>")))
    expected = only(read(run))
    assert recording.streams is not None
    assert expected.streams is not None
    assert len(recording.streams) == len(expected.streams)


def test_the_first_version_of_tcx_is_read() -> None:
    run = write_tcx(full_run(seconds=60)).decode()
    old = re.sub(
        r"<HeartRateBpm><Value>(\d+)</Value>", r"<HeartRateBpm>\1", re.sub(r">\s+<", "><", run)
    )
    old = old.replace('<Activity Sport="Running">', "<Run>").replace("</Activity>", "</Run>")
    old = old.replace("<Activities>", '<History><Running Name="Running">')
    recording = only(read(old.replace("</Activities>", "</Running></History>")))
    expected = only(read(run))
    assert recording.sport is Sport.RUN
    assert recording.duration_s == expected.duration_s
    assert recording.streams is not None
    assert expected.streams is not None
    np.testing.assert_array_equal(recording.streams.heart_rate_bpm, expected.streams.heart_rate_bpm)


@pytest.mark.parametrize(
    ("said", "sport"), [("", Sport.RUN), ('Sport=""', Sport.RUN), ('Sport="Other"', Sport.OTHER)]
)
def test_a_tcx_activity_without_a_sport_is_a_run_if_its_speed_fits(said: str, sport: Sport) -> None:
    run = write_tcx(full_run(seconds=300)).decode()
    assert 'Sport="Running"' in run
    assert only(read(run.replace('Sport="Running"', said))).sport is sport
