"""Garmin's own decoder reads a file, or the test fails."""

from typing import Any

import garmin_fit_sdk


def decode_officially(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the messages by kind, times as numbers."""

    def decoder() -> garmin_fit_sdk.Decoder:
        stream = garmin_fit_sdk.Stream.from_byte_array(bytearray(content))
        return garmin_fit_sdk.Decoder(stream)

    assert decoder().check_integrity()
    messages, errors = decoder().read(convert_datetimes_to_dates=False)
    assert errors == []
    return dict(messages)  # type: ignore[arg-type]
