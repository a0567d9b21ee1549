"""Numbers the sources of a page in the order they are cited, and writes the page's foot."""

from collections.abc import Mapping

from sidestep.domain.vocabulary.evidence import Backing, Basis, Source
from sidestep.services.knowledge.short_name import short_name
from sidestep.services.ports.report_pages import Colophon, SourceLine, Statement, Tag

_WORDS = {
    Basis.TRIAL: "trial",
    Basis.COHORT: "cohort",
    Basis.GUIDELINE: "guideline",
    Basis.ARTICLE: "article · untested",
    Basis.DESIGN: "our design · untested",
}


class CitedSources:
    """The sources one page has cited so far, each with one number."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}
        self._bases: set[Basis] = set()

    def tag(self, backing: Backing) -> Tag:
        """Return the tag of a statement and take its sources into the list."""
        self._bases.add(backing.basis)
        numbers = [
            self._numbers.setdefault(citation.key, len(self._numbers) + 1)
            for citation in backing.citations
        ]
        return Tag(word=_WORDS[backing.basis], sources=tuple(sorted(set(numbers))))

    def colophon(self, *, program_version: str, knowledge_version: str) -> Colophon:
        """Return the foot of the page; call it once everything is cited."""
        return Colophon(
            bases=tuple(
                Statement(title=_WORDS[basis], says=basis.in_words)
                for basis in Basis
                if basis in self._bases and _WORDS[basis] not in basis.in_words
            ),
            sources=tuple(self._line(number, key) for key, number in self._numbers.items()),
            review="Not clinically reviewed. Patterns, not diagnoses.",
            versions=f"Sidestep {program_version} · knowledge {knowledge_version}",
        )

    def _line(self, number: int, key: str) -> SourceLine:
        source = self._sources.get(key)
        if source is None:
            return SourceLine(number=number, short=key)
        return SourceLine(number=number, short=short_name(source), where=source.where)
