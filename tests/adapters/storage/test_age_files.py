"""Encrypted files open with their passphrase only, as long as no bit of them was changed."""

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.homes import QUICK
from sidestep.adapters.storage.age_files import CHUNK_BYTES, AgeReader, AgeWriter
from sidestep.errors import BackupError

PASSPHRASE = "fünf Läufe"  # noqa: S105

BY_ANOTHER_PROGRAM = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCA5VGkxV2Rla3JSUTcyZnZyYVBOSG1RIDE3CjlXQ1h3"
    "cThzNU1VbmlIUHBTdVJiN3ZYVTNHZW5NazhRK1QrNGFXUnRaOTQKLS0tICtzc0xDUWpyOVFoZ090QlpZNFcw"
    "SVpsTU5oZjZZUlpES1I4bFRGbjVQM28Ka2ptU4gIC91yTFMWQPTMtwKZw/8HuNFyGI0z74Fb63ZEZSW3wR13"
    "tB+OrE0cVcLHEEeckcykiFm5OdktKGw="
)
"""Written with the Rust implementation of the format (pyrage 1.4.0)."""


def encrypt(content: bytes, passphrase: str = PASSPHRASE, *, at_once: int = 50_000) -> bytes:
    sink = io.BytesIO()
    writer = AgeWriter(sink, passphrase, work_factor_log2=QUICK)
    for start in range(0, len(content), at_once):
        writer.write(content[start : start + at_once])
    writer.finish()
    return sink.getvalue()


def decrypt(file: bytes, passphrase: str = PASSPHRASE) -> bytes:
    reader = AgeReader(io.BytesIO(file), passphrase)
    return b"".join(iter(lambda: reader.read(40_000), b""))


@given(
    size=st.integers(0, 3 * CHUNK_BYTES)
    | st.sampled_from([CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES]),
    passphrase=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    at_once=st.integers(1000, 2 * CHUNK_BYTES),
)
def test_what_was_encrypted_comes_back(size: int, passphrase: str, at_once: int) -> None:
    content = bytes(number % 251 for number in range(size))
    assert decrypt(encrypt(content, passphrase, at_once=at_once), passphrase) == content


def test_a_file_of_another_program_opens() -> None:
    assert decrypt(BY_ANOTHER_PROGRAM) == b"A sore knee, told in private.\n"


def test_nothing_of_the_content_can_be_read_in_the_file() -> None:
    file = encrypt(b"a sore knee" * 1000)
    assert b"knee" not in file
    assert encrypt(b"a sore knee" * 1000) != file


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(BackupError, match="passphrase does not open") as caught:
        decrypt(encrypt(b"content"), "fuenf Laeufe")
    assert "capitals count" in caught.value.hint


def test_any_changed_bit_is_refused() -> None:
    file = encrypt(b"content")
    for at in range(len(file)):
        for bit in range(8):
            changed = bytearray(file)
            changed[at] ^= 1 << bit
            with pytest.raises(BackupError):
                decrypt(bytes(changed))


@given(data=st.data())
def test_any_file_cut_short_is_refused(data: st.DataObject) -> None:
    file = encrypt(bytes(2 * CHUNK_BYTES))
    kept = data.draw(st.integers(0, len(file) - 1) | st.just(len(file) - CHUNK_BYTES - 16))
    with pytest.raises(BackupError):
        decrypt(file[:kept])


def test_parts_that_change_places_are_refused() -> None:
    file = encrypt(bytes(3 * CHUNK_BYTES))
    sealed = CHUNK_BYTES + 16
    start = len(file) - 3 * sealed
    first, second = file[start : start + sealed], file[start + sealed : start + 2 * sealed]
    with pytest.raises(BackupError, match="not as it was written, 0 bytes into"):
        decrypt(file[:start] + second + first + file[start + 2 * sealed :])


def test_a_file_that_asks_for_all_memory_is_refused() -> None:
    file = encrypt(b"content").replace(b" 4\n", b" 31\n", 1)
    with pytest.raises(BackupError, match=r"work factor of 2\^31, at most 2\^20"):
        decrypt(file)
