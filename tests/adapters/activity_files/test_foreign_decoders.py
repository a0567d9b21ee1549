"""Decoders written by others accept what is written here, field by field."""

import warnings
from typing import Any

import fitdecode
import fitfast
import numpy as np
import pytest
from lxml import etree

from builders.activity_bytes import START_S, full_run
from builders.official_fit import decode_officially
from sidestep.adapters.activity_files.writing import write_fit, write_gpx, write_tcx
from sidestep.domain.activity.recording import Lap, StepLap

FIT_EPOCH_S = 631_065_600


def test_the_official_decoder_reads_every_field() -> None:
    messages = decode_officially(write_fit(full_run()))
    assert len(messages["record_mesgs"]) == 601
    record = messages["record_mesgs"][100]
    assert record["timestamp"] == START_S - FIT_EPOCH_S + 100
    assert record["position_lat"] * 180 / 2**31 == pytest.approx(48.0 + 300 / 111_194.93, abs=1e-6)
    expected: dict[str, Any] = {
        "distance": 300.0,
        "enhanced_speed": 3.0,
        "enhanced_altitude": 500.0,
        "heart_rate": 140,
        "cadence": 85,
        "fractional_cadence": 0.0,
        "power": 240,
        "stance_time": 251.5,
        "vertical_oscillation": 88.0,
    }
    assert {name: record[name] for name in expected} == expected
    (session,) = messages["session_mesgs"]
    expected = {
        "sport": "running",
        "total_elapsed_time": 600.0,
        "total_timer_time": 580.0,
        "total_distance": 1800.0,
        "total_strides": 850,
        "total_fractional_cycles": 0.5,
        "avg_heart_rate": 140,
        "total_ascent": 12,
        "total_descent": 11,
        "workout_rpe": 40,
        "sport_profile_name": "Morning run",
        "num_laps": 2,
    }
    assert {name: session[name] for name in expected} == expected
    assert [lap["total_distance"] for lap in messages["lap_mesgs"]] == [300.0, 1500.0]
    (activity,) = messages["activity_mesgs"]
    assert activity["local_timestamp"] - activity["timestamp"] == 7200
    kinds = [event["event_type"] for event in messages["event_mesgs"]]
    assert kinds == ["start", "stop", "start", "stop_all"]


def test_garmins_decoder_reads_the_step_of_a_workout_and_its_time() -> None:
    led = StepLap(step=4, duration_s=25.5)
    laps = (Lap(start_s=0.0, end_s=40.0, of_workout=led), Lap(start_s=40.0, end_s=60.0))
    one, other = decode_officially(write_fit(full_run(seconds=60, laps=laps)))["lap_mesgs"]
    assert (one["wkt_step_index"], one["total_timer_time"]) == (4, 25.5)
    assert one["total_elapsed_time"] == 40.0
    assert "wkt_step_index" not in other


def test_fitdecode_reads_it_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reader = fitdecode.FitReader(
            write_fit(full_run()),
            check_crc=fitdecode.CrcCheck.RAISE,
            error_handling=fitdecode.ErrorHandling.RAISE,
        )
        heart_rates = [
            frame.get_value("heart_rate")
            for frame in reader
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record"
        ]
    assert heart_rates == [140] * 601


def test_fitfast_with_its_strict_checksum_reads_it() -> None:
    columns = fitfast.records(write_fit(full_run()))
    np.testing.assert_array_equal(columns["timestamp"], START_S + np.arange(601))
    np.testing.assert_allclose(columns["distance"], 3.0 * np.arange(601))


def test_gpx_and_tcx_are_well_formed_and_in_their_namespaces() -> None:
    gpx = etree.fromstring(write_gpx(full_run(device='a "quoted" & odd <name>')))
    assert len(gpx.findall(".//{http://www.topografix.com/GPX/1/1}trkpt")) == 601
    tcx = etree.fromstring(write_tcx(full_run(device="a & b")))
    namespace = "{http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2}"
    assert len(tcx.findall(f".//{namespace}Trackpoint")) == 601
    assert len(tcx.findall(f".//{namespace}Lap")) == 2
