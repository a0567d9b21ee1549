"""A data folder with a server's side of the queue, uploads for it, and waiting for what jobs do."""

import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import av
import numpy as np

from builders.summaries import MONDAY
from sidestep.adapters.activity_files.writing import write_fit
from sidestep.bootstrap.settings import Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.activity.recording import Recording, Streams
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports.jobs import JobKind, JobState

PATIENCE_S = 120.0

CLIPS = Path(__file__).parents[1] / "clips"


class Server:
    """The server's side of a data folder: sends files, asks for jobs, looks at them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.wiring = Wiring(settings)

    def close(self) -> None:
        self.wiring.jobs.close()

    def of(self, owner: str) -> Wiring:
        return Wiring(replace(self.settings, owner=owner))

    def send(self, owner: str, name: str, content: bytes) -> str:
        upload = self.wiring.job_files.begin(owner)
        self.wiring.job_files.add(owner, upload, name, io.BytesIO(content), most_bytes=1 << 30)
        return upload

    def start_import(self, owner: str, name: str, content: bytes) -> str:
        upload = self.send(owner, name, content)
        return self.wiring.jobs.start(JobKind.IMPORT_UPLOAD, owner, {"upload": upload}, upload)

    def start_clip(self, owner: str, clip: Path, **arguments: object) -> str:
        upload = self.send(owner, f"Anna's {clip.name}", clip.read_bytes())
        asked = {"upload": upload, "shows": "run", "view": "auto", "keep": False} | arguments
        return self.wiring.jobs.start(JobKind.ANALYSE_CLIP, owner, asked, upload)

    def look(self, owner: str, job: str) -> JobState:
        state = self.wiring.jobs.state(owner, job)
        assert state is not None
        return state

    def wait(self, owner: str, job: str, until: Callable[[JobState], bool]) -> JobState:
        wait_for(lambda: until(self.look(owner, job)), lambda: self.look(owner, job))
        return self.look(owner, job)

    def wait_for_end(self, owner: str, job: str) -> JobState:
        return self.wait(owner, job, lambda state: state.status.is_final)

    def uploads(self) -> list[Path]:
        return list((self.settings.home / "uploads").glob("*/*"))


def wait_for(condition: Callable[[], bool], tell: Callable[[], object] = lambda: "") -> None:
    """Look until it holds; fails with what is there instead when it takes too long."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, tell()
        time.sleep(0.02)


def settings_of(home: Path) -> Settings:
    return Settings(home=home, database_url=f"sqlite:///{home / 'sidestep.sqlite'}")


def short_clip(path: Path, seconds: float = 1.5) -> Path:
    """The beginning of a runner's clip: too short to be measured, long enough to be watched."""
    with av.open(str(CLIPS / "run_side.mp4")) as whole, av.open(str(path), "w") as cut:
        film = whole.streams.video[0]
        copy = cut.add_stream_from_template(film)
        for packet in whole.demux(film):
            if packet.dts is not None and packet.dts * packet.time_base < seconds:
                packet.stream = copy
                cut.mux(packet)
    return path


def zip_of_runs(runs: int, seconds: int = 1200) -> bytes:
    """An archive of runs, one a day, no two alike."""
    time_s = np.arange(0.0, seconds)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(runs):
            distance_m = time_s * (2.8 + 0.005 * number)
            recording = Recording(
                started_at=MONDAY + timedelta(days=number),
                sport=Sport.RUN,
                duration_s=seconds - 1.0,
                elapsed_s=seconds - 1.0,
                distance_m=float(distance_m[-1]),
                streams=Streams(time_s=time_s, distance_m=distance_m),
            )
            archive.writestr(f"run{number:03d}.fit", write_fit(recording))
    return packed.getvalue()
