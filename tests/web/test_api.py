"""The API: scopes, one error shape, the documents of the command line, and whatever is sent."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sidestep.adapters.storage.database import LOST
from sidestep.bootstrap.settings import OWNER
from sidestep.errors import StorageError
from sidestep.services.importing.made_up_runner import ANSWERS
from sidestep.services.people.own_settings import make_api_token
from sidestep.services.week.today_card import today_card, today_document
from sidestep.web.api.access import Problem
from sidestep.web.app import create_app
from sidestep.web.guard.sizes import FORM_BYTES
from sidestep.web.site import Site
from web.conftest import Browser

QUICK = settings(
    max_examples=15,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    deadline=None,
    derandomize=True,
)


def token_for(site: Site, *scopes: str, owner_id: str = OWNER) -> dict[str, str]:
    account = site.wiring.people.account(owner_id)
    assert account is not None
    token = make_api_token(
        account, "a program", scopes, people=site.wiring.people, clock=site.wiring.clock
    )
    return {"authorization": f"Bearer {token}"}


@pytest.fixture
def program(
    site: Site, runner: Browser, open_browser: Callable[[], Browser]
) -> Callable[..., Browser]:
    """Return what opens a program with a token for these scopes."""

    def open_one(*scopes: str, owner_id: str = OWNER) -> Browser:
        browser = open_browser()
        del browser.headers["sec-fetch-site"]
        browser.headers.update(token_for(site, *scopes, owner_id=owner_id))
        return browser

    return open_one


def test_without_a_token_there_is_one_error_shape(visitor: Browser) -> None:
    answer = visitor.get("/api/v1/today")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "not_signed_in"
    assert visitor.get("/api/v1/nothing").json()["error"]["code"] == "not_found"
    made_up = visitor.get("/api/v1/today", headers={"authorization": "Bearer made-up"})
    assert made_up.status_code == 401


def is_documented_error(program: Browser, answer: Any, status: int, code: str) -> bool:
    """Tell whether an answer of ``/profile`` is this error, in the one shape, and foreseen."""
    told = Problem.model_validate(answer.json()).error
    paths = program.get("/api/v1/openapi.json").json()["paths"]
    foreseen = paths["/api/v1/profile"][answer.request.method.lower()]["responses"]
    schema = foreseen[str(status)]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/Problem"}
    return (answer.status_code, told.code) == (status, code)


def test_what_stands_at_the_door_answers_in_the_one_error_shape(
    program: Callable[..., Browser],
) -> None:
    client = program("read", "write")
    large = client.patch("/api/v1/profile", content=b"x" * (FORM_BYTES + 1))
    assert is_documented_error(client, large, 413, "too_large")
    elsewhere = client.patch("/api/v1/profile", json={}, headers={"sec-fetch-site": "cross-site"})
    assert is_documented_error(client, elsewhere, 403, "another_site")
    rebound = client.get("/api/v1/profile", headers={"host": "rebound.example"})
    assert is_documented_error(client, rebound, 400, "host")


@pytest.mark.parametrize(
    ("broken", "status", "code"),
    [
        (RuntimeError("left knee, pain 7"), 500, "error"),
        (StorageError("the disk is full"), 503, "storage"),
    ],
)
def test_what_breaks_is_answered_in_the_one_error_shape(
    program: Callable[..., Browser],
    monkeypatch: pytest.MonkeyPatch,
    broken: Exception,
    status: int,
    code: str,
) -> None:
    def break_down(*_: object) -> None:
        raise broken

    client = program("read")
    monkeypatch.setattr("sidestep.web.api.v1.known_profile", break_down)
    answer = client.get("/api/v1/profile")
    assert is_documented_error(client, answer, status, code)
    assert "pain" not in answer.text


def test_a_database_that_is_lost_is_foreseen_and_no_fault_of_the_program(
    program: Callable[..., Browser], runner: Browser, site: Site
) -> None:
    client = program("read", "write")
    home = site.wiring.settings.home
    away = home.rename(home.with_name("away"))
    home.write_bytes(b"a file where the data folder was")

    for answer in (client.get("/api/v1/profile"), client.patch("/api/v1/profile", json={})):
        assert is_documented_error(client, answer, 503, "storage")
        assert answer.json()["error"]["message"] == LOST
    for answer in (runner.get("/today"), runner.post("/clips/film", data={"shows": "run"})):
        assert (answer.status_code, LOST[1:] in answer.text) == (503, True)
        assert "To the beginning" in answer.text
    assert runner.get("/readyz").status_code == 503

    home.unlink()
    away.rename(home)
    assert client.get("/api/v1/profile").status_code == 200
    assert runner.get("/today").status_code == 200


def test_a_body_that_cannot_be_read_is_answered_in_the_one_error_shape(
    program: Callable[..., Browser],
) -> None:
    client = program("write")
    headers = {"content-type": "application/json"}
    answer = client.patch("/api/v1/profile", content=b"\xff\xfe{", headers=headers)
    assert is_documented_error(client, answer, 400, "bad_request")


def test_a_token_for_reading_does_not_write(program: Callable[..., Browser]) -> None:
    reading = program("read")
    assert reading.get("/api/v1/profile").status_code == 200
    answer = reading.patch("/api/v1/profile", json={"minutes": 20})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "not_allowed"
    assert (
        program("read", "write").patch("/api/v1/profile", json={"minutes": 20}).json()["minutes"]
        == 20
    )


def test_its_documents_are_those_of_the_command_line(
    site: Site, program: Callable[..., Browser]
) -> None:
    client = program("read", "write")
    checked = client.post("/api/v1/knee", json=ANSWERS)
    assert checked.status_code == 200
    assert checked.json()["plan"] == "allowed"
    desk = site.desk(OWNER)
    expected = today_document(today_card(**desk.pieces), desk.knowledge)
    assert client.get("/api/v1/today").json() == expected


def test_a_day_is_told_and_answered(site: Site, program: Callable[..., Browser]) -> None:
    client = program("read", "write")
    client.post("/api/v1/knee", json=ANSWERS)
    answer = client.post("/api/v1/check-ins", json={"pain_now": 2, "ran": False})
    assert answer.status_code == 200
    assert answer.json()["date"] == "2026-11-22"
    wrong = client.post("/api/v1/check-ins", json={"pain_now": 11})
    assert wrong.status_code == 422
    assert "11" in wrong.json()["error"]["message"]


def test_one_persons_token_sees_nothing_of_anothers(
    program: Callable[..., Browser], sign_up: Callable[[str, str], Browser]
) -> None:
    program("write").post("/api/v1/knee", json=ANSWERS)
    sign_up("other", "Other")
    hers = program("read", owner_id="other")
    assert hers.get("/api/v1/today").json()["kind"] == "hidden"
    assert hers.get("/api/v1/activities").json() == []


@pytest.mark.parametrize(
    "edit",
    [{}, {"edit": "move"}, {"edit": "length", "on": "2026-11-23", "distance_km": "1e999"}],
)
def test_an_edit_that_is_none_is_said_so(
    program: Callable[..., Browser], edit: dict[str, Any]
) -> None:
    answer = program("write").post("/api/v1/plan/edits", json=edit)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"].startswith("edit")


def test_whatever_is_sent_is_answered_as_documented(site: Site, runner: Browser) -> None:
    site.hosts += ("testserver",)
    app = create_app(site)
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    headers = token_for(site, "read", "write")
    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]

    operations: list[Any] = [each.ok() for each in schema.get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) >= 17
    for operation in operations:

        def send(case: Any) -> None:
            case.call_and_validate(headers=headers, checks=checks)

        QUICK(given(operation.as_strategy())(send))()  # type: ignore[no-untyped-call]
