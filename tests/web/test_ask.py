"""What is taken to an orthopaedist: chosen by her, neutral, and hers alone."""

import io
from collections.abc import Callable

import pypdf
import pytest

from builders.shipped import shipped_knowledge
from sidestep.bootstrap.settings import OWNER
from web.conftest import Browser
from web.test_knee import QUIET, STORIES
from web.visits import visit


def pdf_text(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def made(browser: Browser, path: str, *parts: str) -> bytes:
    """Have a page made, and return it."""
    sent = browser.post(path, data={"parts": list(parts)} if parts else None)
    assert sent.status_code == 303, sent.text
    answer = browser.get(sent.headers["location"])
    assert answer.headers["content-type"] == "application/pdf", answer.text
    return answer.content


@pytest.mark.parametrize("path", ["/ask", "/ask/print"])
def test_a_visitor_has_to_sign_in(visitor: Browser, path: str) -> None:
    assert visitor.get(path).headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", ["/ask/page", "/knee/report"])
def test_a_visitor_has_no_page_made_and_kept(visitor: Browser, path: str) -> None:
    assert visitor.post(path).headers["location"].startswith("/sign-in")


def test_the_questions_are_those_of_the_knowledge_and_nothing_is_advised(runner: Browser) -> None:
    page = runner.get("/ask").text
    for question in shipped_knowledge().clinician_questions:
        assert question in page
    for word in ("recommend", "should get", "best injection", "avoid"):
        assert word not in page.lower()


def test_what_is_not_there_yet_cannot_be_chosen(runner: Browser) -> None:
    before = runner.get("/ask").text
    assert before.count("disabled") == 4
    assert "Show where it hurts" in before
    visit(runner, QUIET)
    assert 'value="knee" checked' in runner.get("/ask").text


@pytest.mark.usefixtures("jobs")
def test_the_page_is_a_pdf_even_with_nothing_in_it(runner: Browser) -> None:
    for parts in ((), ("knee",), ("knee", "training", "clips", "week")):
        assert "What is my diagnosis" in pdf_text(made(runner, "/ask/page", *parts))


def test_only_what_is_chosen_goes_in(runner: Browser) -> None:
    visit(runner, QUIET)
    whole = runner.get("/ask/print?parts=knee").text
    without = runner.get("/ask/print?parts=training").text
    assert "Runner, 32 years" in whole
    assert "What the runner answered" in whole
    assert "32 years" not in without
    assert "What the runner answered" not in without
    assert "left out" in without
    assert 'name="parts" value="training"' in without


@pytest.mark.usefixtures("jobs")
def test_with_nothing_ticked_nothing_goes_in_and_she_is_told(runner: Browser) -> None:
    unticked = {"chosen": "yes"}
    # Before there is anything to tick, a page with the questions alone is still one.
    assert runner.get("/ask/print", params=unticked).status_code == 200
    visit(runner, QUIET)
    for answer in (
        runner.post("/ask/page", data=unticked),
        runner.get("/ask/print", params=unticked),
    ):
        assert answer.status_code == 422
        assert "Tick at least one" in answer.text
        assert 'value="knee" checked' not in answer.text
        assert "What the runner answered" not in answer.text
    ticked = runner.get("/ask/print", params={**unticked, "parts": "knee"})
    assert "What the runner answered" in ticked.text
    assert 'name="chosen"' in runner.get("/ask").text


def test_what_is_no_part_is_refused(runner: Browser) -> None:
    assert runner.post("/ask/page", data={"parts": "everything"}).status_code == 422


def test_a_red_flag_keeps_the_week_off_the_page(runner: Browser) -> None:
    visit(runner, STORIES["urgent"])
    assert "Planned this week" not in runner.get("/ask/print?parts=week").text
    assert "Planned this week" not in runner.get("/ask/print").text


@pytest.mark.usefixtures("jobs")
def test_nothing_of_one_person_is_on_anothers_pages(
    sign_up: Callable[[str, str], Browser],
) -> None:
    one, other = sign_up(OWNER, "One"), sign_up("other", "Other")
    visit(one, QUIET | {"age_years": 77})
    visit(other, QUIET)
    for path in ("/ask/page", "/knee/report"):
        assert "77 years" not in pdf_text(made(other, path))
    assert "77 years" in pdf_text(made(one, "/ask/page"))
    assert "77 years" in one.get("/ask/print").text
    assert "77 years" not in other.get("/ask/print").text


@pytest.mark.usefixtures("jobs")
def test_pages_and_pdfs_are_in_the_language_of_the_browser(runner: Browser) -> None:
    visit(runner, QUIET)
    runner.headers["accept-language"] = "de"
    assert "Fragen zu Spritzen" in pdf_text(made(runner, "/ask/page"))
    assert "Nicht klinisch geprüft" in pdf_text(made(runner, "/knee/report"))
    for path in ("/ask", "/ask/print", "/knee", "/knee/result"):
        assert runner.get(path).status_code == 200
