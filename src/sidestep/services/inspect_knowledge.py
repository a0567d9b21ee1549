"""Checks that the knowledge holds together, and lists what is in it; reading files is not done here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sidestep.domain.triage.facts import FactValue
from sidestep.domain.vocabulary.evidence import Backing, Citation
from sidestep.services.ports import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with one file of the knowledge; a warning does not fail the check."""

    file: str
    says: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCase:
    """One test case of a rule: with these facts it gives this (``None``: unknown)."""

    kind: str
    rule: str
    name: str
    facts: Mapping[str, FactValue]
    gives: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeReading:
    """What could be read of a knowledge folder, and what could not.

    ``files`` names the file of each statement, by kind and id.
    """

    knowledge: Knowledge
    cases: tuple[RuleCase, ...]
    files: Mapping[tuple[str, str], str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One rule, number or exercise, as the list of all knowledge shows it."""

    kind: str
    id: str
    title: str
    says: str
    backing: Backing
