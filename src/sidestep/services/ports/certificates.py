"""What lets browsers reach this machine over HTTPS; who vouches for it is not said here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineCertificate:
    """Files in PEM form: the machine's key and certificate, and the authority's certificate.

    A phone that takes the authority's certificate believes the machine without a warning.
    """

    key: Path
    certificate: Path
    authority: Path


class Certificates(Protocol):
    """Vouches for this machine."""

    def certificate_for(self, names: Iterable[str], now: datetime) -> MachineCertificate:
        """Return the machine's certificate for these names, made anew when it no longer fits."""
