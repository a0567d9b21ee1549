"""An authority of one's own: it vouches for this machine, to whoever chose to believe it.

Browsers give the camera to pages over HTTPS only, and no public authority vouches for a machine at
home. So this one is made on first use; its key never leaves the data folder.
"""

import ipaddress
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sidestep.services.ports.certificates import MachineCertificate

AUTHORITY_LASTS = timedelta(days=3650)
MACHINE_LASTS = timedelta(days=397)
"""Phones refuse certificates that last longer."""
RENEWED_BEFORE = timedelta(days=30)
AUTHORITY_NAME = "Sidestep at home"


class LocalAuthority:
    """Implements ``services.ports.Certificates`` in a folder.

    Parameters
    ----------
    folder
        Holds the authority's key and certificate and the machine's; made when it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def certificate_for(self, names: Iterable[str], now: datetime) -> MachineCertificate:
        """Return the machine's certificate for these names, made anew when it no longer fits."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        wanted = sorted(set(names))
        key, certificate = self._folder / "machine.key", self._folder / "machine.crt"
        if not self._fits(certificate, wanted, now):
            self._make_machine(key, certificate, wanted, now)
        return MachineCertificate(
            key=key, certificate=certificate, authority=self._folder / "authority.crt"
        )

    def _fits(self, path: Path, wanted: list[str], now: datetime) -> bool:
        if not path.is_file() or not (self._folder / "machine.key").is_file():
            return False
        found = x509.load_pem_x509_certificate(path.read_bytes())
        named = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        has = sorted(str(each.value) for each in named)
        return has == wanted and found.not_valid_after_utc - now > RENEWED_BEFORE

    def _make_machine(self, key_path: Path, path: Path, wanted: list[str], now: datetime) -> None:
        authority_key, authority = self._authority(now)
        key = ec.generate_private_key(ec.SECP256R1())
        made = (
            _begun(wanted[0], authority.subject, key, now, MACHINE_LASTS)
            .add_extension(x509.SubjectAlternativeName([_name(each) for each in wanted]), False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
            .sign(authority_key, hashes.SHA256())
        )
        _write(key_path, _private(key))
        _write(path, made.public_bytes(serialization.Encoding.PEM))

    def _authority(self, now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        key_path, path = self._folder / "authority.key", self._folder / "authority.crt"
        if key_path.is_file() and path.is_file():
            found = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
            assert isinstance(found, ec.EllipticCurvePrivateKey)  # noqa: S101
            return found, x509.load_pem_x509_certificate(path.read_bytes())
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY_NAME)])
        made = (
            _begun(AUTHORITY_NAME, name, key, now, AUTHORITY_LASTS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_ONLY_SIGNS, critical=True)
            .sign(key, hashes.SHA256())
        )
        _write(key_path, _private(key))
        _write(path, made.public_bytes(serialization.Encoding.PEM))
        return key, made


_ONLY_SIGNS = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def _begun(
    subject: str,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject[:64])]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + lasts)
    )


def _name(said: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(said))
    except ValueError:
        return x509.DNSName(said)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    partial = path.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    partial.replace(path)
