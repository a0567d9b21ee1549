"""A clip that is already seen: what each part of the analysis would have found outside."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.services.ports.clip_pictures import Drawing, Still


class ScriptedPoses:
    """Implements ``services.ports.PoseSource``: every clip shows the same person."""

    def __init__(self, track: PoseTrack) -> None:
        self._track = track

    def track(self, clip: Path, progress: Callable[[float], None]) -> PoseTrack:
        progress(0.5)
        progress(1.0)
        return self._track


class RememberedPictures:
    """Implements ``services.ports.ClipPictures``: keeps what it was asked to draw."""

    def __init__(self) -> None:
        self.drawn: list[tuple[Drawing, tuple[Still, ...], Path | None]] = []

    def draw(
        self,
        clip: Path,
        drawing: Drawing,
        stills: tuple[Still, ...],
        overlay: Path | None,
        progress: Callable[[float], None],
    ) -> None:
        self.drawn.append((drawing, stills, overlay))
        progress(1.0)


class PaperFolder:
    """Implements ``services.ports.ClipFolder`` without touching a disk."""

    def __init__(self) -> None:
        self.kept: list[Path] = []
        self.discarded: list[str] = []
        self.n_places = 0

    def id_of(self, clip: Path) -> str:
        return f"id-of-{clip.stem}"

    def new_place(self) -> str:
        self.n_places += 1
        return f"place{self.n_places}"

    @contextmanager
    def claim(self, place: str) -> Iterator[None]:
        yield

    def sweep(self, named: Callable[[], Collection[str]]) -> None:
        named()

    def pictures(self, place: str) -> Path:
        return Path("clips") / place

    def name_of(self, path: Path) -> str:
        return path.relative_to("clips").as_posix()

    def path_of(self, name: str) -> Path:
        return Path("clips") / name

    def keep(self, clip: Path, place: str) -> Path:
        self.kept.append(clip)
        return self.pictures(place) / clip.name

    def discard(self, place: str) -> None:
        self.discarded.append(place)


class NoonClock:
    """Implements ``services.ports.Clock``; a minute passes with every look."""

    def __init__(self) -> None:
        self._minute = 0

    def now(self) -> datetime:
        self._minute += 1
        return datetime(2026, 11, 22, 12, self._minute, tzinfo=UTC)

    def today(self) -> date:
        return date(2026, 11, 22)
