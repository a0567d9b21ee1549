"""Puts the site together: what stands at the door, the pages, the API, the mirror."""

import logging

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

import sidestep
from sidestep.web.guard.failures import GuardFailures
from sidestep.web.guard.headers import GuardHeaders
from sidestep.web.guard.hosts import GuardHosts
from sidestep.web.guard.origins import GuardOrigins
from sidestep.web.guard.sizes import GuardSizes
from sidestep.web.lazy_parts import LazyParts
from sidestep.web.pages import PAGES
from sidestep.web.problems import handle_problems
from sidestep.web.rendering import STATIC
from sidestep.web.site import Site

UPLOADS = ("/connect/files", "/clips/film")
"""Beginnings of the paths that take files of whoever is signed in."""

PARTS = {
    **{f"sidestep.web.pages.{name}": firsts for name, firsts in PAGES.items()},
    "sidestep.web.api.v1": ("api",),
    "sidestep.web.live.mirror_socket": ("live",),
}
"""What answers, by the first parts of its paths."""

_log = logging.getLogger("sidestep.web")

FOR_GOOD, A_WHILE = "public, max-age=31536000, immutable", "public, max-age=3600"


def create_app(site: Site) -> FastAPI:
    """Return the application of one running server."""
    app = FastAPI(
        title="Sidestep",
        version=sidestep.__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(GuardHeaders),
            Middleware(GuardFailures),
            Middleware(GuardHosts, hosts=site.hosts),
            Middleware(GuardOrigins),
            Middleware(GuardSizes, uploads=UPLOADS),
            Middleware(LazyParts, parts=PARTS),
        ],
    )
    app.root_path = site.root_path
    app.state.site = site
    app.mount("/static", KeptFiles(directory=STATIC), name="static")
    drawings = STATIC.parents[1] / "drawings"
    app.mount("/drawings", KeptFiles(directory=drawings), name="drawings")
    handle_problems(app)

    @app.get("/healthz", include_in_schema=False)
    def is_alive() -> PlainTextResponse:
        return PlainTextResponse("alive\n")

    @app.get("/readyz", include_in_schema=False)
    def is_ready() -> PlainTextResponse:
        try:
            site.wiring.people.accounts()
        except Exception as error:
            _log.error("not ready: %s", type(error.__cause__ or error).__name__)
            return PlainTextResponse("not ready\n", status_code=503)
        return PlainTextResponse("ready\n")

    return app


class KeptFiles(StaticFiles):
    """Files that browsers may keep: for good where the address names the content."""

    async def get_response(self, path: str, scope: Scope) -> "PlainTextResponse":
        """Answer with a file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOR_GOOD if b"v=" in scope["query_string"] else A_WHILE
        return response  # type: ignore[return-value]
