"""What stands at the door."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message

from sidestep.bootstrap.settings import OWNER
from sidestep.web.guard.sizes import FORM_BYTES
from sidestep.web.site import Site
from web.conftest import PASSWORD, Browser

BORDER = "a-border"
MULTIPART = {"content-type": f"multipart/form-data; boundary={BORDER}"}


def film() -> Iterator[bytes]:
    """Give what a browser sends of a film larger than a form, piece by piece."""
    for field in ('name="shows"\r\n\r\nrun', 'name="film"; filename="run.mp4"\r\n\r\n'):
        yield f"--{BORDER}\r\nContent-Disposition: form-data; {field}\r\n".encode()
    for _ in range(4):
        yield b"x" * FORM_BYTES
    yield f"\r\n--{BORDER}--\r\n".encode()


async def upload(browser: Browser, path: str, cookie: str) -> tuple[int, str, int]:
    """Send a film as a server passes it on; return status, place, and how many pieces were read."""
    pieces, n_read = film(), 0
    started: Message = {}
    sent = {**MULTIPART, "host": "localhost", "cookie": cookie, "sec-fetch-site": "same-origin"}
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }

    async def receive() -> Message:
        nonlocal n_read
        n_read += 1
        piece = next(pieces, b"")
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    async def send(message: Message) -> None:
        started.update(message)

    await browser.app(scope, receive, send)
    headers = dict(started["headers"])
    return started["status"], headers[b"location"].decode(), n_read


def sent(browser: Browser, path: str, cookie: str) -> tuple[int, str, int]:
    """Upload from a thread of its own: in this one a browser's events may be going round."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(upload(browser, path, cookie))).result()


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


def test_a_form_that_does_not_say_how_large_it_is_is_not_read_either(visitor: Browser) -> None:
    answer = visitor.post(
        "/sign-in",
        content=iter([b"name=", b"x" * FORM_BYTES]),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/clips/film", "/connect/files"])
@pytest.mark.parametrize("cookie", ["", "sidestep_session=made-up"])
def test_nothing_is_read_of_what_nobody_signed_in_uploads(
    visitor: Browser, path: str, cookie: str
) -> None:
    assert sent(visitor, path, cookie) == (303, "/sign-in", 0)


def test_somebody_signed_in_uploads_more_than_a_form(runner: Browser, site: Site) -> None:
    cookie = f"sidestep_session={runner.cookies['sidestep_session']}"
    status, where, n_read = sent(runner, "/clips/film", cookie)
    site.desk(OWNER).wiring.jobs.close()
    assert status == 303
    assert where.startswith("/jobs/")
    assert n_read > len(list(film()))


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


def test_it_says_that_it_runs_and_that_it_is_ready(visitor: Browser) -> None:
    for path, said in (("/healthz", "alive\n"), ("/readyz", "ready\n")):
        answer = visitor.get(path)
        assert (answer.status_code, answer.text) == (200, said)


def test_without_its_database_it_runs_but_is_not_ready(
    site: Site, visitor: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    assert visitor.get("/readyz").status_code == 200
    for file in site.wiring.settings.home.glob("sidestep.sqlite*"):
        file.unlink()
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready\n")
    assert "not ready: OperationalError" in caplog.text
    assert visitor.get("/healthz").status_code == 200
