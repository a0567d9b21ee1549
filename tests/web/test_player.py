"""The player, and what it tells the check-in."""

from datetime import date, timedelta

import pytest

from builders.daily_loop import begin_loop, check_the_knee
from sidestep.domain.planning.week import BlockKind, DayKind
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.week.today_card import today_card
from sidestep.web.pages.player import steps_of
from sidestep.web.site import Site
from web.conftest import TODAY, Browser
from web.test_check_in import go_to, open_form, tap

ON = date.fromisoformat(TODAY)


def on_a(kind: DayKind, site: Site, monkeypatch: pytest.MonkeyPatch) -> date:
    on = begin_loop(site.wiring)[kind]
    go_to(on, monkeypatch)
    return on


def test_one_thing_a_screen_in_the_order_it_is_done(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = on_a(DayKind.RUN, site, monkeypatch)
    desk = site.desk(site.wiring.settings.owner)
    card, steps = today_card(**desk.pieces), steps_of(desk, on)
    # A break from sitting has its own time of the day.
    assert sorted(step.block.title for step in steps) == sorted(
        block.title for block in card.blocks if block.kind is not BlockKind.DESK
    )
    kinds = [step.block.kind.value for step in steps]
    assert kinds.index("shuffle") < kinds.index("run") < kinds.index("stretch_after")
    for number, step in enumerate(steps, start=1):
        page = runner.get(f"/play/{on}/{number}").text
        assert step.block.title in page
        assert ("data-counter" in page) is bool(step.turns)
        assert page.count("<li data-says=") == len(step.turns)
        if step.exercise is not None:
            assert f"/drawings/{step.exercise.id}.webp" in page
            assert "prefers-reduced-motion" in page
    assert runner.get(f"/play/{on}/{len(steps) + 1}").status_code == 404
    assert runner.get(f"/play/{on}/0").status_code == 404
    assert runner.get(f"/play/{on}/x").status_code == 422


def test_what_was_done_is_filled_in(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = on_a(DayKind.OFF, site, monkeypatch)
    steps = steps_of(site.desk(site.wiring.settings.owner), on)
    for number in range(1, len(steps) + 1):
        answer = runner.post(f"/play/{on}/{number}", data={"did": "done", "pain": "2"})
        further = "done" if number == len(steps) else number + 1
        assert answer.headers["location"] == f"/play/{on}/{further}"
    assert 'href="/check-in"' in runner.get(f"/play/{on}/done").text
    form = open_form(runner)
    assert form.sent["did"] == "all"
    assert form.sent["pain_on_exercises"] == "2"
    assert site.wiring.store.documents(DocumentKind.CHECK_IN) == []
    runner.post("/check-in", data=tap(form, pain_now="1", new_signs="no"))
    kept = site.wiring.store.documents(DocumentKind.CHECK_IN)[-1].content["answers"]
    assert kept["lateral_work"] is True
    assert kept["pain_on_exercises"] == 2


def test_what_was_told_of_the_day_stands_at_the_players_end(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = on_a(DayKind.OFF, site, monkeypatch)
    runner.post(f"/play/{on}/1", data={"did": "done"})
    told = {"pain_now": "1", "new_signs": "no", "did": "all"}
    runner.post("/check-in", data=tap(open_form(runner), **told))
    page = runner.get(f"/play/{on}/done").text
    assert "Nothing is marked as done" not in page
    assert "done. What was left out stays left out" in page
    assert "Change what you told" in page
    told = {"pain_now": "1", "new_signs": "no", "did": "none"}
    runner.post("/check-in", data=tap(open_form(runner), **told))
    page = runner.get(f"/play/{on}/done").text
    assert "left out</span>" in page
    assert "What you told of the day is kept." in page


def test_what_was_skipped_has_its_reason(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = on_a(DayKind.OFF, site, monkeypatch)
    steps = steps_of(site.desk(site.wiring.settings.owner), on)
    for number in range(1, len(steps) + 1):
        runner.post(f"/play/{on}/{number}", data={"did": "skipped", "why": "dull"})
    form = open_form(runner)
    assert (form.sent["did"], form.sent["missed_why"]) == ("none", "dull")
    assert "left out" in runner.get(f"/play/{on}/done").text


def test_what_hurt_too_much_is_not_passed_over(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = on_a(DayKind.OFF, site, monkeypatch)
    steps = steps_of(site.desk(site.wiring.settings.owner), on)
    first = steps[0]
    assert first.exercise is not None
    most = first.exercise.stop_above_pain
    for pain, is_too_much in ((most, False), (most + 1, True)):
        where = runner.post(f"/play/{on}/1", data={"did": "done", "pain": str(round(pain))})
        for page in (where.headers["location"], f"/play/{on}/done"):
            said = f"{first.block.title} hurt {pain:g} of 10, above the {most:g} it may."
            assert (said in runner.get(page).text) is is_too_much
    assert f'href="/play/{on}/done"' in runner.get(f"/play/{on}/2").text
    if len(steps) > 2:
        assert f"hurt {pain:g} of 10" not in runner.get(f"/play/{on}/3").text


@pytest.mark.parametrize(
    "data", [{"pain": "12"}, {"pain": "-1"}, {"why": "no_such"}, {"did": "flown"}]
)
def test_what_cannot_be_an_answer_is_none(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch, data: dict[str, str]
) -> None:
    on = on_a(DayKind.OFF, site, monkeypatch)
    assert runner.post(f"/play/{on}/1", data=data).status_code == 303
    form = open_form(runner)
    assert "pain_on_exercises" not in form.sent
    assert "missed_why" not in form.sent


def test_a_day_of_rest_has_nothing_to_do(
    site: Site, runner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = on_a(DayKind.REST, site, monkeypatch)
    assert "nothing to make up for" in runner.get(f"/play/{on}").text
    assert runner.get(f"/play/{on}/1").status_code == 404


def test_a_hidden_plan_is_not_played(site: Site, runner: Browser) -> None:
    check_the_knee(site.wiring, "urgent")
    assert runner.get(f"/play/{TODAY}").status_code == 404


def test_another_day_of_the_week_can_be_looked_at(site: Site, runner: Browser) -> None:
    days = begin_loop(site.wiring)
    assert runner.get(f"/play/{days[DayKind.OFF]}/1").status_code == 200
    assert runner.get(f"/play/{ON - timedelta(days=40)}").status_code == 404
    assert runner.get("/play/someday").status_code == 404
