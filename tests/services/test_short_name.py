import pytest

from builders.shipped import shipped_knowledge
from sidestep.domain.vocabulary.evidence import Citation, Source
from sidestep.services.knowledge.short_name import short_name, short_names


def source(authors: str, short: str = "") -> Source:
    return Source(
        key="a_key", title="Knees", authors=authors, year=2020, where="A journal", short=short
    )


@pytest.mark.parametrize(
    ("authors", "name"),
    [
        ("Doe et al.", "Doe 2020"),
        ("van der Worp et al.", "van der Worp 2020"),
        ("Davis & Futrell", "Davis & Futrell 2020"),
        ("Doe et al. (first author from memory)", "Doe 2020"),
        ("Doe, Roe", "Doe 2020"),
    ],
)
def test_a_source_is_named_by_its_first_author_and_year(authors: str, name: str) -> None:
    assert short_name(source(authors)) == name


def test_a_source_may_say_how_it_is_named() -> None:
    assert short_name(source("A very long institute", short="AVLI")) == "AVLI"


def test_a_citation_without_an_entry_keeps_its_key() -> None:
    citations = (Citation(key="a_key", supports="It."), Citation(key="lost_2001", supports="It."))
    assert short_names(citations, {"a_key": source("Doe et al.")}) == "Doe 2020; lost_2001"


def test_no_two_shipped_sources_share_a_short_name_and_none_is_a_key() -> None:
    sources = shipped_knowledge().sources
    names = [short_name(each) for each in sources.values()]
    assert len(set(names)) == len(sources)
    assert [name for name in names if "_" in name or len(name) > 34 or "recorded" in name] == []
