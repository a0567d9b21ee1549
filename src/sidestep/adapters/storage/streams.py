"""Keeps the samples of each activity as one Parquet file; not what they mean."""

from pathlib import Path

import numpy as np
import polars as pl

from sidestep.adapters.storage.atomic import write_atomically
from sidestep.domain.activity.recording import Streams

PRECISE = {"time_s", "latitude_deg", "longitude_deg", "distance_m"}
"""Columns that need float64: a float32 degree is a metre wide, a float32 second drifts in a day."""

ZSTD_LEVEL = 1


class ParquetStreams:
    """``streams/ab/abcdef…-0.parquet``: zstd, one column per stream, absent columns left out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, key: str, streams: Streams) -> None:
        """Write the streams atomically under ``key``."""
        frame = pl.DataFrame(
            {
                name: column if name in PRECISE else column.astype(np.float32)
                for name, column in streams.columns().items()
            }
        )
        write_atomically(
            self.path(key),
            lambda part: frame.write_parquet(
                part, compression="zstd", compression_level=ZSTD_LEVEL, statistics=False
            ),
        )

    def path(self, key: str) -> Path:
        """Return where the streams of ``key`` lie."""
        return self._folder / key[:2] / f"{key}.parquet"
