"""The way in and out."""

from collections.abc import Callable

import pytest

from sidestep.bootstrap.settings import OWNER
from sidestep.services.people.sign_in import make_link
from sidestep.web.guard.attempts import MOST
from sidestep.web.site import Site
from web.conftest import PASSWORD, Browser


def test_a_visitor_is_asked_what_brings_them(visitor: Browser) -> None:
    answer = visitor.get("/")
    assert answer.status_code == 200
    assert "My knee hurts" in answer.text


def test_a_link_works_once(site: Site, open_browser: Callable[[], Browser]) -> None:
    token = make_link(OWNER, people=site.wiring.people, clock=site.wiring.clock)
    first, second = open_browser(), open_browser()
    form = {"name": "Runner", "password": PASSWORD}
    assert first.get(f"/welcome/{token}").status_code == 200
    assert first.post(f"/welcome/{token}", data=form).status_code == 303
    assert first.get("/").headers["location"] == "/today"
    assert second.get(f"/welcome/{token}").status_code == 404
    assert second.post(f"/welcome/{token}", data=form).status_code == 422
    assert second.get("/today").headers["location"] == "/sign-in?next=/today"


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaa", "x" * 201])
def test_an_easy_password_is_refused_and_says_why(
    site: Site, visitor: Browser, password: str
) -> None:
    token = make_link(OWNER, people=site.wiring.people, clock=site.wiring.clock)
    answer = visitor.post(f"/welcome/{token}", data={"name": "R", "password": password})
    assert answer.status_code == 422
    assert "password" in answer.text
    assert site.wiring.people.account(OWNER) is None


def test_signing_out_closes_this_browser_only(
    runner: Browser, open_browser: Callable[[], Browser]
) -> None:
    other = open_browser()
    form = {"name": "Runner", "password": PASSWORD, "next": "/week"}
    assert other.post("/sign-in", data=form).headers["location"] == "/week"
    assert other.post("/sign-out").status_code == 303
    assert other.get("/today").headers["location"].startswith("/sign-in")
    assert runner.get("/today").status_code == 200


@pytest.mark.parametrize("place", ["//elsewhere.example", "https://elsewhere.example", "/\\x"])
def test_signing_in_never_leads_elsewhere(
    runner: Browser, open_browser: Callable[[], Browser], place: str
) -> None:
    form = {"name": "Runner", "password": PASSWORD, "next": place}
    assert open_browser().post("/sign-in", data=form).headers["location"] == "/today"


def test_guessing_passwords_is_slowed_down(
    runner: Browser, open_browser: Callable[[], Browser]
) -> None:
    guesser = open_browser()
    form = {"name": "Runner", "password": "is it this one"}
    assert [guesser.post("/sign-in", data=form).status_code for _ in range(MOST)] == [401] * MOST
    assert guesser.post("/sign-in", data={**form, "password": PASSWORD}).status_code == 429


def test_a_name_written_otherwise_is_no_other_name_to_guess_for(
    site: Site, sign_up: Callable[[str, str], Browser], open_browser: Callable[[], Browser]
) -> None:
    sign_up(OWNER, "A Runner")
    for n in range(MOST):
        form = {"name": f"A{' ' * (n + 1)}Runner", "password": "is it this one"}
        assert open_browser().post("/sign-in", data=form).status_code == 401
    assert site.attempts.wait_s("name a runner") > 0


def test_no_token_and_no_password_is_kept_as_it_is(site: Site, runner: Browser) -> None:
    held = site.wiring.settings.home.joinpath("sidestep.sqlite").read_bytes()
    log = site.wiring.settings.home.joinpath("sidestep.sqlite-wal")
    held += log.read_bytes() if log.exists() else b""
    assert PASSWORD.encode() not in held
    assert runner.cookies["sidestep_session"].encode() not in held


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120 Safari/537",
            "Chrome, Linux",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge, Windows"),
        ("a program", ""),
    ],
)
def test_of_a_browser_only_its_name_is_kept(
    site: Site, runner: Browser, open_browser: Callable[[], Browser], agent: str, name: str
) -> None:
    form = {"name": "Runner", "password": PASSWORD}
    open_browser().post("/sign-in", data=form, headers={"user-agent": agent})
    assert name in {browser.device for browser in site.wiring.people.browsers(OWNER)}
