"""Reading: for anybody, the person's own first."""

import html

import pytest

from builders.daily_loop import check_the_knee
from builders.shipped import shipped_knowledge
from sidestep.domain.vocabulary.evidence import Basis
from sidestep.services.knowledge.knowledge_statements import statements_of
from sidestep.web.site import Site
from web.conftest import Browser


def test_a_visitor_reads_every_belief_and_cause(visitor: Browser) -> None:
    text = visitor.get("/learn").text
    for myth in shipped_knowledge().myths:
        assert myth.belief.replace("'", "&#39;") in text


def test_every_exercise_has_a_page_with_its_moving_picture(visitor: Browser) -> None:
    listed = visitor.get("/learn/exercises").text
    for id, exercise in shipped_knowledge().exercises.items():
        assert f"/learn/exercises/{id}" in listed
        shown = visitor.get(f"/learn/exercises/{id}")
        assert shown.status_code == 200
        assert f"/drawings/{id}.webp" in shown.text
        has_another_way = bool(exercise.substitutes or exercise.no_substitute)
        assert ("no substitute: leave it out" in shown.text) is not has_another_way
    picture = visitor.get("/drawings/fire_hydrant.webp")
    assert picture.headers["content-type"] == "image/webp"


def test_every_rule_can_be_read_with_its_ground(visitor: Browser, site: Site) -> None:
    for statement in statements_of(site.wiring.knowledge_reading):
        shown = visitor.get(f"/why/{statement.id}")
        assert shown.status_code == 200, statement.id
        assert statement.backing.basis.in_words.replace("'", "&#39;") in shown.text


def test_rules_are_found_by_words(visitor: Browser) -> None:
    text = visitor.get("/why", params={"q": "longest well beyond"}).text
    assert "/why/spike_gate_1_10" in text
    assert "/why/running_days_max" not in text


@pytest.mark.parametrize("path", ["/learn/exercises/handstand", "/why/phase_of_the_moon"])
def test_what_is_not_there_is_said_so_without_a_command(visitor: Browser, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "sidestep " not in answer.text


def test_how_far_the_rules_reach_is_told_for_the_persons_own_knee(
    visitor: Browser, runner: Browser, site: Site
) -> None:
    assert "no rule is decided" in visitor.get("/why").text
    check_the_knee(site.wiring)
    shown = runner.get("/why").text
    assert "What is not known, and why" in shown
    assert "Your running history does not tell." in shown
    assert "no rule is decided" not in shown
    for basis in Basis:
        assert html.escape(basis.in_words, quote=False).replace("'", "&#39;") in shown
    assert "How far the rules reach" not in runner.get("/why", params={"q": "run"}).text
