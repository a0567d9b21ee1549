"""Encrypts and decrypts with a passphrase, as the age format has it; not what is encrypted.

The format is that of https://age-encryption.org/v1 with one recipient of the kind ``scrypt``: what
is written here, ``age --decrypt`` reads. Memory stays bounded: 64 KiB are encrypted at a time.
"""

import base64
import binascii
import os
import re
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from sidestep.errors import BackupError

MAGIC = b"age-encryption.org/v1\n"

WORK_FACTOR_LOG2 = 17
"""128 MiB and most of a second for each guess at a passphrase, which a small computer still has."""

MOST_WORK_FACTOR_LOG2 = 20
"""A file that asks for more than a gigabyte is refused; other programs write 18."""

CHUNK_BYTES = 64 * 1024

_TAG_BYTES = 16
_KEY_BYTES = 16
_NONCE_BYTES = 16
_HEADER = re.compile(
    rb"(?P<authenticated>age-encryption\.org/v1\n"
    rb"-> scrypt (?P<salt>[A-Za-z0-9+/]{22}) (?P<work>[1-9][0-9]?)\n"
    rb"(?P<wrapped>[A-Za-z0-9+/]{43})\n"
    rb"---) (?P<mac>[A-Za-z0-9+/]{43})\n"
)
_LONGEST_HEADER = 256

DAMAGED = "Use another copy of the backup: this one was changed or cut short since it was made."


class Sink(Protocol):
    """What can be written to."""

    def write(self, data: bytes, /) -> object:
        """Take the bytes."""


class AgeWriter:
    """Encrypts what is written to it, into ``sink``; ``finish`` makes it whole.

    Parameters
    ----------
    sink
        Takes the encrypted file.
    passphrase
        What opens it again.
    work_factor_log2
        How dear each guess at the passphrase is made.
    """

    def __init__(
        self, sink: Sink, passphrase: str, *, work_factor_log2: int = WORK_FACTOR_LOG2
    ) -> None:
        key, salt, nonce = (os.urandom(size) for size in (_KEY_BYTES, 16, _NONCE_BYTES))
        wrap = ChaCha20Poly1305(_wrap_key(passphrase, salt, work_factor_log2))
        wrapped = wrap.encrypt(bytes(12), key, None)
        stanza = b"-> scrypt %b %d\n%b\n---" % (_encode(salt), work_factor_log2, _encode(wrapped))
        header = MAGIC + stanza
        sink.write(header + b" " + _encode(_mac(key, header).finalize()) + b"\n" + nonce)
        self._sink = sink
        self._cipher = _payload_cipher(key, nonce)
        self._number = 0
        self._waiting = bytearray()

    def write(self, data: bytes, /) -> int:
        """Take bytes to encrypt."""
        self._waiting += data
        # The last chunk is marked, so a full one waits until it is known whether more follows.
        while len(self._waiting) > CHUNK_BYTES:
            self._encrypt(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk; without it the file is refused as cut short."""
        self._encrypt(bytes(self._waiting), is_last=True)

    def _encrypt(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _chunk_nonce(self._number, is_last=is_last)
        self._sink.write(self._cipher.encrypt(nonce, chunk, None))
        self._number += 1


class AgeReader:
    """Decrypts a file; bytes are handed out only after the chunk they stand in was authenticated.

    Parameters
    ----------
    source
        The encrypted file, at its beginning.
    passphrase
        What it was encrypted with.

    Raises
    ------
    BackupError
        The passphrase does not open it, or its header is not one that is known here.
    """

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        key = _open_header(source, passphrase)
        nonce = source.read(_NONCE_BYTES)
        if len(nonce) != _NONCE_BYTES:
            raise BackupError("the encrypted file ends in its header", hint=DAMAGED)
        self._cipher = _payload_cipher(key, nonce)
        self._source = source
        self._next = source.read(CHUNK_BYTES + _TAG_BYTES)
        self._number = 0
        self._is_at_end = False
        self._waiting = b""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none only at the end.

        Raises
        ------
        BackupError
            The file was changed or cut short.
        """
        if not self._waiting and not self._is_at_end:
            self._waiting = self._decrypt()
        given, self._waiting = self._waiting[:size], self._waiting[size:]
        return given

    def _decrypt(self) -> bytes:
        chunk, self._next = self._next, self._source.read(CHUNK_BYTES + _TAG_BYTES)
        self._is_at_end = not self._next
        nonce = _chunk_nonce(self._number, is_last=self._is_at_end)
        self._number += 1
        try:
            content = self._cipher.decrypt(nonce, chunk, None)
        except InvalidTag:
            at = (self._number - 1) * CHUNK_BYTES
            raise BackupError(
                f"the encrypted file is not as it was written, {at:,} bytes into its content",
                hint=DAMAGED,
            ) from None
        if not content and self._number > 1:
            raise BackupError("the encrypted file has an empty last part", hint=DAMAGED)
        return content


def _open_header(source: BinaryIO, passphrase: str) -> bytes:
    """Return the file's own key, leaving ``source`` behind the header."""
    found = _HEADER.match(source.read(_LONGEST_HEADER))
    if found is None:
        raise BackupError(
            "the encrypted file was not encrypted with a passphrase, or its header is damaged",
            hint="Decrypt it with the program that made it, or use another copy of the backup.",
        )
    work = int(found["work"])
    if work > MOST_WORK_FACTOR_LOG2:
        raise BackupError(
            f"the encrypted file asks for a work factor of 2^{work}, at most "
            f"2^{MOST_WORK_FACTOR_LOG2} was expected",
            hint="Decrypt it with the program that made it, or use another copy of the backup.",
        )
    source.seek(found.end())
    key = _unwrap(found, passphrase, work)
    try:
        _mac(key, found["authenticated"]).verify(_decode(found["mac"]))
    except InvalidSignature:
        raise BackupError("the header of the encrypted file was changed", hint=DAMAGED) from None
    return key


def _unwrap(header: re.Match[bytes], passphrase: str, work: int) -> bytes:
    cipher = ChaCha20Poly1305(_wrap_key(passphrase, _decode(header["salt"]), work))
    try:
        return cipher.decrypt(bytes(12), _decode(header["wrapped"]), None)
    except InvalidTag:
        raise BackupError(
            "the passphrase does not open the file (or the file's first lines are damaged)",
            hint="Type the passphrase again as it was when the backup was made; capitals count.",
        ) from None


def _wrap_key(passphrase: str, salt: bytes, work_factor_log2: int) -> bytes:
    scrypt = Scrypt(
        salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=2**work_factor_log2, r=8, p=1
    )
    return scrypt.derive(passphrase.encode())


def _mac(key: bytes, header: bytes) -> HMAC:
    mac = HMAC(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"header").derive(key), SHA256())
    mac.update(header)
    return mac


def _payload_cipher(key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    derived = HKDF(algorithm=SHA256(), length=32, salt=nonce, info=b"payload").derive(key)
    return ChaCha20Poly1305(derived)


def _chunk_nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _encode(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _decode(text: bytes) -> bytes:
    """Return what canonical base64 without padding stands for."""
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        content = b""
    if _encode(content) != text:
        # Several spellings of the same bytes would let a changed file pass as unchanged.
        raise BackupError("the header of the encrypted file was changed", hint=DAMAGED)
    return content
