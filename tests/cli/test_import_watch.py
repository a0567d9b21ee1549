"""``import --watch`` reads what appears, leaves its own folder out, and stops when told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import watchfiles

from builders.activity_bytes import full_run
from sidestep.adapters.activity_files.writing import write_fit
from sidestep.cli.exits import DONE, run
from sidestep.cli.main import command

Filter = Callable[[watchfiles.Change, str], bool]


def test_what_appears_is_read_until_the_person_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home, folder = tmp_path / "mine" / "home", tmp_path / "mine"
    folder.mkdir()

    def watch(watched: Path, *, watch_filter: Filter, **_: int) -> Iterator[set[object]]:
        assert watched == folder
        assert watch_filter(watchfiles.Change.added, str(folder / "run.fit"))
        assert not watch_filter(watchfiles.Change.modified, str(home / "sidestep.sqlite"))
        (folder / "run.fit").write_bytes(write_fit(full_run()))
        yield set()
        raise KeyboardInterrupt

    monkeypatch.setattr(watchfiles, "watch", watch)

    assert run(command, ["--home", str(home), "import", "--watch", str(folder)]) == DONE

    shown = capsys.readouterr().out
    assert shown.index("Watching") < shown.index("1  imported") < shown.index("Stopped watching.")
