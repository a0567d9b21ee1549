"""The machine's certificate, as a strict client checks it."""

import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sidestep.adapters.certificates.local_authority import MACHINE_LASTS, LocalAuthority
from sidestep.services.ports.certificates import MachineCertificate

NOW = datetime.now(tz=UTC)
NAMES = ("localhost", "127.0.0.1", "box.local")


def greet(files: MachineCertificate, name: str) -> bytes:
    """Speak to a server with these files as a client that believes the authority alone."""
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serving.load_cert_chain(files.certificate, files.key)
    believing = ssl.create_default_context(cafile=str(files.authority))
    here, there = socket.socketpair()

    def serve() -> None:
        with there:
            try:
                with serving.wrap_socket(there, server_side=True) as secure:
                    secure.sendall(b"hello")
            except OSError:
                return

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with here, believing.wrap_socket(here, server_hostname=name) as secure:
            return secure.recv(16)
    finally:
        thread.join()


@pytest.mark.parametrize("name", NAMES)
def test_who_believes_the_authority_believes_the_machine(tmp_path: Path, name: str) -> None:
    files = LocalAuthority(tmp_path / "https").certificate_for(NAMES, NOW)
    assert greet(files, name) == b"hello"


def test_another_name_is_not_believed(tmp_path: Path) -> None:
    files = LocalAuthority(tmp_path / "https").certificate_for(NAMES, NOW)
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(files, "elsewhere.local")


def test_keys_are_read_by_their_owner_only(tmp_path: Path) -> None:
    LocalAuthority(tmp_path / "https").certificate_for(NAMES, NOW)
    for key in (tmp_path / "https").glob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_it_stays_until_names_change_or_it_grows_old(tmp_path: Path) -> None:
    authority = LocalAuthority(tmp_path / "https")
    first = authority.certificate_for(NAMES, NOW).certificate.read_bytes()
    trusted = (tmp_path / "https/authority.crt").read_bytes()
    assert authority.certificate_for(NAMES, NOW).certificate.read_bytes() == first
    later = NOW + MACHINE_LASTS - timedelta(days=10)
    assert authority.certificate_for(NAMES, later).certificate.read_bytes() != first
    authority.certificate_for((*NAMES, "new.local"), NOW)
    assert (tmp_path / "https/authority.crt").read_bytes() == trusted
