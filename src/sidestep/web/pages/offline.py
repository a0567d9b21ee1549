"""What makes the site installable and readable offline: manifest, worker, the list of pages."""

from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from sidestep import __version__
from sidestep.services.week.shown_week import shown_week
from sidestep.web.desk import Desk
from sidestep.web.figures import figure_of
from sidestep.web.offline import kept_pages, worker_script
from sidestep.web.pages.player import steps_of
from sidestep.web.rendering import page, static_path
from sidestep.web.who import MyDesk, NotFoundError, language_of, site_of

router = APIRouter(include_in_schema=False)

PAPER, CALM = "#faf7f2", "#0f6b66"
ALWAYS_ASKED = {"Cache-Control": "no-cache"}


@router.get("/app.webmanifest")
def manifest(request: Request) -> Response:
    """Describe the site as an application."""
    root = site_of(request).root_path
    icons = [
        {
            "src": static_path(root, f"icons/app-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    shape = {
        "id": f"{root}/",
        "name": "Sidestep",
        "short_name": "Sidestep",
        "lang": language_of(request).code,
        "start_url": f"{root}/today",
        "scope": f"{root}/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": CALM,
        "icons": icons,
    }
    return JSONResponse(shape, headers=ALWAYS_ASKED, media_type="application/manifest+json")


@router.get("/favicon.ico")
def favicon(request: Request) -> Response:
    """Point to the picture that browsers ask for by this name, whatever a page says."""
    return RedirectResponse(static_path(site_of(request).root_path, "icons/app-192.png"))


@router.get("/worker.js")
def worker(request: Request) -> Response:
    """Give the service worker; it stands at the top, so that it may serve the whole site."""
    script = worker_script(site_of(request).root_path)
    return Response(script, media_type="text/javascript", headers=ALWAYS_ASKED)


@router.get("/offline")
def offline(request: Request) -> Response:
    """Say that a page cannot be read without a network."""
    return page(request, "offline.html")


@router.get("/offline/list")
def kept_list(request: Request, desk: MyDesk) -> Response:
    """Name what this person's browser may keep, and a mark that changes when that does."""
    root, today = site_of(request).root_path, desk.clock.today()
    reader = language_of(request)
    seen_as = f"{reader.code} {reader.unit.name}"
    days = (today, today + timedelta(days=1))
    steps = [_steps(desk, on) for on in days]
    starts = desk.kept("week", lambda: shown_week(**desk.pieces)).starts
    pages = kept_pages(today, starts, [len(each) for each in steps])
    files = dict.fromkeys(
        path for each in steps for exercise in each for path in _pictures(desk, exercise)
    )
    return JSONResponse(
        {
            "mark": f"{__version__} {desk.owner_id} {today} {desk.store.version()} {seen_as}",
            "pages": [f"{root}{path}" for path in pages],
            "files": [f"{root}{path}" for path in files],
        }
    )


def _steps(desk: Desk, on: date) -> list[str]:
    try:
        return [step.block.exercise for step in steps_of(desk, on)]
    except NotFoundError:
        return []


def _pictures(desk: Desk, exercise: str) -> tuple[str, ...]:
    figure = figure_of(desk.wiring, exercise)
    return () if figure is None else (figure.loop, figure.finish)
