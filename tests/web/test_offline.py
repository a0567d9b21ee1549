"""What makes the site installable and readable offline."""

import json
import re

from builders.daily_loop import begin_loop, tell
from sidestep.web.rendering import STATIC
from sidestep.web.site import Site
from web.conftest import TODAY, Browser


def test_the_manifest_names_what_is_there(visitor: Browser) -> None:
    answer = visitor.get("/app.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    manifest = answer.json()
    assert manifest["start_url"] == "/today"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        picture = visitor.get(icon["src"])
        assert picture.status_code == 200
        width = int.from_bytes(picture.content[16:20], "big")
        assert icon["sizes"] == f"{width}x{width}"


def test_the_worker_is_another_one_once_a_file_is(visitor: Browser) -> None:
    answer = visitor.get("/worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    settings = json.loads(re.match(r"const SETTINGS = (.*);", answer.text).group(1))  # type: ignore[union-attr]
    assert settings["version"]
    for path in settings["files"]:
        assert visitor.get(path).status_code == 200
    assert len(settings["files"]) < len(list(STATIC.rglob("*")))


def test_every_page_on_the_list_is_there(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    listed = runner.get("/offline/list").json()
    assert "/today" in listed["pages"]
    assert "/check-in" in listed["pages"]
    assert f"/play/{TODAY}" in listed["pages"]
    for path in (*listed["pages"], *listed["files"]):
        assert runner.get(path).status_code == 200, path


def test_the_mark_changes_with_what_is_told(site: Site, runner: Browser) -> None:
    begin_loop(site.wiring)
    before = runner.get("/offline/list").json()["mark"]
    assert runner.get("/offline/list").json()["mark"] == before
    tell(site.wiring, site.wiring.clock.today(), pain_now=1)
    assert runner.get("/offline/list").json()["mark"] != before


def test_the_list_is_nobody_elses(visitor: Browser, runner: Browser) -> None:
    assert visitor.get("/offline/list").status_code == 303
    assert "/today" in runner.get("/offline/list").json()["pages"]


def test_without_a_network_a_page_says_so(visitor: Browser) -> None:
    assert "needs the network" in visitor.get("/offline").text


def test_more_leads_everywhere_and_out(runner: Browser) -> None:
    page = runner.get("/more").text
    for path in ("knee", "clips", "mirror", "connect", "learn", "ask", "settings"):
        assert f'href="/{path}"' in page
    assert 'method="post" action="/sign-out"' in page


def test_the_icon_is_found_by_the_name_browsers_ask_for(visitor: Browser) -> None:
    place = visitor.get("/favicon.ico").headers["location"]
    assert visitor.get(place).headers["content-type"] == "image/png"
