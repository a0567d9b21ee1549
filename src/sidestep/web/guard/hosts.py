"""Refuses names that are not this server's, so that no page from elsewhere reaches it by one."""

from collections.abc import Sequence

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sidestep.web.guard.plain_answer import plain_answer

NOT_OURS = "Invalid host header"


class GuardHosts:
    """Lets in what is sent to one of these names; Starlette decides, the refusal is ours."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = list(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""

        async def pass_on(scope: Scope, receive: Receive, _: Send) -> None:
            await self._app(scope, receive, send)

        async def send_refusal(message: Message) -> None:
            if scope["type"] != "http":
                await send(message)
            elif message["type"] == "http.response.start":
                await plain_answer(scope, NOT_OURS, 400, "host")(scope, receive, send)

        guarded = TrustedHostMiddleware(pass_on, self._hosts, www_redirect=False)
        await guarded(scope, receive, send_refusal)
