"""The shipped numbers of ``knowledge/motion``, read plainly; not the adapter that checks them."""

from functools import cache
from pathlib import Path

import yaml

import sidestep
from sidestep.domain.vocabulary.evidence import Backing, Basis, Citation, Parameter, Parameters

FOLDER = Path(sidestep.__file__).parent / "knowledge" / "motion"


@cache
def shipped_motion_parameters() -> Parameters:
    parameters: dict[str, Parameter] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
        parameters[entry["id"]] = Parameter(
            id=entry["id"],
            title=entry["title"],
            value=float(entry["value"]),
            unit=entry["unit"],
            says=entry["says"],
            backing=Backing(
                basis=Basis(entry["basis"]),
                citations=tuple(Citation(**source) for source in entry["sources"]),
                reviewed=entry["reviewed"],
            ),
        )
    return parameters
