"""Claims: with ten years of data pages answer in 50 ms, weigh 250 kB; 50 people check in at once.

A data folder with 3,650 runs and as many check-ins is served as ``sidestep serve`` does it. Every
page is asked for once to work it out (shown as "first"), then again and again; what is shown is the
time from the request to the last byte, on this machine. What a page weighs is itself with its
styles and scripts; figures and drawings apart. Then 50 people, each with an account and a browser,
check in at the same moment. Usage::

    python benchmarks/web.py [--years 10] [--rounds 30] [--people 50] [--starts 7]
"""

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from load_history import write_history
from sidestep.bootstrap.settings import OWNER, load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.services.check_ins.kept_check_ins import kept_check_ins
from sidestep.services.importing.made_up_runner import ANSWERS
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.check_knee import check_and_keep
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.people.sign_in import make_link, use_link
from sidestep.services.ports import StoredDocument

PAGES = (
    "/today",
    "/week",
    "/week/{today}/watch",
    "/week/{today}/review",
    "/week/ahead",
    "/check-in",
    "/play/{today}",
    "/play/{today}/1",
    "/play/{today}/done",
    "/progress",
    "/progress/chart.json",
    "/more",
    "/connect",
    "/connect/activities",
    "/knee",
    "/knee/place",
    "/knee/questions?at=beliefs",
    "/knee/result",
    "/ask",
    "/ask/print",
    "/clips",
    "/clips/new/run",
    "/mirror",
    "/learn",
    "/learn/exercises",
    "/learn/exercises/fire_hydrant",
    "/why",
    "/why/spike_gate_1_10",
    "/settings",
    "/offline",
)
"""Every page of hers that can be looked at without a film; a day off has no player."""
PASSWORD = "four words in a row"  # noqa: S105
LINK = re.compile(r'(?:href|src)="(/static/[^"]+)"')
FIELD = re.compile(r'<input[^>]*name="key"[^>]*value="([^"]+)"')


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        wiring = Wiring(load_settings(home))
        _fill(wiring, options.years)
        names = [_account(wiring, f"person{n}") for n in range(options.people)]
        print(f"{options.years} years of runs and check-ins, {os.cpu_count()} cores")
        _show_starts(home, options.starts)
        port, process, _ = _serve(home)
        try:
            _show_pages(port, options.rounds)
            _show_check_ins(port, names, wiring)
        finally:
            process.terminate()
            process.wait()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--starts", type=int, default=7)
    return parser.parse_args()


def _fill(wiring: Wiring, years: int) -> None:
    """Write a run and a check-in for every day up to today, and check the knee."""
    days = years * 365
    today = wiring.clock.today()
    write_history(wiring, days, today - timedelta(days=days - 1))
    for n in range(days):
        on = today - timedelta(days=n + 1)
        wiring.store.save_document(_told(on, n))
    answers = parse_answers(ANSWERS, wiring.knowledge.questions)
    check_and_keep(answers, store=wiring.store, knowledge=wiring.knowledge, clock=wiring.clock)


def _told(on: date, n: int) -> StoredDocument:
    made_at = datetime.combine(on, clock_time(20)).astimezone()
    answers = {"pain_now": n % 4, "ran": True, "stretched_before": n % 2 == 0}
    return StoredDocument(
        id=f"check_in-{n:08d}",
        kind=DocumentKind.CHECK_IN,
        made_at=made_at,
        program_version="0",
        knowledge_version="0",
        content={"date": on.isoformat(), "answers": answers},
    )


def _account(wiring: Wiring, name: str) -> str:
    owner = OWNER if name == "person0" else f"owner-{name}"
    people, clock = wiring.people, wiring.clock
    token = make_link(owner, people=people, clock=clock)
    use_link(token, name, PASSWORD, people=people, passwords=wiring.passwords, clock=clock)
    return name


def _show_starts(home: Path, starts: int) -> None:
    """Show how long the first page takes where Sidestep was started before."""
    taken = []
    for _ in range(1 + starts):
        _, process, started_s = _serve(home)
        process.terminate()
        process.wait()
        taken.append(started_s)
    first, *warm = taken
    print(
        f"the first page came {statistics.median(warm):.2f} s after sidestep serve "
        f"({min(warm):.2f} to {max(warm):.2f}, {starts} starts; the one before them {first:.2f})"
    )


def _serve(home: Path) -> tuple[int, "subprocess.Popen[bytes]", float]:
    """Start ``sidestep serve``, and tell how long its first page took."""
    port = 8399
    command = [sys.executable, "-m", "sidestep", "--home", str(home), "serve", "--port", str(port)]
    # An installed program finds its modules compiled; some shells that test keep that from being.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    while True:
        try:
            status, _, _ = Browser(port).get("/")
        except OSError:
            time.sleep(0.01)
            continue
        assert status == 200
        return port, process, time.perf_counter() - started


class Browser:
    """One connection that stays open, with its cookie."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("localhost", port, timeout=60)
        self._cookie = ""

    def get(self, path: str) -> tuple[int, str, float]:
        """Return status, content and seconds."""
        return self._ask("GET", path, None)

    def post(self, path: str, form: dict[str, str]) -> tuple[int, str, float]:
        """Return status, content and seconds."""
        return self._ask("POST", path, urllib.parse.urlencode(form))

    def hang_up(self) -> None:
        """Let the connection go; the next request opens another."""
        self._connection.close()

    def sign_in(self, name: str) -> None:
        """Sign in and keep the cookie."""
        status, _, _ = self.post("/sign-in", {"name": name, "password": PASSWORD})
        assert status == 303, status

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, float]:
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": self._cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        content = answer.read().decode("utf-8", "replace")
        taken = time.perf_counter() - started
        if cookie := answer.headers.get("set-cookie"):
            self._cookie = cookie.split(";")[0]
        return answer.status, content, taken


def _show_pages(port: int, rounds: int) -> None:
    browser = Browser(port)
    browser.sign_in("person0")
    print(f"{'page':32}{'first ms':>10}{'median ms':>11}{'p95 ms':>9}{'kB':>7}{'with files':>12}")
    today = datetime.now().astimezone().date().isoformat()
    for page in PAGES:
        path = page.format(today=today)
        status, html, first = browser.get(path)
        if status != 200:
            print(f"{page:32} answers {status}")
            continue
        taken = sorted(browser.get(path)[2] for _ in range(rounds))
        p95 = taken[min(len(taken) - 1, int(0.95 * len(taken)))]
        files = sum(len(browser.get(link)[1]) for link in set(LINK.findall(html)))
        print(
            f"{page:32}{1000 * first:10.0f}{1000 * statistics.median(taken):11.1f}"
            f"{1000 * p95:9.1f}{len(html) / 1000:7.1f}{(len(html) + files) / 1000:12.1f}"
        )


def _show_check_ins(port: int, names: list[str], wiring: Wiring) -> None:
    browsers = []
    for name in names:
        browser = Browser(port)
        browser.sign_in(name)
        _, html, _ = browser.get("/check-in")
        key = FIELD.search(html)
        assert key is not None
        # The server lets go of silent connections while the others still sign in.
        browser.hang_up()
        browsers.append((browser, key.group(1)))
    outcomes: list[tuple[int, float]] = []
    together = threading.Barrier(len(browsers))

    def check_in(browser: Browser, key: str) -> None:
        together.wait()
        status, _, taken = browser.post(
            "/check-in", {"key": key, "pain_now": "2", "day": wiring.clock.today().isoformat()}
        )
        outcomes.append((status, taken))

    threads = [threading.Thread(target=check_in, args=each) for each in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    owners = [OWNER, *(f"owner-{name}" for name in names[1:])]
    today = wiring.clock.today()
    kept = sum(
        any(
            told.day.on == today
            for told in kept_check_ins(wiring.of(owner).store, wiring.knowledge)
        )
        for owner in owners
    )
    refused = [status for status, _ in outcomes if status != 303]
    slowest = max(taken for _, taken in outcomes)
    print(
        f"{len(names)} people at once: {len(refused)} errors, {kept} of {len(names)} entries kept, "
        f"the slowest after {slowest:.2f} s"
    )


if __name__ == "__main__":
    main()
