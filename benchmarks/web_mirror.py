"""Measures the mirror in a real browser: pictures a second, and how old each is when it is seen.

Usage: python benchmarks/web_mirror.py [--seconds 60]
A rendered runner is the camera, at 30 pictures a second. Server and browser share this machine, so
the figures hold for a laptop that is both; a phone leaves the server more room. Prints the load of
the machine beside them: on a busy one they tell about its other work.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from builders.chromium import ARGUMENTS, chromium
from builders.days_told import EXAMPLES, RULES
from builders.sent_pictures import jpegs_of
from builders.served import served
from sidestep.bootstrap.settings import OWNER, Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.check_knee import check_and_keep
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.people.sign_in import make_link
from sidestep.web.site import Site

PASSWORD = "four words in a row"  # noqa: S105


def site_over(home: Path) -> Site:
    """Return a site whose one person may run."""
    wiring = Wiring(Settings(home=home, database_url=f"sqlite:///{home / 'sidestep.sqlite'}"))
    raw = wiring.read_answers(EXAMPLES / "self_care.yaml")
    site = Site(wiring=wiring)
    check_and_keep(parse_answers(raw, RULES.questions), **site.desk(OWNER).pieces)
    return site


def run(address: str, link: str, camera: Path, seconds: int) -> None:
    """Run before the mirror for a while."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=[
                *ARGUMENTS,
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={camera}",
            ],
        )
        page = browser.new_page(permissions=["camera"])
        page.goto(f"{address}/welcome/{link}")
        page.fill("input[name=name]", "Runner")
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button")
        page.goto(f"{address}/mirror")
        page.click("[data-start]")
        page.wait_for_selector("[data-stage][data-measured]", timeout=120_000)
        page.wait_for_timeout(1000 * seconds)
        page.click("[data-stop]")
        page.wait_for_url("**/mirror/sessions/*", timeout=30_000)
        browser.close()


def main() -> None:
    """Measure and print one row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        camera = Path(folder) / "camera.mjpeg"
        camera.write_bytes(b"".join(jpeg for _, jpeg in jpegs_of("run_front", 2, 720)))
        site = site_over(Path(folder) / "home")
        people, clock = site.wiring.people, site.wiring.clock
        load_before = os.getloadavg()[0]
        with served(site) as address:
            run(address, make_link(OWNER, people=people, clock=clock), camera, seconds)
        kept = site.wiring.store.latest_document(DocumentKind.MIRROR_SESSION)
        assert kept is not None, "no steps were seen"
        told: dict[str, Any] = kept.content
    print("| pictures a second | delay, median | delay, 95 % under | left out | load |")
    print("|---|---|---|---|---|")
    frames, delay = told["frames"], told["delay_ms"]
    loads = f"{load_before:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(
        f"| {frames['shown_per_s']:.1f} | {delay['median']:.0f} ms "
        f"| {delay['percentile_95']:.0f} ms | {frames['dropped']} | {loads} |"
    )


if __name__ == "__main__":
    main()
