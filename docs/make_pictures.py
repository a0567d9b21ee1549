"""Renders the pictures of the documentation from the demonstration's own report."""

import argparse
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

WIDTH_PX = 800
PICTURES = Path(__file__).parent / "pictures"


def main() -> None:
    """Run the demonstration into a folder of its own and render what it wrote."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="a demonstration that is there already")
    folder = parser.parse_args().folder
    if folder is not None:
        make_pictures(folder)
        return
    with tempfile.TemporaryDirectory() as scratch:
        demo = Path(scratch) / "demo"
        subprocess.run(  # noqa: S603
            [sys.executable, "-m", "sidestep", "demo", "--folder", str(demo)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        make_pictures(demo)


def make_pictures(demo: Path) -> None:
    """Render the first page of the runner's report, 800 pixels wide."""
    PICTURES.mkdir(exist_ok=True)
    with pypdfium2.PdfDocument(demo / "report.pdf") as document:
        page = document[0]
        bitmap = page.render(scale=WIDTH_PX / page.get_width(), rev_byteorder=True)
        pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    (PICTURES / "report.png").write_bytes(to_png(pixels))


def to_png(pixels: NDArray[np.uint8]) -> bytes:
    """Pack red, green and blue, of shape (height, width, 3), as PNG."""
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


if __name__ == "__main__":
    main()
