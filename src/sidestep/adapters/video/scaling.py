"""Shrinks pictures and changes their format, with FFmpeg's tables kept from one to the next."""

import threading
from typing import Any

import av
from av.video.reformatter import VideoReformatter

BY = 4
"""FFmpeg works on whole words of memory: widths that are not multiples take twice as long."""


class _Kept(threading.local):
    """One scaler per kind of change and thread; a scaler may serve only one thread."""

    def __init__(self) -> None:
        self.scalers: dict[tuple[object, ...], VideoReformatter] = {}


_kept = _Kept()


def scaled(
    frame: av.VideoFrame,
    *,
    format: str,
    width: int | None = None,
    height: int | None = None,
    **how: Any,
) -> av.VideoFrame:
    """Return a frame in another size or format, as ``VideoFrame.reformat`` does.

    That one computes its tables anew for every frame, which takes longer than their use.
    """
    change = (frame.width, frame.height, frame.format.name, width, height, format, *how.items())
    scaler = _kept.scalers.get(change)
    if scaler is None:
        scaler = _kept.scalers[change] = VideoReformatter()
    return scaler.reformat(frame, width=width, height=height, format=format, **how)


def round_size(size_px: float) -> int:
    """Return the multiple of ``BY`` that is nearest, at least one."""
    return max(BY, BY * round(size_px / BY))
