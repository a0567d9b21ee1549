"""Charts to look closer at: the values of the page, in the reader's language, for herself alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import vl_convert

from builders.clip_results import kept_run
from builders.days_told import RULES, At
from builders.runs import TODAY, runs_on
from fakes.stores import MemoryStore
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.vocabulary.side import Side
from sidestep.languages.distances import MILES
from sidestep.languages.language import language
from sidestep.services.check_ins.log_day import log_day
from sidestep.services.progress.over_weeks import progress, weeks_on_record
from sidestep.web.closer import Spec, history_chart, in_language
from sidestep.web.site import Site
from web.conftest import Browser


def drawn(spec: Spec) -> str:
    """Let the library itself read a chart; what it cannot read raises."""
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def chart_of(store: MemoryStore, reader: Any) -> Spec:
    at = At(TODAY)
    pieces = {"store": store, "knowledge": RULES, "clock": at}
    weeks = weeks_on_record(**pieces)  # type: ignore[arg-type]
    return history_chart(progress(weeks=weeks, **pieces), reader)  # type: ignore[arg-type]


def test_the_whole_history_is_drawn_and_not_only_what_the_page_shows() -> None:
    spec = chart_of(MemoryStore(runs_on(range(0, 700, 7), 6.0)), language("en"))
    weeks = spec["datasets"]["weeks"]
    assert len(weeks) == 100
    assert {each["distance"] for each in weeks[1:]} == {6.0}
    assert "Pain, 0 to 10" in drawn(spec)


def test_distances_are_in_the_readers_unit_and_words_in_her_language() -> None:
    store = MemoryStore(runs_on(range(0, 84, 7), 10.0))
    miles = chart_of(store, language("en", MILES))
    assert round(miles["datasets"]["weeks"][-1]["distance"], 2) == 6.21
    assert "Distance, mi" in drawn(miles)
    german = in_language(chart_of(store, language("de")), language("de"))
    assert german["numbers"]["decimal"] == ","
    assert german["times"]["shortDays"][1] == "Mo."
    assert german["times"]["days"][0] == "Sonntag"
    assert "Schmerz, 0 bis 10" in drawn(german["spec"])


def test_days_that_nobody_told_of_break_the_line(site: Site) -> None:
    desk = site.desk(OWNER)
    today = desk.clock.today()
    for ago, pain in ((4, 3.0), (3, 2.0), (1, 1.0), (0, 0.0)):
        log_day(today - timedelta(days=ago), {"pain_now": pain}, **desk.pieces)
    days = history_chart(progress(**desk.pieces), language("en"))["datasets"]["days"]
    rows = [day["run"] for day in days]
    assert [day["pain"] for day in days] == [3.0, 2.0, 1.0, 0.0]
    assert rows[0] == rows[1] != rows[2] == rows[3]


def test_a_chart_is_her_own(
    site: Site, runner: Browser, sign_up: Callable[[str, str], Browser]
) -> None:
    clip = kept_run()
    site.desk(OWNER).store.save_document(clip)
    path = f"/clips/{clip.id}/chart.json"
    own = runner.get(path).json()["spec"]
    sides = {row["side"] for view in own["vconcat"] for row in view["data"]["values"]}
    assert sides == {side.value for side in Side}
    assert drawn(own)
    log_day(site.desk(OWNER).clock.today(), {"pain_now": 7.0}, **site.desk(OWNER).pieces)
    other = sign_up("other", "Other")
    assert other.get(path).status_code == 404
    assert other.get("/progress/chart.json").json()["spec"]["datasets"]["days"] == []
    assert len(runner.get("/progress/chart.json").json()["spec"]["datasets"]["days"]) == 1


def test_nobody_who_is_not_signed_in_gets_a_chart(visitor: Browser) -> None:
    assert visitor.get("/progress/chart.json").status_code == 303


def test_the_script_that_draws_comes_from_here(visitor: Browser) -> None:
    script = visitor.get("/vega.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    assert "window.vegaEmbed=" in script.text.replace(" ", "")
