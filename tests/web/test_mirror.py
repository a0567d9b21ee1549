"""The mirror's line: who may open it, what comes back, what is kept, and that no picture is."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from builders.days_told import answered
from builders.sent_pictures import grey_jpeg, jpegs_of, message
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.mirror_plan import keep_mirror_setup
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports.clips import LivePose
from sidestep.services.ports.frames import Frame
from sidestep.web.live.mirror_messages import MOST_BYTES
from sidestep.web.site import Site

from .conftest import Browser

GREY = grey_jpeg()


class Nobody:
    """Implements ``services.ports.LivePoses``: there is nobody."""

    def prepare(self, frame: Frame) -> None:
        """Be ready."""

    def see(self, frame: Frame) -> LivePose | None:
        return None


def checked(site: Site, owner: str = OWNER, example: str = "self_care") -> None:
    desk = site.desk(owner)
    answered(desk.store, desk.clock, example)  # type: ignore[arg-type]


@pytest.fixture
def nobody(site: Site) -> None:
    for owner in (OWNER, "other"):
        site.desk(owner).wiring.__dict__["live_poses"] = Nobody()


def opened(browser: Browser, **headers: str) -> Any:
    return browser.websocket_connect("ws://localhost/live/mirror", headers=headers)


def begin(line: WebSocketTestSession, first: bytes = GREY, wish: str = "next") -> None:
    line.send_json({"begin": wish})
    assert line.receive_json() == {"get_ready": True}
    line.send_bytes(message(0, 0.0, first))
    assert line.receive_json() == {"ready": True}


def test_steps_come_back_and_a_session_is_kept_without_a_picture(
    runner: Browser, site: Site
) -> None:
    checked(site)
    desk = site.desk(OWNER)
    keep_mirror_setup("rear", "femoral_adduction_deg", "-50", has_sound=True, **desk.pieces)
    sent = jpegs_of("run_rear", every=2)
    answers = []
    with opened(runner) as line:
        begin(line, sent[0][1])
        for number, (time_s, jpeg) in enumerate(sent):
            line.send_bytes(message(number, 100 + time_s, jpeg, delay_ms=80.0, n_dropped=3))
            answers.append(line.receive_json())
        line.send_json({"end": True})
        kept_id = line.receive_json()["kept"]
    last = answers[-1]
    assert [each["n"] for each in answers] == list(range(len(sent)))
    assert last["mirror"] is True
    assert last["steps"] >= 14
    assert 150 < last["cadence"] < 190
    assert last["delay_ms"] == 80
    assert all(len(last["bars"][side.value]) >= 6 for side in Side)
    assert last["over"] == {"left": True, "right": True}
    assert {"left", "right"} <= {each["sound"] for each in answers}
    seen = [point for point in last["points"] if point is not None]
    assert len(seen) >= 12
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in seen)
    (kept,) = desk.store.documents(DocumentKind.MIRROR_SESSION)
    assert kept.id == kept_id
    assert kept.content["n_steps"] == last["steps"]
    assert kept.content["frames"]["dropped"] == 3
    assert kept.content["left"]["over_limit_share"] == 1.0
    assert kept.content["number"] is None, "a few seconds are no session of the course"
    assert_no_picture(site.wiring.settings.home, sent[0][1])


def assert_no_picture(home: Path, jpeg: bytes) -> None:
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"\xff\xd8\xff" not in content, path
            assert jpeg[100:150] not in content, path


@pytest.mark.usefixtures("nobody")
def test_a_line_that_breaks_keeps_nothing_where_nobody_ran(runner: Browser, site: Site) -> None:
    checked(site)
    with opened(runner) as line:
        begin(line)
        line.send_bytes(message(1, 5.0, GREY))
        assert line.receive_json()["steps"] == 0
    assert not site.desk(OWNER).store.documents(DocumentKind.MIRROR_SESSION)
    with opened(runner) as again:
        begin(again)


def test_nobody_signed_in_has_a_mirror(visitor: Browser) -> None:
    with pytest.raises(WebSocketDisconnect) as refused, opened(visitor):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"},
        {"origin": "https://elsewhere.example", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_no_other_site_opens_it(runner: Browser, site: Site, headers: dict[str, str]) -> None:
    checked(site)
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        runner.websocket_connect("ws://localhost/live/mirror", headers=headers),
    ):
        pass
    assert refused.value.code == 1008


@pytest.mark.usefixtures("nobody")
def test_one_mirror_each_and_a_few_in_all(
    runner: Browser, site: Site, sign_up: Callable[[str, str], Browser]
) -> None:
    checked(site)
    other = sign_up("other", "Other")
    checked(site, "other")
    site.mirrors.most = 1
    with opened(runner) as first:
        begin(first)
        with opened(runner) as second:
            assert second.receive_json()["refused"] == "yours_is_open"
        with opened(other) as third:
            assert third.receive_json()["refused"] == "all_taken"
        first.send_bytes(message(1, 1.0, GREY))
        assert first.receive_json()["n"] == 1
    with opened(other) as free:
        begin(free)


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize("example", [None, "emergency"])
def test_without_a_quiet_knee_check_it_waits(
    runner: Browser, site: Site, example: str | None
) -> None:
    if example is not None:
        checked(site, example=example)
    with opened(runner) as line:
        line.send_json({"begin": "next"})
        answer = line.receive_json()
    assert answer["refused"]
    assert answer["says"]


@pytest.fixture
def line(runner: Browser, site: Site, nobody: None) -> Iterator[WebSocketTestSession]:
    checked(site)
    with opened(runner) as opened_line:
        begin(opened_line)
        yield opened_line


@pytest.mark.parametrize(
    "bad",
    [
        b"\x00",
        message(1, 1.0, b"no picture"),
        message(1, float("nan"), GREY),
        message(1, float("inf"), GREY),
        message(1, 1.0, GREY[:100]),
    ],
    ids=["short", "text", "no time", "endless", "cut"],
)
def test_a_bad_picture_is_told_and_the_next_one_taken(
    line: WebSocketTestSession, bad: bytes
) -> None:
    line.send_bytes(bad)
    assert line.receive_json() == {"broken": True}
    line.send_bytes(message(2, 1.1, GREY))
    assert line.receive_json()["n"] == 2


def test_a_picture_from_before_the_last_one_is_not_taken(line: WebSocketTestSession) -> None:
    for time_s in (1.0, 0.5):
        line.send_bytes(message(1, time_s, GREY))
    assert line.receive_json()["n"] == 1
    assert line.receive_json() == {"broken": True}


def test_words_that_mean_nothing_are_passed_over(line: WebSocketTestSession) -> None:
    for text in ("{", "[1]", json.dumps({"what": "?"})):
        line.send_text(text)
    line.send_bytes(message(1, 1.0, GREY))
    assert line.receive_json()["n"] == 1


def test_a_huge_picture_ends_it(line: WebSocketTestSession) -> None:
    line.send_bytes(message(1, 1.0, GREY + bytes(MOST_BYTES)))
    assert line.receive_json() == {"kept": None}
    with pytest.raises(WebSocketDisconnect) as closed:
        line.receive_json()
    assert closed.value.code == 1009


def test_nothing_but_nonsense_ends_it(line: WebSocketTestSession) -> None:
    for number in range(61):
        line.send_bytes(message(number, 1.0, b"no picture"))
    answers = [line.receive_json() for _ in range(61)]
    assert answers[-1] == {"kept": None}
    with pytest.raises(WebSocketDisconnect) as closed:
        line.receive_json()
    assert closed.value.code == 1007


@pytest.mark.usefixtures("nobody")
def test_words_before_a_picture_or_no_picture_at_all_end_it(runner: Browser, site: Site) -> None:
    checked(site)
    for send in ("send_text", "send_bytes"):
        with opened(runner) as line:
            line.send_json({"begin": "next"})
            assert line.receive_json() == {"get_ready": True}
            getattr(line, send)("nonsense" if send == "send_text" else b"nonsense")
            with pytest.raises(WebSocketDisconnect) as closed:
                line.receive_json()
            assert closed.value.code == 1007
