"""The newest usable clips say where the knees stood, and nothing when they cannot tell."""

from datetime import UTC, datetime
from typing import Any

import pytest

from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.domain.triage.facts import Facts
from sidestep.services.clips.clip_facts import facts_from_clips
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.check_knee import check_answers
from sidestep.services.ports import StoredDocument

KNOWLEDGE = shipped_knowledge()


def offset(value: float | None, error: float = 2.0) -> dict[str, Any]:
    if value is None:
        return {"knee_over_foot_pct": {"value": None, "reason": "feet out of the picture"}}
    return {"knee_over_foot_pct": {"value": value, "error": error, "n": 20}}


def clip(
    number: int, left: float | None, right: float | None, *, usable: bool = True
) -> StoredDocument:
    return StoredDocument(
        id=f"clip_run-{number}",
        kind=DocumentKind.CLIP_RUN,
        made_at=datetime(2026, 11, number, tzinfo=UTC),
        program_version="0",
        knowledge_version="0",
        content={
            "left": offset(left),
            "right": offset(right),
            "quality": {"usable": usable, "problems": []},
        },
    )


@pytest.mark.parametrize(
    ("left", "right", "facts"),
    [
        (3.0, -9.0, {"clip_knee_run": "inside"}),
        (-3.0, -9.0, {"clip_knee_run": "over_foot"}),
        (1.9, -9.0, {}),
        (-1.9, -9.0, {}),
        (None, 3.0, {"clip_knee_run": "inside"}),
        (None, None, {}),
    ],
)
def test_a_knee_is_inside_only_beyond_its_error(
    left: float | None, right: float | None, facts: Facts
) -> None:
    store = MemoryStore()
    store.save_document(clip(1, left, right))
    assert facts_from_clips(store) == facts


def test_the_newest_usable_clip_counts() -> None:
    store = MemoryStore()
    store.save_document(clip(1, 3.0, 3.0))
    store.save_document(clip(2, -5.0, -5.0))
    store.save_document(clip(3, None, None, usable=False))
    assert facts_from_clips(store) == {"clip_knee_run": "over_foot"}


def test_a_clip_shows_the_cause_in_the_knee_check() -> None:
    check = check_answers({}, KNOWLEDGE, {"clip_knee_run": "inside"})
    (cause,) = [each for each in check.causes if each.cause.id == "knee_inside_on_video"]
    assert cause.is_present
    assert "running clip" in cause.in_brief[0]
