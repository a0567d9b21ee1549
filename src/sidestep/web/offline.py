"""What a browser keeps for reading without a network: the files of the pages, and which pages."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from sidestep import __version__
from sidestep.web.rendering import FOLDER, STATIC, static_path

WORKER = FOLDER / "worker" / "worker.js"
KINDS = (".css", ".js", ".svg", ".png")
LARGEST_BYTES = 120_000
"""A larger file belongs to a page of its own, which needs the network anyway."""


@cache
def kept_files(root_path: str) -> tuple[str, ...]:
    """Return the addresses of the files that every page may need."""
    names = sorted(
        path.relative_to(STATIC).as_posix()
        for path in STATIC.rglob("*")
        if path.suffix in KINDS and path.stat().st_size <= LARGEST_BYTES
    )
    return tuple(static_path(root_path, name) for name in names)


@cache
def worker_script(root_path: str) -> str:
    """Return the service worker of this version: it is another one once any file is."""
    code, files = WORKER.read_text(encoding="utf-8"), kept_files(root_path)
    text = json.dumps([code, files, __version__])
    settings = {
        "version": hashlib.sha256(text.encode()).hexdigest()[:12],
        "root": root_path,
        "files": files,
    }
    return f"const SETTINGS = {json.dumps(settings)};\n{code}"


def kept_pages(today: date, week_starts: date, steps: Iterable[int]) -> list[str]:
    """Return the pages a person can read without a network.

    Parameters
    ----------
    steps
        How many steps today has, and how many tomorrow.
    """
    pages = ["/today", "/week", f"/week/{week_starts}", "/check-in", "/more"]
    for days, count in enumerate(steps):
        on = today + timedelta(days=days)
        pages.append(f"/play/{on}")
        if count:
            pages += [f"/play/{on}/{number}" for number in range(1, count + 1)]
            pages.append(f"/play/{on}/done")
    return pages
