"""An answer in plain words, for where no page can be set and nobody is known yet."""

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from sidestep.languages.language import language, preferred


def plain_answer(scope: Scope, words: str, status: int, code: str) -> Response:
    """Return the words in the language that the browser asks for.

    Programs are told in English, in the one shape of every error.
    """
    if scope["path"].removeprefix(scope.get("root_path", "")).startswith("/api/"):
        return JSONResponse(error_document(code, words, ""), status_code=status)
    reader = language(preferred(Headers(scope=scope).get("accept-language", "")))
    return PlainTextResponse(reader.gettext(words), status_code=status)


def error_document(code: str, message: str, hint: str) -> dict[str, dict[str, str]]:
    """Return what programs are told of an error."""
    return {"error": {"code": code, "message": message, "hint": hint}}
