"""The shipped numbers of a folder of ``knowledge/``, read without the adapter that checks them."""

from functools import cache
from pathlib import Path

import yaml

import sidestep
from sidestep.domain.vocabulary.evidence import Backing, Basis, Citation, Parameter, Parameters

KNOWLEDGE = Path(sidestep.__file__).parent / "knowledge"


@cache
def shipped_parameters(folder: str) -> Parameters:
    parameters: dict[str, Parameter] = {}
    for path in sorted((KNOWLEDGE / folder).glob("*.yaml")):
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
            editable=entry.get("editable", False),
        )
    return parameters
