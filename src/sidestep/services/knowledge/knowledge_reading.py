"""What came of reading a knowledge folder: the knowledge, its test cases and what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from sidestep.domain.triage.facts import FactValue
from sidestep.domain.vocabulary.evidence import Backing
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
class Statement:
    """One rule, number or exercise, as the list of all knowledge shows it.

    ``value`` is a number with its unit; empty for anything but a number.
    """

    kind: str
    id: str
    title: str
    says: str
    backing: Backing
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeReading:
    """What could be read of a knowledge folder, and what could not.

    Attributes
    ----------
    knowledge
        Everything that could be read.
    cases
        The test cases of its rules.
    files
        The file of each statement and question, by kind and id.
    others
        Statements in folders that some other part reads, such as texts of a report.
    problems
        What could not be read.
    drawn
        The exercises for which there is the file of a drawing.
    """

    knowledge: Knowledge
    cases: tuple[RuleCase, ...]
    files: Mapping[tuple[str, str], str]
    others: tuple[Statement, ...]
    problems: tuple[Problem, ...]
    drawn: frozenset[str] = frozenset()
