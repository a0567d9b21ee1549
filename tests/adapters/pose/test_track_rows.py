import numpy as np

from sidestep.adapters.pose.track_rows import TrackRows
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.skeleton import N_KEYPOINTS


def track_of(rows: TrackRows) -> PoseTrack:
    return rows.track(cuts_s=(), width_px=10, height_px=20, model="made up")


def test_a_frame_of_which_nothing_is_known_says_so() -> None:
    rows = TrackRows(0)
    rows.begin(0.0)
    track = track_of(rows)
    assert np.isnan(track.xy_px).all()
    assert np.isnan([track.brightness[0], track.sharpness[0], track.people[0]]).all()
    assert not track.score.any()


def test_a_clip_longer_than_it_claims_keeps_all_its_rows() -> None:
    rows = TrackRows(3)
    for number in range(5000):
        row = rows.begin(number / 60)
        rows.set(row, xy_px=np.full((N_KEYPOINTS, 2), float(number)), brightness=float(number))
    track = track_of(rows)
    assert len(track.time_s) == 5000
    assert np.array_equal(track.brightness, np.arange(5000.0))
    assert np.array_equal(track.xy_px[:, -1, 1], np.arange(5000.0))


def test_what_was_said_of_somebody_else_is_taken_back() -> None:
    rows = TrackRows(0)
    for number in range(4):
        row = rows.begin(float(number))
        rows.set(row, xy_px=np.ones((N_KEYPOINTS, 2)), score=np.ones(N_KEYPOINTS))
    rows.take_back_person(2)
    track = track_of(rows)
    assert list(np.isnan(track.xy_px[:, 0, 0])) == [True, True, False, False]
    assert list(track.score[:, 0]) == [0.0, 0.0, 1.0, 1.0]


def test_a_frame_takes_little_memory() -> None:
    rows = TrackRows(0)
    for number in range(3):
        rows.begin(float(number))
    track = track_of(rows)
    columns = (track.time_s, track.xy_px, track.score, track.brightness, track.sharpness)
    assert track.rivals is not None
    assert track.changes is not None
    rest = (track.people, track.rivals, track.changes)
    assert sum(column.nbytes for column in (*columns, *rest)) / 3 < 224
