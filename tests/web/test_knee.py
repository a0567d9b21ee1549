"""A first visit in the browser: the map, the questions, what is found, and what is kept of it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders.shipped import shipped_knowledge
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.triage.facts import FactOrigin
from sidestep.domain.triage.rules import PlanAccess
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.check_knee import check_answers
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.people.sign_in import make_link
from sidestep.web.site import VISITORS_PAGES, Site
from web.conftest import PASSWORD, Browser
from web.visits import asked_on, controls, form_for, send, visit

ROOT = Path(__file__).parents[2]
VIGNETTES = ROOT / "tests" / "knowledge" / "vignettes"
HEADLINES = {
    "self_care": "Nothing you answered asks for a clinician now",
    "soon": "See someone soon",
    "urgent": "Be seen urgently",
    "emergency": "Get emergency help now",
}
ONLY_OPEN = "Warning signs are still open"
PLACE = {"asked": ["side", "zones", "pointing"], "side": ["left"], "zones": ["outer_above"]}


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


QUIET: dict[str, object] = _yaml(VIGNETTES / "quiet_knee.yaml")
STORIES: dict[str, dict[str, object]] = {
    **{path.stem: _yaml(path) for path in sorted((ROOT / "examples" / "answers").glob("*.yaml"))},
    **{
        story["story"]: QUIET | story["answers"]
        for name in ("emergencies", "urgent", "soon", "self_care")
        for story in _yaml(VIGNETTES / f"{name}.yaml")[::3]
    },
}
by_story = pytest.mark.parametrize("name", STORIES)


def _expected(answers: dict[str, object]) -> Any:
    knowledge = shipped_knowledge()
    # What is only measured at home is offered afterwards, and decides no urgency.
    asked = {
        id: value
        for id, value in answers.items()
        if knowledge.questions[id].origin is FactOrigin.ASKED
    }
    return check_answers(parse_answers(asked, knowledge.questions), knowledge)


@by_story
def test_a_visit_finds_the_urgency_that_the_answers_have(visitor: Browser, name: str) -> None:
    check = _expected(STORIES[name])
    where, _ = visit(visitor, STORIES[name])
    page = visitor.get(where)
    assert page.status_code == 200
    assert (ONLY_OPEN if check.is_only_open else HEADLINES[check.urgency.word]) in page.text
    says_plan = "What the plan does:" in page.text
    assert not (check.plan is PlanAccess.HIDDEN and says_plan)
    # Beside how soon to be seen, only the plan may be told to wait.
    assert "by waiting." not in page.text


def test_a_quiet_visit_ends_with_patterns_their_grounds_and_a_page(visitor: Browser) -> None:
    where, taps = visit(visitor, QUIET)
    page = visitor.get(where)
    assert taps <= 60, "two minutes, two seconds a tap"
    assert "Patterns that can feel like this" in page.text
    assert "Speaks for it" in page.text
    assert "Not clinically reviewed" in page.text
    assert "sidestep plan" not in page.text
    pdf = visitor.get("/knee/report.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")


def test_beliefs_bring_up_their_myths_and_causes_say_why(visitor: Browser) -> None:
    where, _ = visit(visitor, STORIES["self_care"])
    page = visitor.get(where).text
    assert "What you believe about knees" in page
    assert "Because:" in page
    assert "What is known:" in page
    assert "What the plan does:" in page


def _answer_up_to_an_emergency(browser: Browser) -> str:
    """Answer the first questions, the last of which makes it one; return where that leads."""
    send(browser, PLACE | {"pointing": ["hand"]})
    sent = None
    for answer in ({"knee_hot_swollen": ["yes"]}, {"swelling": ["tense"]}, {"fever": ["yes"]}):
        sent = send(browser, {"asked": list(answer), **answer})
    return str(sent.headers["location"]) if sent is not None else ""


def test_an_emergency_stops_the_questions_at_once(visitor: Browser) -> None:
    assert _answer_up_to_an_emergency(visitor) == "/knee/result"
    page = visitor.get("/knee/result").text
    assert "Get emergency help now" in page
    assert "an emergency department" in page
    assert "Patterns that can feel like this" not in page
    assert "What now?" not in page


def test_a_slip_of_the_finger_can_be_taken_back_even_in_an_emergency(visitor: Browser) -> None:
    _answer_up_to_an_emergency(visitor)
    assert visitor.post("/knee/back").headers["location"] == "/knee/questions"
    page = visitor.get("/knee/questions").text
    assert asked_on(page) == ["fever"]
    assert "Before, you said:" in page


def test_not_knowing_is_never_milder_and_names_what_is_open(visitor: Browser) -> None:
    where, _ = visit(visitor, QUIET | {"calf_swollen": None, "gives_way": None})
    page = visitor.get(where).text
    assert ONLY_OPEN in page
    assert "/knee/questions?at=calf_swollen" in page
    assert "/week" not in page
    send(visitor, {"asked": ["calf_swollen"], "calf_swollen": ["no"]})
    send(visitor, {"asked": ["gives_way"], "gives_way": ["no"]})
    assert HEADLINES["self_care"] in visitor.get("/knee/result").text


def test_knowing_nothing_at_all_is_a_hold_and_not_an_error(visitor: Browser) -> None:
    where, _ = visit(visitor, {})
    assert ONLY_OPEN in visitor.get(where).text


def test_answers_that_do_not_fit_are_said_and_none_is_lost(visitor: Browser) -> None:
    send(visitor, PLACE | {"pointing": ["hand"]})
    send(visitor, {"asked": ["knee_hot_swollen"], "knee_hot_swollen": ["yes"]})
    sent = send(visitor, {"asked": ["swelling"], "swelling": ["none"]})
    assert sent.status_code == 422
    assert "do not fit together" in sent.text
    assert "/knee/questions?at=knee_hot_swollen" in sent.text
    assert asked_on(visitor.get("/knee/questions").text) == ["swelling"]


def test_pains_that_do_not_fit_each_other_come_back_as_they_were_typed(visitor: Browser) -> None:
    ids = ["pain_now", "pain_worst", "pain_running", "pain_daily_life", "morning_stiffness_min"]
    form = {"asked": ids, "pain_now": ["6"], "pain_worst": ["3"], "morning_stiffness_min": ["2,5"]}
    sent = send(visitor, form | {"pain_running": ["3"], "pain_daily_life": ["1"]})
    assert sent.status_code == 422
    assert "do not fit together" in sent.text
    assert 'value="2,5"' in sent.text
    assert 'value="6" checked' in sent.text


def test_what_is_left_empty_is_asked_for_once_more(visitor: Browser) -> None:
    form = {"asked": ["weeks_since_onset"]}
    sent = send(visitor, form)
    assert sent.status_code == 422
    assert "Something is still open" in sent.text
    assert send(visitor, form | {"go_on": ["yes"]}).status_code == 303


@pytest.mark.parametrize("typed", ["many", "-1", "nan", "1e9"])
def test_what_is_no_number_says_what_would_be(visitor: Browser, typed: str) -> None:
    sent = send(visitor, {"asked": ["age_years"], "age_years": [typed]})
    assert sent.status_code == 422
    assert "A number from 0 to 120" in sent.text
    assert f'value="{typed}"' in sent.text


@pytest.mark.parametrize(
    "form", [{}, {"asked": ["no_such"]}, {"asked": ["longest_run_ratio_30d"]}, {"side": ["left"]}]
)
def test_a_form_that_asks_nothing_changes_nothing(
    visitor: Browser, form: dict[str, list[str]]
) -> None:
    assert send(visitor, form).status_code == 303
    assert visitor.get("/knee/result").headers["location"] == "/knee"


def test_some_places_and_nowhere_do_not_go_together(visitor: Browser) -> None:
    sent = send(visitor, PLACE | {"none": ["zones"], "pointing": ["hand"]})
    assert sent.status_code == 422
    assert "none of these" in sent.text


def test_an_answer_that_is_changed_takes_with_it_what_hung_on_it(visitor: Browser) -> None:
    send(visitor, {"asked": ["trauma_recent"], "trauma_recent": ["yes"]})
    send(visitor, {"asked": ["deformity"], "deformity": ["no"]})
    sent = send(visitor, {"asked": ["trauma_recent"], "trauma_recent": ["no"]})
    assert sent.status_code == 303
    visitor.post("/knee/back")
    visitor.post("/knee/back")
    assert visitor.get("/knee/result").headers["location"] == "/knee"


def test_going_back_from_the_first_question_leads_to_the_map(visitor: Browser) -> None:
    assert visitor.post("/knee/back").headers["location"] == "/knee/place"


def test_a_reload_and_a_restart_lose_nothing(
    site: Site, visitor: Browser, open_browser: Callable[[], Browser]
) -> None:
    send(visitor, PLACE | {"pointing": ["hand"]})
    asked = asked_on(visitor.get("/knee/questions").text)
    restarted = open_browser()
    restarted.cookies = visitor.cookies
    assert asked_on(restarted.get("/knee/questions").text) == asked == ["knee_hot_swollen"]
    assert "You had begun" in restarted.get("/knee").text


def test_looking_leaves_nothing_behind(visitor: Browser) -> None:
    for path in ("/knee", "/knee/place", "/knee/questions", "/knee/result"):
        assert "set-cookie" not in visitor.get(path).headers


def test_a_visitors_answers_are_gone_after_a_day_or_at_once(
    site: Site, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(visitor, PLACE | {"pointing": ["hand"]})
    clock, now = type(site.wiring.clock), site.wiring.clock.now()
    for hours, found in ((23, "You had begun"), (25, "Where does it hurt?")):
        with monkeypatch.context() as later:
            at = now + timedelta(hours=hours)
            later.setattr(clock, "now", lambda _, at=at: at)
            assert found in visitor.get("/knee").text
    assert "You had begun" in visitor.get("/knee").text
    assert visitor.post("/knee/forget").headers["location"] == "/knee"
    assert "Where does it hurt?" in visitor.get("/knee").text


def test_one_visitor_never_sees_anothers_answers(
    visitor: Browser, runner: Browser, open_browser: Callable[[], Browser]
) -> None:
    visit(visitor, STORIES["emergency"])
    other = open_browser()
    assert other.get("/knee/result").headers["location"] == "/knee"
    assert other.get("/knee/report.pdf").status_code == 404
    assert runner.get("/knee/result").headers["location"] == "/knee"


def test_nothing_of_a_visit_is_written_to_anybodys_records(site: Site, visitor: Browser) -> None:
    visit(visitor, QUIET)
    for owner in (OWNER, "nobody"):
        store = site.wiring.of(owner).store
        assert store.latest_document(DocumentKind.KNEE_CHECK) is None


def test_signing_up_takes_the_answers_along(site: Site, visitor: Browser) -> None:
    visit(visitor, QUIET)
    token = make_link(OWNER, people=site.wiring.people, clock=site.wiring.clock)
    form = {"name": "Runner", "password": PASSWORD}
    assert visitor.post(f"/welcome/{token}", data=form).headers["location"] == "/knee/result"
    kept = site.wiring.store.latest_document(DocumentKind.KNEE_CHECK)
    assert kept is not None
    assert kept.content["answers"]["zones"] == QUIET["zones"]
    assert "sidestep_visit" not in visitor.cookies
    page = visitor.get("/knee/result").text
    assert "/week" in page
    assert "/connect" in page


def test_half_a_visit_goes_on_where_it_was_after_signing_up(site: Site, visitor: Browser) -> None:
    send(visitor, PLACE | {"pointing": ["hand"]})
    token = make_link(OWNER, people=site.wiring.people, clock=site.wiring.clock)
    form = {"name": "Runner", "password": PASSWORD}
    assert visitor.post(f"/welcome/{token}", data=form).headers["location"] == "/knee/questions"
    assert asked_on(visitor.get("/knee/questions").text) == ["knee_hot_swollen"]
    assert site.wiring.store.latest_document(DocumentKind.KNEE_CHECK) is None


@pytest.mark.parametrize("is_mine", [True, False])
def test_somebody_with_answers_of_her_own_is_asked_whose_a_visits_are(
    site: Site, runner: Browser, open_browser: Callable[[], Browser], is_mine: bool
) -> None:
    visit(runner, QUIET)
    shared = open_browser()
    visit(shared, STORIES["urgent"])
    form = {"name": "Runner", "password": PASSWORD, "next": "/knee"}
    assert shared.post("/sign-in", data=form).headers["location"] == "/knee"
    assert "Are these answers yours?" in shared.get("/knee").text
    shared.post("/knee/mine" if is_mine else "/knee/not-mine")
    found = HEADLINES["urgent" if is_mine else "self_care"]
    assert found in shared.get("/knee/result").text
    assert "Are these answers yours?" not in shared.get("/knee").text


def test_a_signed_in_check_is_kept_and_asked_again_later(site: Site, runner: Browser) -> None:
    where, _ = visit(runner, QUIET)
    assert HEADLINES["self_care"] in runner.get(where).text
    assert len(site.wiring.store.documents(DocumentKind.KNEE_CHECK)) == 1
    runner.post("/knee/forget")
    assert "You answered on" in runner.get("/knee").text
    assert HEADLINES["self_care"] in runner.get("/knee/result").text
    assert runner.post("/knee/again").headers["location"] == "/knee/place"
    again = runner.get("/knee/questions")
    while again.status_code == 303:
        place = runner.get(again.headers["location"])
        form, _ = form_for(place.text, QUIET)
        send(runner, form)
        again = runner.get("/knee/questions")
    assert asked_on(again.text) == ["knee_hot_swollen"]
    assert "Before, you said:" in again.text
    where, _ = visit(runner, QUIET | {"calf_swollen": True})
    assert "Be seen" in runner.get(where).text or "Get emergency" in runner.get(where).text
    assert len(site.wiring.store.documents(DocumentKind.KNEE_CHECK)) == 2


def test_an_emergency_is_kept_for_whoever_is_signed_in(site: Site, runner: Browser) -> None:
    _answer_up_to_an_emergency(runner)
    assert site.wiring.store.latest_document(DocumentKind.KNEE_CHECK) is not None
    assert runner.get("/knee/report.pdf").headers["location"] == "/knee/result"


def test_enough_is_enough_and_the_rest_stays_unknown(visitor: Browser) -> None:
    assert visitor.post("/knee/enough").headers["location"] == "/knee"
    send(visitor, PLACE | {"pointing": ["hand"]})
    assert visitor.post("/knee/enough").headers["location"] == "/knee/result"
    assert ONLY_OPEN in visitor.get("/knee/result").text
    assert asked_on(visitor.get("/knee/questions").text) == ["knee_hot_swollen"]


def test_the_small_tests_are_offered_afterwards(visitor: Browser) -> None:
    assert visitor.post("/knee/tests").headers["location"] == "/knee"
    where, _ = visit(visitor, QUIET)
    assert "Do the tests" in visitor.get(where).text
    visitor.post("/knee/tests")
    assert "leg_raises" in asked_on(visitor.get("/knee/questions").text)
    where, _ = visit(visitor, STORIES["self_care"])
    assert "Do the tests" not in visitor.get(where).text


def test_every_place_is_a_checkbox_with_words(visitor: Browser) -> None:
    page = visitor.get("/knee").text
    zones = {value for kind, name, value in controls(page) if (kind, name) == ("checkbox", "zones")}
    question = shipped_knowledge().questions["zones"]
    assert zones == {option.id for option in question.options}
    assert all(option.label in page for option in question.options)


def test_both_languages_and_a_place_under_a_proxy(site: Site, visitor: Browser) -> None:
    visitor.headers["accept-language"] = "de"
    site.root_path = "/sidestep"
    sent = visitor.post("/knee/answers", data=PLACE | {"pointing": ["hand"]})
    assert sent.headers["location"] == "/sidestep/knee/questions"
    assert 'action="/sidestep/knee/answers"' in visitor.get("/knee/place").text
    assert 'lang="de"' in visitor.get("/knee/place").text


def test_an_address_has_only_so_many_pages_made_without_an_account(
    visitor: Browser, site: Site
) -> None:
    visit(visitor, QUIET)
    for _ in range(VISITORS_PAGES - 1):
        site.pages_of_visitors.failed("testclient")
    assert visitor.get("/knee/report.pdf").status_code == 200
    refused = visitor.get("/knee/report.pdf")
    assert refused.status_code == 429
    assert "Wait a quarter of an hour, or sign in." in refused.text
