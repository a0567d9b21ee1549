"""How sure a statement is and who says so; not the statements themselves (those are data)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """What kind of ground a rule stands on, strongest first."""

    TRIAL = "trial"
    COHORT = "cohort"
    GUIDELINE = "guideline"
    ARTICLE = "article"
    DESIGN = "design"

    @property
    def in_words(self) -> str:
        """How the basis reads beside a rule."""
        return _IN_WORDS[self]


_IN_WORDS = {
    Basis.TRIAL: "a trial",
    Basis.COHORT: "a study that followed or compared people",
    Basis.GUIDELINE: "a clinical guideline, protocol or review",
    Basis.ARTICLE: "the source articles' convention, not tested",
    Basis.DESIGN: "our own design choice, not tested",
}


NOT_REVIEWED = "not clinically reviewed"
"""What stands beside a statement until a trained person has signed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One publication, listed once in ``knowledge/sources.yaml``.

    ``short`` is a name for it in running text, given only where author and year do not make one.
    """

    key: str
    title: str
    authors: str
    year: int
    where: str
    link: str = ""
    seen: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source and, in one sentence of our own, what it supports."""

    key: str
    supports: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """The basis of a statement, its citations and who has reviewed it (``None``: nobody yet)."""

    basis: Basis
    citations: tuple[Citation, ...] = ()
    reviewed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One dated, cited number that a calculation uses.

    ``says`` is the sentence shown to a person, in ``str.format`` form over the caller's names.
    """

    id: str
    title: str
    value: float
    unit: str
    says: str
    backing: Backing
    editable: bool = False

    def filled_in(self, **names: object) -> str:
        """Return the sentence for a person.

        Besides the caller's ``names`` it may use ``value`` and, for a share, ``value_percent``.

        Raises
        ------
        KeyError, IndexError, ValueError
            The sentence asks for a name that is not given, or is no ``str.format`` text.
        """
        own = {"value": self.value, "value_percent": 100.0 * self.value}
        return self.says.format(**{**own, **names})


Parameters = Mapping[str, Parameter]
