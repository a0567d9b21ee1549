"""An answer in plain words, for where no page can be set and nobody is known yet."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Scope

from sidestep.web.language import language, preferred


def plain_answer(scope: Scope, words: str, status: int) -> PlainTextResponse:
    """Return the words in the language that the browser asks for; programs are told in English."""
    is_for_programs = scope["path"].removeprefix(scope.get("root_path", "")).startswith("/api/")
    wished = "" if is_for_programs else Headers(scope=scope).get("accept-language", "")
    reader = language(preferred(wished))
    return PlainTextResponse(reader.gettext(words), status_code=status)
