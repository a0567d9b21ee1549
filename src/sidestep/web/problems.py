"""Every error as a page or as JSON: what was wrong, what was expected, what to do."""

import logging
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from sidestep.errors import (
    AnswersError,
    HostileFileError,
    InputError,
    KnowledgeError,
    SidestepError,
    StorageError,
    UnreadableFileError,
)
from sidestep.languages.place_names import N_
from sidestep.web.guard.plain_answer import come_again, error_document
from sidestep.web.rendering import page
from sidestep.web.who import (
    NotAllowedError,
    NotFoundError,
    NotSignedInError,
    TooManyError,
    site_of,
)

_log = logging.getLogger("sidestep.web")

STATUS: dict[type[SidestepError], HTTPStatus] = {
    NotSignedInError: HTTPStatus.UNAUTHORIZED,
    NotAllowedError: HTTPStatus.FORBIDDEN,
    NotFoundError: HTTPStatus.NOT_FOUND,
    TooManyError: HTTPStatus.TOO_MANY_REQUESTS,
    HostileFileError: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnreadableFileError: HTTPStatus.UNPROCESSABLE_ENTITY,
    AnswersError: HTTPStatus.UNPROCESSABLE_ENTITY,
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    KnowledgeError: HTTPStatus.INTERNAL_SERVER_ERROR,
    StorageError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The one place that knows what an error is called in HTTP."""

SAID = {
    HTTPStatus.NOT_FOUND: N_("there is no page at this address"),
    HTTPStatus.METHOD_NOT_ALLOWED: N_("this address does not take that"),
}
"""What the commonest errors of HTTP itself are in our words."""


def handle_problems(app: FastAPI) -> None:
    """Let the application answer errors with ours."""
    app.add_exception_handler(SidestepError, _ours)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_shape)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, SidestepError)  # noqa: S101
    if isinstance(error, NotSignedInError) and not _is_for_programs(request):
        root = site_of(request).root_path
        wanted = request.scope["path"].removeprefix(root)
        place = f"?next={quote(wanted)}" if request.method == "GET" and wanted != "/" else ""
        return RedirectResponse(f"{root}/sign-in{place}", status_code=303)
    status = next(
        (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s: %s", error.code, type(error.__cause__ or error).__name__)
    return problem(request, status, error.code, error.message, error.hint)


def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    status = HTTPStatus(error.status_code)
    code = status.phrase.lower().replace(" ", "_")
    answer = problem(
        request, status, code, SAID.get(status) or status.description or status.phrase, ""
    )
    answer.headers.update(error.headers or {})
    return answer


def _of_shape(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    # The values themselves stay out: an answer may be about somebody's health.
    wrong = "; ".join(
        f"{'.'.join(str(part) for part in each['loc'][1:]) or 'the whole'}: {each['msg']}"
        for each in error.errors()
    )
    if not _is_for_programs(request):
        wrong = N_("something in this form is missing, or is not what was expected")
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "shape", wrong, "")


def problem(request: Request, status: HTTPStatus, code: str, message: str, hint: str) -> Response:
    """Answer with an error in the form the asker reads."""
    if _is_for_programs(request):
        return come_again(JSONResponse(error_document(code, message, hint), status_code=status))
    answer = page(
        request, "problem.html", status=status, message=message, hint=hint, status_code=int(status)
    )
    return come_again(answer)


def _is_for_programs(request: Request) -> bool:
    path: str = request.scope["path"].removeprefix(site_of(request).root_path)
    return path.startswith("/api/")
