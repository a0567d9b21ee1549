"""Sets pages from templates, in a person's language; what they say comes from the services."""

import hashlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from sidestep import __version__
from sidestep.languages.distances import Unit
from sidestep.languages.language import LANGUAGES, Language, language
from sidestep.languages.place_names import said_here
from sidestep.services.knowledge.short_name import short_name
from sidestep.web.who import account_of, desk_or_none, language_of, site_of

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


def page(request: Request, template: str, *, status: int = 200, **names: Any) -> HTMLResponse:
    """Set a page, or the part of one that the template is."""
    reader = language_of(request)
    html = (
        _environment(reader.code, reader.unit)
        .get_template(template)
        .render(**_standing(request, reader), **names)
    )
    return HTMLResponse(html, status_code=status)


def bare_page(
    template: str, reader: Language, root: str, *, status: int, **names: Any
) -> HTMLResponse:
    """Set a page that knows nobody: not who asks, and nothing of any records."""
    html = (
        _environment(reader.code, reader.unit)
        .get_template(template)
        .render(to=partial(_to, root), static=partial(static_path, root), reader=reader, **names)
    )
    return HTMLResponse(html, status_code=status)


def _standing(request: Request, reader: Language) -> dict[str, Any]:
    """Return what every template may use."""
    account, desk = account_of(request), desk_or_none(request)
    settings = {} if account is None else account.settings
    return {
        "to": partial(_to, site_of(request).root_path),
        "static": partial(static_path, site_of(request).root_path),
        "here": request.scope["path"].removeprefix(site_of(request).root_path) or "/",
        "reader": reader,
        "languages": LANGUAGES,
        "account": account,
        "colours": settings.get("colours", "auto"),
        "is_signed_in": desk is not None,
        "who": "" if desk is None else _mark_of(desk.owner_id),
        "made_at": None if desk is None else desk.clock.now(),
        "root": site_of(request).root_path,
        "program_version": __version__,
    }


def _mark_of(owner_id: str) -> str:
    """Return what tells one person's entries on a shared device from another's; no name."""
    return hashlib.sha256(f"device {owner_id}".encode()).hexdigest()[:12]


def _to(root_path: str, path: str) -> str:
    return f"{root_path}{path}"


def static_path(root_path: str, name: str) -> str:
    """Return where a file of ours lies, under an address that names its content."""
    return f"{root_path}/static/{name}?v={_version_of(name)}"


@cache
def _version_of(name: str) -> str:
    """Return a mark of a file's content, so that browsers may keep it for good."""
    path = STATIC / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "0"


@cache
def _environment(code: str, unit: Unit) -> Environment:
    reader = language(code, unit)
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    _install_gettext(environment, reader)
    environment.filters |= {
        "t": reader.gettext,
        "cited": reader.cited,
        "said": partial(said_here, translate=reader.gettext),
        "short_name": short_name,
        "number": reader.number,
        "distance": reader.distance,
        "in_unit": reader.in_unit,
        "typed": reader.typed,
        "day": reader.day,
        "long_day": reader.long_day,
    }
    environment.globals["icon"] = _icon
    return environment


def _install_gettext(environment: Environment, reader: Language) -> None:
    install: Callable[..., None] = environment.install_gettext_callables  # type: ignore[attr-defined]
    install(reader.gettext, reader.ngettext, newstyle=True)


@cache
def _icon(name: str) -> Markup:
    """Return one of our drawings, to stand inside a line of text; it says nothing by itself."""
    return Markup((STATIC / "icons" / f"{name}.svg").read_text(encoding="utf-8"))  # noqa: S704
