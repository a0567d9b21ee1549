"""A whole first visit through the pages' own forms, as a browser without script sends them."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from web.conftest import Browser


class _Controls(HTMLParser):
    """Collects what a page's forms offer: names with their values, and the kind of control."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        if tag in ("input", "button") and "name" in named:
            kind = named.get("type", "submit" if tag == "button" else "text")
            self.found.append((kind, named["name"], named.get("value", "")))


def controls(html: str) -> list[tuple[str, str, str]]:
    """Return kind, name and value of every named control on a page."""
    parser = _Controls()
    parser.feed(html)
    return parser.found


def asked_on(html: str) -> list[str]:
    """Return the ids of the questions that a page puts."""
    return [value for kind, name, value in controls(html) if (kind, name) == ("hidden", "asked")]


def form_for(html: str, answers: Mapping[str, object]) -> tuple[dict[str, list[str]], int]:
    """Fill a page's form in from answers; return it with the taps a thumb needs for it.

    Only what the page offers is sent. Typing a number counts as one tap for the field and one for
    each of its figures.
    """
    offered = controls(html)
    form: dict[str, list[str]] = {"asked": asked_on(html)}
    taps, needs_sending = 0, True
    for id in form["asked"]:
        kinds = {kind for kind, name, _ in offered if name == id}
        value = answers.get(id)
        if value is None:
            if ("submit", "unknown", id) in offered:
                form["unknown"] = [id]
                taps, needs_sending = taps + 1, False
            else:
                form["go_on"] = ["yes"]
        elif isinstance(value, list):
            if value:
                form[id] = [str(each) for each in value]
                taps += len(value)
            else:
                form["none"] = [id]
                taps += 1
                needs_sending = ("submit", "none", id) not in offered
        else:
            word = _word(value)
            form[id] = [word]
            if "text" in kinds:
                taps += 1 + len(word)
            else:
                assert any(each[1:] == (id, word) for each in offered), (id, word)
                taps += 1
                needs_sending = "submit" not in kinds
    return form, taps + needs_sending


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def send(browser: Browser, form: Mapping[str, list[str]]) -> Any:
    """Send a screen's answers, and return what comes back."""
    return browser.post("/knee/answers", data=dict(form))


def visit(browser: Browser, answers: Mapping[str, object], *, most: int = 80) -> tuple[str, int]:
    """Answer everything that is asked; return where it ended, and the taps it took."""
    where, taps = "/knee/place", 0
    for _ in range(most):
        page = browser.get(where)
        if page.status_code == 303:
            where = page.headers["location"]
            continue
        if where == "/knee/result":
            return where, taps
        assert page.status_code == 200, page.text
        form, needed = form_for(page.text, answers)
        sent = send(browser, form)
        assert sent.status_code == 303, sent.text
        where, taps = sent.headers["location"], taps + needed
    raise AssertionError("the questions do not end")
