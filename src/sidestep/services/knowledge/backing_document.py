"""The ground of a statement as other programs read it: citations with their sources in full."""

from collections.abc import Iterable, Mapping
from typing import Any

from sidestep.domain.vocabulary.evidence import Citation, Source
from sidestep.services.knowledge.short_name import short_name


def citations_document(
    citations: Iterable[Citation], sources: Mapping[str, Source]
) -> list[dict[str, Any]]:
    """Build the list of sources of a statement, each with what it supports."""
    return [
        {
            "key": citation.key,
            "name": short_name(sources[citation.key]),
            "title": sources[citation.key].title,
            "authors": sources[citation.key].authors,
            "year": sources[citation.key].year,
            "where": sources[citation.key].where,
            "link": sources[citation.key].link,
            "supports": citation.supports,
        }
        if citation.key in sources
        else {"key": citation.key, "supports": citation.supports}
        for citation in citations
    ]
