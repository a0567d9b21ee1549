"""Samples survive the way to disk and back."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sidestep.adapters.storage.streams import ParquetStreams
from sidestep.domain.activity.recording import Streams


@given(
    data=st.data(),
    length=st.integers(0, 50),
    absent=st.sets(st.sampled_from(["latitude_deg", "heart_rate_bpm", "power_w"])),
)
def test_what_is_saved_can_be_read_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, length: int, absent: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("streams")
    numbers = hnp.arrays(
        np.float64, length, elements=st.floats(-1e6, 1e6, width=32) | st.just(np.nan)
    )
    columns = {
        name: data.draw(numbers)
        for name in ("time_s", "latitude_deg", "heart_rate_bpm", "power_w")
        if name not in absent
    }
    store = ParquetStreams(folder)

    store.save("abc-0", Streams(**columns))
    kept = pl.read_parquet(store.path("abc-0"))

    assert set(kept.columns) == set(columns)
    for name, column in columns.items():
        np.testing.assert_array_equal(kept[name].to_numpy(), column)
