"""Watches one clip with one pose pipeline and tells how long that took; run by clip_speed.

Each pipeline runs in an environment of its own, so nothing is imported before it is known which.
Usage: ``python benchmarks/clip_contenders.py {sidestep,sidestep-live,mediapipe,myogait} CLIP``.
"""

import json
import statistics
import sys
import time
from pathlib import Path

DRAWN_HEIGHT_PX = 720
WARM_UP_FRAMES = 15


def sidestep(clip: Path) -> dict[str, float]:
    from sidestep.adapters.pose.blazepose_source import BlazePoseSource
    from sidestep.adapters.pose.model_files import find_models
    from sidestep.adapters.video.clip_files import ClipFiles

    source = BlazePoseSource(ClipFiles(), find_models())
    started = time.perf_counter()
    track = source.track(clip, lambda _share: None)
    watched_s = time.perf_counter() - started
    seen = int((track.score[:, 0] > 0).sum())
    return {"frames": len(track.time_s), "seen": seen, "watched_s": watched_s}


def sidestep_live(clip: Path) -> dict[str, float]:
    """Follow a clip played in real time; the picture to draw on is made, nothing is drawn."""
    from sidestep.adapters.pose.live_poses import BlazePoseLive
    from sidestep.adapters.pose.model_files import find_models
    from sidestep.adapters.video.live_capture import play_file
    from sidestep.adapters.video.overlay_picture import YuvPicture, mix_of
    from sidestep.adapters.video.scaling import round_size

    poses, ages_s, seen = BlazePoseLive(find_models()), [], 0
    cpu_s = started = 0.0
    with play_file(clip) as capture:
        first = capture.first()
        if first is None:
            raise SystemExit(f"{clip} shows nothing")
        poses.prepare(first)
        layout = first.layout
        mix = mix_of(layout.rgb_from_yuv)
        width_px = round_size(layout.width_px * DRAWN_HEIGHT_PX / layout.height_px)
        capture.begin()
        while (frame := capture.newest()) is not None:
            seen += poses.see(frame) is not None
            YuvPicture.from_frame(frame, width_px, DRAWN_HEIGHT_PX, mix)
            ages_s.append(capture.age_s(frame))
            if len(ages_s) == WARM_UP_FRAMES:
                cpu_s, started = time.process_time(), time.perf_counter()
        watched_s = time.perf_counter() - started
        cpu_s = time.process_time() - cpu_s
        ages_s = sorted(ages_s[WARM_UP_FRAMES:])
        return {
            "frames": len(ages_s),
            "seen": seen,
            "dropped": capture.dropped,
            "watched_s": watched_s,
            "cores": cpu_s / watched_s,
            "age_ms": 1000 * statistics.median(ages_s),
            "age_p95_ms": 1000 * ages_s[int(0.95 * len(ages_s))],
        }


def mediapipe(clip: Path) -> dict[str, float]:
    import cv2
    import mediapipe

    started = time.perf_counter()
    pose = mediapipe.solutions.pose.Pose(model_complexity=1)
    reader = cv2.VideoCapture(str(clip))
    frames = seen = 0
    while True:
        is_there, picture = reader.read()
        if not is_there:
            break
        found = pose.process(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
        frames += 1
        seen += found.pose_landmarks is not None
    return {"frames": frames, "seen": seen, "watched_s": time.perf_counter() - started}


def myogait(clip: Path) -> dict[str, float]:
    import myogait as peer

    started = time.perf_counter()
    found = peer.extract(str(clip), model="mediapipe", show_progress=False)
    frames = found["frames"]
    seen = sum(bool(frame.get("landmarks")) for frame in frames)
    return {"frames": len(frames), "seen": seen, "watched_s": time.perf_counter() - started}


CONTENDERS = {
    "sidestep": sidestep,
    "sidestep-live": sidestep_live,
    "mediapipe": mediapipe,
    "myogait": myogait,
}

if __name__ == "__main__":
    print(json.dumps(CONTENDERS[sys.argv[1]](Path(sys.argv[2]))))
