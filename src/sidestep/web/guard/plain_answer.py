"""An answer in plain words, for where no page of somebody's can be set and nobody is known yet."""

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from sidestep.languages.language import language, preferred
from sidestep.web.rendering import bare_page


def plain_answer(scope: Scope, words: str, status: int, code: str, hint: str = "") -> Response:
    """Return the words in the language that the browser asks for, on a page that needs no records.

    Programs are told in English, in the one shape of every error.
    """
    root = scope.get("root_path", "")
    if scope["path"].removeprefix(root).startswith("/api/"):
        return JSONResponse(error_document(code, words, hint), status_code=status)
    reader = language(preferred(Headers(scope=scope).get("accept-language", "")))
    return bare_page("plain.html", reader, root, status=status, words=words, hint=hint)


def error_document(code: str, message: str, hint: str) -> dict[str, dict[str, str]]:
    """Return what programs are told of an error."""
    return {"error": {"code": code, "message": message, "hint": hint}}
