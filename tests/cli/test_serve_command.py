"""``sidestep serve`` as a process: who reaches it, what it prints, and what its log never holds."""

import http.client
import os
import re
import socket
import ssl
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from sidestep.web.guard.attempts import MOST

NAME, PASSWORD = "Rosalinde Quell", "four words in a row"
FILE_NAME = "along-my-street.gpx"
POSITION = "47.12345"
RUN = f"""<gpx version="1.1"><trk><trkseg>
<trkpt lat="{POSITION}" lon="9.54321"><time>2026-11-20T06:00:00Z</time></trkpt>
<trkpt lat="{POSITION}9" lon="9.54421"><time>2026-11-20T06:10:00Z</time></trkpt>
</trkseg></trk></gpx>"""
STARTS_WITHIN_S = 60


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
        return port


@contextmanager
def serving(home: Path, *options: str) -> Iterator[tuple[int, Path]]:
    """Serve a data folder, and give the port and where everything it says is written."""
    port, said = free_port(), home.parent / "said.txt"
    command = [sys.executable, "-m", "sidestep", "--home", str(home), "serve", "--port", str(port)]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with said.open("w") as file:
        process = subprocess.Popen(
            [*command, *options], env=environment, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        for _ in range(STARTS_WITHIN_S * 10):
            if process.poll() is not None or "Ctrl+C" in said.read_text():
                break
            Event().wait(0.1)
        yield port, said
    finally:
        process.terminate()
        process.wait(STARTS_WITHIN_S)


class Client:
    """A browser without pictures; ``adds`` is what a proxy on the way adds to the headers."""

    def __init__(self, port: int, context: ssl.SSLContext | None = None, **adds: str) -> None:
        self._port, self._context = port, context
        self._adds = {name.replace("_", "-"): value for name, value in adds.items()}
        self._cookie, self.given_cookie = "", ""

    def _connect(self) -> http.client.HTTPConnection:
        if self._context is None:
            return http.client.HTTPConnection("localhost", self._port, timeout=60)
        return http.client.HTTPSConnection("localhost", self._port, context=self._context)

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> tuple[int, str, str]:
        for _ in range(STARTS_WITHIN_S * 10):
            connection = self._connect()
            try:
                headers = {"Sec-Fetch-Site": "same-origin", "Cookie": self._cookie}
                headers |= {"Content-Type": kind, **self._adds}
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                text = answer.read().decode("utf-8", "replace")
            except ConnectionRefusedError:
                Event().wait(0.1)
                continue
            finally:
                connection.close()
            if cookie := answer.headers.get("set-cookie"):
                self._cookie, self.given_cookie = cookie.split(";")[0], cookie
            return answer.status, text, answer.headers.get("location", "")
        raise AssertionError("nobody answers")

    def send(self, path: str, form: dict[str, str]) -> tuple[int, str, str]:
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urllib.parse.urlencode(form).encode(), kind)


def test_a_first_day_leaves_nothing_of_it_in_the_log(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as (port, said):
        (link,) = re.findall(r"/welcome/\S+", said.read_text())
        client = Client(port)
        assert client.send(link, {"name": NAME, "password": PASSWORD})[0] == 303
        assert client.ask("GET", "/today")[0] == 200
        client.send("/check-in", {"pain_now": "7", "new_signs": "yes"})
        client.send("/check-in", {"pain_now": "seventy"})
        client.ask("GET", "/clips/left-knee-of-rosalinde")
        border = "a-border"
        body = (
            f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{FILE_NAME}"'
            f"\r\n\r\n{RUN}\r\n--{border}--\r\n"
        )
        status, _, where = client.ask(
            "POST", "/connect/files", body.encode(), f"multipart/form-data; boundary={border}"
        )
        assert status == 303
        for _ in range(STARTS_WITHIN_S * 5):
            shown = client.ask("GET", where)[1]
            if "What was found" in shown:
                break
            Event().wait(0.2)
        assert "What was found" in shown
        Client(port).send("/sign-in", {"name": NAME, "password": "guess"})
    log = said.read_text()
    for private in (NAME, "Rosalinde", "rosalinde", PASSWORD, FILE_NAME, POSITION, "seventy"):
        assert private not in log
    assert "127.0.0.1:" not in log
    assert "Traceback" not in log


def test_it_is_reached_from_this_machine_only_unless_told_otherwise(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as (port, _):
        assert Client(port).ask("GET", "/healthz")[0] == 200
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            try:
                asking.connect(("192.0.2.1", 9))
            except OSError:
                return
            own = asking.getsockname()[0]
        if own.startswith("127."):
            return
        with socket.socket() as knocking:
            knocking.settimeout(2)
            assert knocking.connect_ex((own, port)) != 0


def test_it_speaks_https_with_a_certificate_of_its_own(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home, "--https") as (port, said):
        believing = ssl.create_default_context(cafile=str(home / "https/authority.crt"))
        assert Client(port, believing).ask("GET", "/healthz")[0] == 200
        status, given, _ = Client(port, believing).ask("GET", "/authority.crt")
        assert status == 200
        assert given == (home / "https/authority.crt").read_text()
        assert "--host 0.0.0.0" in said.read_text()


def test_a_started_one_gives_no_second_link_unless_asked(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home) as (port, said):
        (link,) = re.findall(r"/welcome/\S+", said.read_text())
        Client(port).send(link, {"name": NAME, "password": PASSWORD})
    with serving(home) as (_, said):
        assert "/welcome/" not in said.read_text()
    with serving(home, "--new-link") as (port, said):
        (link,) = re.findall(r"/welcome/\S+", said.read_text())
        assert "new password" in Client(port).ask("GET", link)[1]


def test_a_phone_is_shown_the_address_that_it_can_reach(tmp_path: Path) -> None:
    with serving(tmp_path / "home", "--https", "--host", "0.0.0.0") as (_, said):  # noqa: S104
        greeting = said.read_text()
    assert "authority.crt" in greeting
    assert "█" in greeting
    assert "https://localhost" not in greeting


def statuses_of_guesses(port: int, *addresses: str) -> list[int]:
    """Return how guesses are answered that a proxy says come from these addresses."""
    return [
        Client(port, x_forwarded_for=address).send(
            "/sign-in", {"name": f"name {n}", "password": "guess"}
        )[0]
        for n, address in enumerate(addresses)
    ]


def test_behind_a_proxy_it_believes_who_asks_and_how(tmp_path: Path) -> None:
    name = "health.home.arpa"
    with serving(tmp_path / "home", "--behind-proxy", "--name", name) as (port, said):
        (link,) = re.findall(r"/welcome/\S+", said.read_text())
        client = Client(port, host=name, x_forwarded_proto="https")
        assert client.send(link, {"name": NAME, "password": PASSWORD})[0] == 303
        assert "secure" in client.given_cookie.lower()
        assert client.ask("GET", "/week/")[2] == f"https://{name}/week"
        assert f"https://{name}/welcome/" in client.send("/settings/invite", {})[1]
        one, other = "203.0.113.5", "203.0.113.6"
        assert statuses_of_guesses(port, *[one] * (MOST + 1), other) == [401] * MOST + [429, 401]
        # What somebody made up on her way to the proxy stands before what the proxy adds.
        assert statuses_of_guesses(port, f"192.0.2.1, {one}") == [429]


def test_without_a_proxy_nobody_is_believed_about_it(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as (port, said):
        (link,) = re.findall(r"/welcome/\S+", said.read_text())
        client = Client(port, x_forwarded_proto="https", x_forwarded_host="health.home.arpa")
        assert client.send(link, {"name": NAME, "password": PASSWORD})[0] == 303
        assert "secure" not in client.given_cookie.lower()
        assert client.ask("GET", "/week/")[2] == f"http://localhost:{port}/week"
        assert f"http://localhost:{port}/welcome/" in client.send("/settings/invite", {})[1]
        made_up = [f"203.0.113.{n}" for n in range(MOST + 1)]
        assert statuses_of_guesses(port, *made_up) == [401] * MOST + [429]
