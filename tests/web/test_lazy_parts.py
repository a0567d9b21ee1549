"""Parts of the site are taken in when they are first asked for, each once; none is forgotten."""

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest

from sidestep.web import pages
from sidestep.web.app import PARTS, create_app
from sidestep.web.pages import PAGES
from sidestep.web.site import Site
from web.conftest import Browser


@pytest.mark.parametrize("module", sorted(PARTS))
def test_every_address_of_a_part_is_found(module: str) -> None:
    paths = {route.path for route in import_module(module).router.routes}
    assert {path.split("/")[1] for path in paths} == set(PARTS[module])


def test_every_page_is_named() -> None:
    assert {each.name for each in iter_modules(pages.__path__)} == set(PAGES)


def test_a_part_is_taken_in_once(site: Site) -> None:
    app = create_app(site)
    before = len(app.routes)
    with Browser(app, base_url="http://localhost", follow_redirects=False) as browser:
        with_week = 1 + sum("week" in firsts for firsts in PAGES.values())
        taken_in = {
            "/nowhere": 0,
            "/": 1,
            "/sign-in": 1,
            "/week": with_week,
            "/welcome/x": with_week,
        }
        for path, parts in taken_in.items():
            browser.get(path)
            assert len(app.routes) - before == parts, path


def test_a_start_waits_for_no_page_and_for_nothing_heavy() -> None:
    script = "import sys, sidestep.cli.serve, sidestep.web.app; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    loaded = set(ran.stdout.split())
    heavy = {"rich", "scipy", "yaml", "pyarrow", "PIL", "av", "openvino", "typst", "vl_convert"}
    assert loaded & {*heavy, *PARTS} == set()
