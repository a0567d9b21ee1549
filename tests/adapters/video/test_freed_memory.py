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
