"""The pictures of the documentation are packed so that any reader can open them."""

import importlib.util
import zlib
from types import ModuleType

import numpy as np
import pytest

from builders.handbook import DOCS


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pictures", DOCS / "make_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def chunks_of(png: bytes) -> dict[bytes, bytes]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    found: dict[bytes, bytes] = {}
    at = 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert int.from_bytes(png[at + 8 + length : at + 12 + length]) == zlib.crc32(kind + data)
        found[kind] = data
        at += length + 12
    return found


def test_a_picture_keeps_its_size_and_its_pixels(maker: ModuleType) -> None:
    pixels = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    chunks = chunks_of(maker.to_png(pixels))
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    assert chunks[b"IHDR"] == bytes([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0])
    assert zlib.decompress(chunks[b"IDAT"]) == bytes([0, *range(9), 0, *range(9, 18)])


def test_the_pictures_that_are_kept_are_whole(maker: ModuleType) -> None:
    for path in maker.PICTURES.glob("*.png"):
        header = chunks_of(path.read_bytes())[b"IHDR"]
        assert abs(int.from_bytes(header[:4]) - maker.WIDTH_PX) <= 1
