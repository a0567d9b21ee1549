"""The ground of a statement as other programs read it: its basis, its sources, its review."""

from collections.abc import Mapping
from typing import Any

from sidestep.domain.vocabulary.evidence import Backing, Citation, Source
from sidestep.services.knowledge.short_name import short_name


def backing_document(backing: Backing, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Build the fields that say what a statement stands on, the same under every statement."""
    return {
        "basis": backing.basis.value,
        "sources": [_citation(citation, sources) for citation in backing.citations],
        "reviewed": backing.reviewed,
    }


def _citation(citation: Citation, sources: Mapping[str, Source]) -> dict[str, Any]:
    source = sources.get(citation.key)
    if source is None:
        return {"key": citation.key, "supports": citation.supports}
    return {
        "key": source.key,
        "name": short_name(source),
        "title": source.title,
        "authors": source.authors,
        "year": source.year,
        "where": source.where,
        "link": source.link,
        "supports": citation.supports,
    }
