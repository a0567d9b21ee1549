"""Refuses what another site's page would make a signed-in browser send here.

Browsers say where a request comes from; forms need no tokens of their own then.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from sidestep.web.guard.plain_answer import plain_answer

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = frozenset({"same-origin", "none"})
REFUSED = "This request comes from another site, and was not taken."


class GuardOrigins:
    """Lets only this site's own pages change anything, and open the mirror."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        is_changing = scope["type"] == "http" and scope["method"] not in SAFE
        if (is_changing or scope["type"] == "websocket") and not is_ours(Headers(scope=scope)):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await plain_answer(scope, REFUSED, 403, "another_site")(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_ours(headers: Headers) -> bool:
    """Tell whether a request that changes something may have come from a page of this site.

    A browser sends ``Sec-Fetch-Site``, an older one at least ``Origin``. What sends neither is no
    browser; it may go on as long as it brings no browser's cookie.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in OURS:
        return False
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host", "")
    return site is not None or "cookie" not in headers
