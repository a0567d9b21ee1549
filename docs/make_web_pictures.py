"""Photographs the main screens of the browser, with the demonstration's runner on made-up days.

Usage: .venv/bin/python docs/make_web_pictures.py   (needs what the tests need: scripts/setup test)
"""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
PICTURES = Path(__file__).parent / "pictures" / "web"

SUNDAY, WEDNESDAY = "2026-11-22", "2026-11-25"
TOLD = {
    "2026-11-14": (4, True), "2026-11-15": (5, True), "2026-11-16": (4, False),
    "2026-11-17": (4, False), "2026-11-18": (3, True), "2026-11-19": (3, False),
    "2026-11-20": (3, True), "2026-11-21": (2, False), "2026-11-22": (2, True),
    "2026-11-23": (2, False), "2026-11-24": (1, True),
}  # fmt: skip
"""Made-up days: the pain, and whether she ran."""

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1180, "height": 820}
PORT = 8398
GAP_PX = 24
QUALITY = 82


def main() -> None:
    """Make a data folder, serve it, and photograph it."""
    from builders.chromium import ARGUMENTS, chromium

    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        home = _fill(Path(scratch))
        with _served(home) as link, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
            _photograph(browser, link)
            browser.close()


def _sidestep(home: Path, *words: str, on: str = WEDNESDAY) -> None:
    environment = os.environ | {"SIDESTEP_TODAY": on}
    command = [sys.executable, "-m", "sidestep", "--home", str(home), *words]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603


def _fill(scratch: Path) -> Path:
    """Run the demonstration on a Sunday, tell of some days, and measure a rendered clip."""
    demo = scratch / "demo"
    _sidestep(scratch / "unused", "demo", "--folder", str(demo), on=SUNDAY)
    home = demo / "home"
    for day, (pain, ran) in TOLD.items():
        answers = scratch / "day.json"
        told = {
            "date": day,
            "pain_now": pain,
            "new_signs": False,
            "ran": ran,
            "lateral_work": not ran,
            "energy_level": 6,
        }
        if ran:
            told |= {"stretched_before": True, "side_steps": pain < 4, "stretched_after": True}
        answers.write_text(json.dumps(told), encoding="utf-8")
        _sidestep(home, "log", "--file", str(answers), on=day)
    _sidestep(home, "clip", "run", str(ROOT / "tests/clips/run_rear.mp4"))
    return home


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """Serve the folder, and give the link with which its person begins."""
    command = [sys.executable, "-m", "sidestep", "--home", str(home), "serve", "--port", str(PORT)]
    environment = os.environ | {"SIDESTEP_TODAY": WEDNESDAY, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None  # noqa: S101
        lines = iter(process.stdout.readline, "")
        link = next(found[0] for line in lines if (found := re.findall(r"http\S+welcome\S+", line)))
        yield link
    finally:
        process.terminate()
        process.wait()


PLAY_A_MOMENT = """async () => {
  const film = document.querySelector('video');
  await film.play();
  while (film.currentTime < 0.5) await new Promise(requestAnimationFrame);
  film.pause();
}"""


def _photograph(browser: Browser, link: str) -> None:
    address = link.partition("/welcome")[0]
    visitor = browser.new_context(viewport=PHONE, device_scale_factor=1.5, locale="en").new_page()
    _go(visitor, f"{address}/knee/place")
    visitor.locator("input[name=side][value=left]").check(force=True)
    visitor.locator("input[type=checkbox]").first.check(force=True)
    _keep("knee", visitor)
    phone = browser.new_context(viewport=PHONE, device_scale_factor=1.5, locale="en")
    page = phone.new_page()
    _begin(page, link)
    for name, path in (
        ("today", "/today"),
        ("check-in", "/check-in"),
        ("player", f"/play/{WEDNESDAY}/1"),
        ("mirror", "/mirror"),
    ):
        _go(page, f"{address}{path}")
        _keep(name, page)
    _go(page, f"{address}/clips")
    page.locator("main a[href*='/clips/clip']").first.click()
    page.wait_for_load_state("networkidle")
    # Until the film has been played, the browser draws a turning circle over it.
    page.evaluate(PLAY_A_MOMENT)
    _keep("clip", page)
    state = phone.storage_state()
    desk = browser.new_context(viewport=DESK, locale="en", storage_state=state).new_page()
    for name, path in (("week", "/week"), ("progress", "/progress"), ("learn", "/learn/exercises")):
        _go(desk, f"{address}{path}")
        _keep(name, desk)
    _side_by_side("phone", ("knee", "today", "player", "clip"))


def _begin(page: Page, link: str) -> None:
    for _ in range(100):
        try:
            page.goto(link)
            break
        except Exception:
            time.sleep(0.2)
    page.locator("input[name=name]").fill("Runner")
    page.locator("input[name=password]").fill("four words in a row")
    page.locator("main form button").click()
    page.wait_for_load_state("networkidle")


def _go(page: Page, address: str) -> None:
    for _ in range(100):
        try:
            page.goto(address, wait_until="networkidle")
        except Exception:
            time.sleep(0.2)
        else:
            return


def _keep(name: str, page: Page) -> None:
    """Keep what the window shows."""
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    _write(name, shown)


def _write(name: str, picture: Image.Image) -> None:
    picture.save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)


def _side_by_side(name: str, names: tuple[str, ...]) -> None:
    """Put phones beside each other, half as large."""
    phones = [Image.open(PICTURES / f"{each}.webp").convert("RGB") for each in names]
    phones = [
        each.resize((each.width // 2, each.height // 2), Image.Resampling.LANCZOS)
        for each in phones
    ]
    width = sum(each.width for each in phones) + GAP_PX * (len(phones) - 1)
    row = Image.new("RGB", (width, phones[0].height), "white")
    x = 0
    for each in phones:
        row.paste(each, (x, 0))
        x += each.width + GAP_PX
    _write(name, row)


if __name__ == "__main__":
    main()
