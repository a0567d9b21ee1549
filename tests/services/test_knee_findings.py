"""What a page shows of a knee check: a red flag wins, and nothing of a plan beside one."""

from typing import Any

import pytest
import yaml

from builders.shipped import shipped_knowledge
from knowledge.test_vignettes import FOLDER, quiet_knee
from sidestep.services.knee.check_knee import check_answers
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.knee.knee_findings import KneeFindings, knee_findings
from sidestep.services.knee.knee_shape import BACK, FRONT, HEIGHT, WIDTH

KNOWLEDGE = shipped_knowledge()


def found(**changed: object) -> KneeFindings:
    answers = parse_answers(quiet_knee() | changed, KNOWLEDGE.questions)
    return knee_findings(check_answers(answers, KNOWLEDGE), KNOWLEDGE)


def stories(name: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return told


def test_a_quiet_knee_has_no_sign_and_patterns_with_their_ground() -> None:
    quiet = found()
    assert (quiet.is_hold, quiet.first, quiet.present, quiet.open) == (False, None, [], [])
    assert quiet.patterns
    assert all(pattern["basis"] for pattern in quiet.patterns)
    assert quiet.tell[0].value == "Right knee: front: on, around or behind the kneecap"


@pytest.mark.parametrize("story", stories("emergencies"), ids=lambda story: story["story"])
def test_an_emergency_leaves_only_what_makes_it_one(story: dict[str, Any]) -> None:
    told = found(**story["answers"])
    assert told.is_hold
    assert told.is_emergency
    assert {flag["urgency"] for flag in told.present} == {"emergency"}
    assert (told.patterns, told.causes, told.myths, told.open) == ((), {}, (), [])
    assert told.first is told.present[0]
    assert any(row.label == "Signs" for row in told.tell)


def test_an_open_sign_says_who_to_see_if_it_cannot_be_answered() -> None:
    told = found(calf_swollen=None)
    assert told.is_hold
    assert told.is_only_open
    assert not told.is_emergency
    assert told.first is told.open[0]
    assert "calf_swollen" in {question["id"] for question in told.still_to_answer}
    assert all(not cause["plan_does"] for cause in told.causes["present"])


def test_causes_on_the_firmest_ground_come_first() -> None:
    told = found(sitting_hours=11, energy="tired", past=["running_injury_12_months"])
    bases = [cause["basis"] for cause in told.causes["present"]]
    order = ["trial", "cohort", "guideline", "article", "design"]
    assert len(bases) > 1
    assert bases == sorted(bases, key=order.index)


def test_every_place_that_can_be_asked_for_is_drawn_inside_the_picture_and_apart() -> None:
    options = {option.id for option in KNOWLEDGE.questions["zones"].options}
    assert FRONT.zones.keys() | BACK.zones.keys() | {"all_over"} == options
    for view in (FRONT, BACK):
        for zone in view.zones.values():
            assert zone.rx <= zone.x <= WIDTH - zone.rx
            assert zone.ry <= zone.y <= HEIGHT - zone.ry
            assert min(zone.rx, zone.ry) >= 13.5, "a thumb's width on the smallest screen"
        zones = list(view.zones.values())
        for first in zones:
            for second in zones:
                apart_x = abs(first.x - second.x) >= first.rx + second.rx
                apart_y = abs(first.y - second.y) >= first.ry + second.ry
                assert first is second or apart_x or apart_y
