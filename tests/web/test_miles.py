"""Miles for those who read them: on every page and in every form, and kilometres behind."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

import pytest

from builders.daily_loop import begin_loop, check_the_knee, tell, week_of
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.planning.week import DayKind
from sidestep.languages.distances import MILES
from sidestep.languages.language import LANGUAGES, language
from sidestep.services.knowledge.knowledge_messages import citations
from sidestep.services.week.edit_profile import known_profile
from sidestep.web.site import Site
from web.conftest import TODAY, Browser
from web.test_settings import WEEK

ON = date.fromisoformat(TODAY)

KILOMETRES = re.compile(r"\bkm\b|kilomet(?:re|er)", re.IGNORECASE)
LITERAL = ("acht Kilometer",)
"""The trainer's five miles, as the German says them: words, not a figure of hers."""

STARTS = (
    "/today",
    "/progress",
    "/knee/questions?at=distance_until_pain_km",
    "/knee/questions?at=run_course",
    "/ask/print",
    "/why/usual_run",
    "/why/walk_run_pace_min_per_km",
    "/why/step_estimate",
    "/why/spike_gate_1_10",
    "/why/body_mass_index_gate",
    "/why/phase_1",
    "/learn/exercises/short_foot",
)
MANY_OF_A_KIND = re.compile(r"/(?:why|learn/exercises)/|/check-in\?day=")


def in_miles(browser: Browser, code: str = "") -> None:
    form = {"language": code, "colours": "auto", "distances": "mi"}
    assert browser.post("/settings/pages", data=form).status_code == 303


def words_of(html: str) -> str:
    """Return what a page says, and what its controls say to those who hear it."""
    said = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', html)
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(" ".join([text, *said])))


def pages_of(browser: Browser) -> Iterator[tuple[str, str]]:
    """Follow the links of the pages; of those that are many of a kind, some are named above."""
    waiting = list(STARTS)
    known = set(waiting)
    while waiting:
        path = waiting.pop(0)
        answer = browser.get(path)
        if answer.status_code == 303:
            continue
        assert answer.status_code == 200, path
        yield path, answer.text
        for found in re.findall(r'<a [^>]*href="(/[^"#]*)', answer.text):
            link = unescape(found)
            is_page = not re.search(r"\.(pdf|zip|ics)\b|/static|/drawings", link)
            if is_page and link not in known and not MANY_OF_A_KIND.match(link):
                known.add(link)
                waiting.append(link)


def no_kilometres(site: Site, code: str, path: str, html: str) -> None:
    """Make sure that only publications and the choice itself speak of kilometres."""
    reader, said = language(code, MILES), words_of(html)
    cited = {reader.cited(says) for _, says in citations(site.wiring.knowledge_reading)}
    for literal in (*(each for each in cited if KILOMETRES.search(each)), *LITERAL):
        said = said.replace(literal, "")
    if path == "/settings":
        said = said.replace("Kilometer" if code == "de" else "Kilometres", "", 1)
    found = KILOMETRES.search(said)
    assert found is None, f"{path}: {said[max(0, found.start() - 80) : found.end() + 40]}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_page_speaks_of_kilometres(site: Site, runner: Browser, code: str) -> None:
    days = begin_loop(site.wiring)
    check_the_knee(site.wiring, repeatable_distance=True, distance_until_pain_km=4)
    in_miles(runner, code)
    seen, said = set(), ""
    for path, html in pages_of(runner):
        no_kilometres(site, code, path, html)
        seen.add(path)
        said += words_of(html)
    assert {*STARTS, "/week", "/week/ahead", "/connect", "/settings", "/knee/result"} <= seen
    assert len(re.findall(r"\d mi\b", said)) > 50
    for path in (f"/play/{days[DayKind.RUN]}", f"/play/{days[DayKind.RUN]}/1"):
        no_kilometres(site, code, path, runner.get(path).text)
    tell(site.wiring, ON, pain_now=2)
    for path in ("/today", f"/check-in/done?day={ON}", f"/week/{ON}/review"):
        no_kilometres(site, code, path, runner.get(path).text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_may_not_be_is_said_in_miles_and_may_be_typed_as_it_is_said(
    site: Site, runner: Browser, code: str
) -> None:
    on = begin_loop(site.wiring)[DayKind.RUN]
    in_miles(runner, code)
    form = {"on": str(on), "unit": "mi", "distance": "40"}
    answer = runner.post(f"/week/{ON}/length", data=form)
    assert answer.status_code == 422
    no_kilometres(site, code, "refused", answer.text)
    longest = re.search(r"([\d.,]+) mi (?:would do that day|gingen)", words_of(answer.text))
    assert longest is not None
    form["distance"] = longest[1]
    assert runner.post(f"/week/{ON}/length", data=form).status_code == 303
    answer = runner.post(f"/week/{ON}/length", data={**form, "distance": "far"})
    assert "data-go-back" in answer.text
    no_kilometres(site, code, "no length", answer.text)


def test_a_length_in_miles_is_kept_in_kilometres(site: Site, runner: Browser) -> None:
    on = begin_loop(site.wiring)[DayKind.RUN]
    in_miles(runner)
    runner.post(f"/week/{ON}/length", data={"on": str(on), "unit": "mi", "distance": "1.55"})
    day = next(day for day in week_of(site.wiring, ON) if day.date == on)
    assert [block.distance_km for block in day.blocks if block.distance_km] == [2.5]
    page = runner.get("/week").text
    assert 'name="distance" value="1.55"' in page
    assert "2.5 km" not in page


def test_a_form_means_the_unit_it_was_shown_in(site: Site, runner: Browser) -> None:
    # The choice may have changed in another window since.
    on = begin_loop(site.wiring)[DayKind.RUN]
    in_miles(runner)
    runner.post(f"/week/{ON}/length", data={"on": str(on), "unit": "km", "distance": "2.5"})
    day = next(day for day in week_of(site.wiring, ON) if day.date == on)
    assert [block.distance_km for block in day.blocks if block.distance_km] == [2.5]


def test_a_goal_in_miles_is_kept_in_kilometres(site: Site, runner: Browser) -> None:
    in_miles(runner)
    form = {**WEEK, "unit": "mi", "goal_distance": "13.1"}
    assert runner.post("/settings/week", data=form).status_code == 303
    goal = known_profile(site.desk(OWNER).store).goal
    assert goal is not None
    assert goal.distance_km == 21.08
    assert 'name="goal_distance" min="0" max="100" step="any" inputmode="decimal" value="13.1"' in (
        runner.get("/settings").text
    )


def test_a_goal_that_is_not_touched_stays_what_it_was(site: Site, runner: Browser) -> None:
    runner.post("/settings/week", data={**WEEK, "goal_distance": "10"})
    in_miles(runner)
    shown = re.search(r'name="goal_distance"[^>]*value="([^"]*)"', runner.get("/settings").text)
    assert shown is not None
    assert shown[1] == "6.21"
    runner.post("/settings/week", data={**WEEK, "unit": "mi", "goal_distance": shown[1]})
    goal = known_profile(site.desk(OWNER).store).goal
    assert goal is not None
    assert goal.distance_km == 10


@pytest.mark.parametrize("typed", ["0.1", "80", "far"])
def test_a_goal_that_cannot_be_is_refused_in_miles(site: Site, runner: Browser, typed: str) -> None:
    in_miles(runner)
    answer = runner.post("/settings/week", data={**WEEK, "unit": "mi", "goal_distance": typed})
    assert answer.status_code == 422
    said = words_of(answer.text)
    assert f"Goal: '{typed}' is not a number from 0.6 to 62 mi" in said
    assert known_profile(site.desk(OWNER).store).goal is None


def test_where_the_pain_comes_on_is_asked_and_kept(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    check_the_knee(site.wiring, repeatable_distance=True, distance_until_pain_km=4)
    in_miles(runner)
    runner.post("/knee/again")
    where = "/knee/questions?at=distance_until_pain_km"
    page = words_of(runner.get(where).text)
    assert "After how many miles does it come on?" in page
    form = {"asked": "distance_until_pain_km", "unit": "mi"}
    answer = runner.post("/knee/answers", data={**form, "distance_until_pain_km": "far"})
    assert answer.status_code == 422
    assert 'value="far"' in answer.text
    assert runner.post("/knee/answers", data={**form, "distance_until_pain_km": "2,5"}).is_redirect
    assert 'value="2.5"' in runner.get(where).text
    kilometres = {"language": "", "colours": "auto", "distances": "km"}
    runner.post("/settings/pages", data=kilometres)
    assert 'value="4"' in runner.get(where).text


def test_the_choice_is_her_own_and_programs_read_kilometres(
    site: Site, runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    begin_loop(site.wiring)
    before = runner.get("/api/v1/week").json()
    in_miles(runner)
    assert runner.get("/api/v1/week").json() == before
    assert runner.post("/settings/pages", data={"distances": "versts"}).status_code == 422
    other = sign_up("other", "Other")
    assert '<option value="km" selected>' in other.get("/settings").text
