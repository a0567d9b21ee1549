"""What was done in the player on its way to the check-in; nothing of it counts before that."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sidestep.web.desk import Desk

KEPT = timedelta(days=3)


def outcomes_of(desk: Desk, on: date) -> dict[int, Mapping[str, Any]]:
    """Return what became of the steps of a day, by their number."""
    draft = desk.wiring.people.draft(_key(desk, on), desk.clock.now()) or {}
    return {int(number): outcome for number, outcome in draft.get("steps", {}).items()}


def keep_outcome(desk: Desk, on: date, number: int, outcome: Mapping[str, Any]) -> None:
    """Keep what became of one step, in the place of what was kept of it before."""
    steps = {**outcomes_of(desk, on), number: outcome}
    content = {"steps": {str(each): dict(value) for each, value in sorted(steps.items())}}
    desk.wiring.people.keep_draft(
        _key(desk, on), content, desk.clock.now() + KEPT, owner_id=desk.owner_id
    )


def drop_outcomes(desk: Desk, on: date) -> None:
    """Forget the steps of a day: they have been told of."""
    desk.wiring.people.drop_draft(_key(desk, on))


def _key(desk: Desk, on: date) -> str:
    return hashlib.sha256(f"play {desk.owner_id} {on.isoformat()}".encode()).hexdigest()
