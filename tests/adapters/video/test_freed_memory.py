import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from builders.drawn_clips import GreyClip, drawing
from sidestep.adapters.system.freed_memory import give_back
from sidestep.adapters.video.overlay import OverlayPictures

MIB = 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what was freed")
def test_drawing_begins_by_giving_back_what_was_freed_before(tmp_path: Path) -> None:
    times_s = (0.0, 0.016)
    process = psutil.Process()
    blocks = [bytes(range(250)) * 200 for _ in range(2000)]
    # What lies behind the freed blocks keeps the C library from giving them back by itself.
    last = blocks[-1]
    del blocks
    before = process.memory_info().rss
    path = tmp_path / "overlay.mp4"
    pictures = OverlayPictures(GreyClip(times_s), give_back)
    pictures.draw(Path("c"), drawing(times_s), (), path, lambda _: None)
    assert before - process.memory_info().rss > 60 * MIB
    assert last


# Once a piece of 8 MiB was freed, glibc keeps those that follow, here under a small one.
HELD_MIB = """
import psutil
from sidestep.adapters.system import freed_memory
{}
"x" * (8 << 20)
before = psutil.Process().memory_info().rss
large = ["x" * (4 << 20) for _ in range(8)]
small = "x" * (1 << 17)
del large
print((psutil.Process().memory_info().rss - before) >> 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what was freed")
@pytest.mark.parametrize(("asks", "goes_back"), [("freed_memory.hold_little()", True), ("", False)])
def test_large_pieces_go_back_at_once_where_little_is_to_be_held(
    asks: str, *, goes_back: bool
) -> None:
    script = [sys.executable, "-c", HELD_MIB.format(asks)]
    told = subprocess.run(script, capture_output=True, text=True, check=True)
    assert (int(told.stdout) < 4) is goes_back
