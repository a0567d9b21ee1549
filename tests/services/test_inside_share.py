"""The share of steps with the knee inside the foot line, as a range, and what it multiplies."""

from datetime import UTC, date, datetime

import pytest

from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.domain.load.exposure import steps_inside
from sidestep.domain.load.report import Exposure, KneeInside
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.inside_share import knee_inside_share
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import StoredDocument


def stored(error: float | None) -> MemoryStore:
    offsets = [-6.0, -3.0, -1.0, 1.0, 3.0, 6.0, 8.0, 9.0]
    left = {"value": 2.1, "error": error, "n": 8} if error else {"value": None, "reason": "dark"}
    store = MemoryStore()
    store.save_document(
        StoredDocument(
            id="clip_run-1",
            kind=DocumentKind.CLIP_RUN,
            made_at=datetime(2026, 11, 12, 9, tzinfo=UTC),
            program_version="0",
            knowledge_version="0",
            content={
                "left": {"knee_over_foot_pct": left},
                "right": {},
                "steps": [
                    {"side": "left", "time_s": n, "is_good": True, "knee_over_foot_pct": offset}
                    for n, offset in enumerate(offsets)
                ]
                + [{"side": "left", "time_s": 9, "is_good": False, "knee_over_foot_pct": 99.0}],
                "quality": {"usable": True, "problems": []},
            },
        )
    )
    return store


def test_the_share_is_a_range_one_error_wide_on_each_side() -> None:
    (left,) = knee_inside_share(stored(2.0), 0.0)
    assert left == KneeInside(
        side=Side.LEFT, share_low=4 / 8, share_high=6 / 8, filmed_on=date(2026, 11, 12)
    )


def test_no_share_is_made_up_where_the_measure_is_unknown() -> None:
    assert knee_inside_share(stored(None), 0.0) == ()
    assert knee_inside_share(MemoryStore(), 0.0) == ()


@pytest.mark.parametrize(("low", "high", "steps"), [(0.5, 0.75, (50, 75)), (0.0, 1.0, (0, 100))])
def test_steps_inside_are_the_share_of_one_knee(
    low: float, high: float, steps: tuple[int, int]
) -> None:
    exposure = Exposure(
        days=28, steps=200, steps_per_knee=100, runs_without_steps=0, by_source={"session": 200}
    )
    inside = KneeInside(
        side=Side.LEFT, share_low=low, share_high=high, filmed_on=date(2026, 11, 12)
    )
    assert steps_inside(exposure, inside) == steps


def test_the_limit_is_the_article_s_and_says_so() -> None:
    limit = shipped_knowledge().load["knee_inside_from_pct"]
    assert limit.value == 0
    assert limit.backing.basis.value == "article"
