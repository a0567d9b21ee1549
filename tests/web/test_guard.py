"""What stands at the door."""

import pytest

from sidestep.bootstrap.settings import OWNER
from sidestep.web.guard.sizes import FORM_BYTES
from web.conftest import PASSWORD, Browser


def test_a_page_may_do_nothing_that_does_not_come_from_here(visitor: Browser) -> None:
    policy = visitor.get("/").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_another_name_for_this_machine_is_refused(visitor: Browser) -> None:
    assert visitor.get("/", headers={"host": "rebound.example"}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "same-origin", "origin": "http://elsewhere.example"},
    ],
)
def test_what_another_site_sends_is_refused(runner: Browser, headers: dict[str, str]) -> None:
    assert runner.post("/sign-out", headers=headers).status_code == 403
    assert runner.get("/today").status_code == 200


def test_a_form_of_any_size_is_not_read(visitor: Browser) -> None:
    answer = visitor.post("/sign-in", content=b"name=" + b"x" * FORM_BYTES)
    assert answer.status_code == 413


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(runner: Browser) -> None:
    form = {"name": "Runner", "password": PASSWORD}
    cookie = runner.post("/sign-in", data=form).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_what_breaks_is_answered_and_told_without_what_it_was_about(
    runner: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object, **__: object) -> None:
        message = "left knee, pain 7"
        raise RuntimeError(message)

    monkeypatch.setattr("sidestep.web.pages.progress.timeline", break_down)
    answer = runner.get("/progress")
    assert answer.status_code == 500
    assert "not your fault" in answer.text
    assert "RuntimeError" in caplog.text
    assert "pain" not in caplog.text + answer.text


def test_somebody_else_has_a_desk_and_files_of_her_own(runner: Browser) -> None:
    site = runner.app.state.site  # type: ignore[attr-defined]
    mine, hers = site.desk(OWNER), site.desk("somebody")
    assert mine.wiring.settings.files != hers.wiring.settings.files
    assert mine.store is not hers.store
