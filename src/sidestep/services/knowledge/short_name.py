"""How a source is named in running text; its full entry is for those who look it up."""

import re
from collections.abc import Iterable, Mapping

from sidestep.domain.vocabulary.evidence import Citation, Source


def short_name(source: Source) -> str:
    """Name a source by first author and year, such as ``Frandsen 2025``, or as it says itself."""
    if source.short:
        return source.short
    first = re.split(r" et al|,| \(", source.authors)[0]
    return f"{first} {source.year}"


def short_names(citations: Iterable[Citation], sources: Mapping[str, Source]) -> str:
    """List the sources of a statement for a reader, ``; `` between; empty when it has none."""
    names = [
        short_name(sources[each.key]) if each.key in sources else each.key for each in citations
    ]
    return "; ".join(names)
