"""An answer in plain words, for where no page of somebody's can be set and nobody is known yet."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from sidestep.languages.language import language, preferred
from sidestep.web.rendering import bare_page

COME_AGAIN_S = 5
"""After how long somebody whom nothing could be answered may ask again."""


def plain_answer(scope: Scope, words: str, status: int, code: str, hint: str = "") -> Response:
    """Return the words in the language that the browser asks for, on a page that needs no records.

    Programs are told in English, in the one shape of every error.
    """
    root = scope.get("root_path", "")
    if scope["path"].removeprefix(root).startswith("/api/"):
        answer: Response = JSONResponse(error_document(code, words, hint), status_code=status)
        return come_again(answer)
    reader = language(preferred(Headers(scope=scope).get("accept-language", "")))
    page = bare_page("plain.html", reader, root, status=status, words=words, hint=hint)
    return come_again(page)


def come_again(answer: Response) -> Response:
    """Return an answer that says when to ask again where nothing can be answered now."""
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(COME_AGAIN_S)
    return answer


def error_document(code: str, message: str, hint: str) -> dict[str, dict[str, str]]:
    """Return what programs are told of an error."""
    return {"error": {"code": code, "message": message, "hint": hint}}
