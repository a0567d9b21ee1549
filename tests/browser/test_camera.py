"""What a page does with a camera: pictures left out, sounds, the mirror gone, hints how to film.

The camera is a canvas of the page itself, so that what it sees is known.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.conftest import sign_in
from builders.motion_runner import Camera, Runner
from fakes.mirror import TrackedPoses
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.vocabulary.side import Side
from sidestep.services.clips.mirror_plan import keep_mirror_setup
from sidestep.web.site import Site

STEPS_WITHIN_MS = 60_000
ALWAYS_OVER = "-50"

CAMERA = """
// Bands of rows that move from picture to picture, as shares of the height, on a ground of grey.
window.scene = {ground: 128, from: 0.1, to: 0.9};
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 360, height: 640});
  const pen = canvas.getContext('2d');
  let n = 0;
  setInterval(() => {
    const {ground, from, to} = window.scene, shade = (grey) => `rgb(${grey} ${grey} ${grey})`;
    pen.fillStyle = shade(ground);
    pen.fillRect(0, 0, 360, 640);
    n += 1;
    pen.fillStyle = shade(n % 2 ? 40 : 220);
    pen.fillRect(120, 640 * from, 120, 640 * (to - from));
  }, 40);
  return canvas.captureStream(25);
};
"""
EARS = """
window.heard = [];
window.AudioContext = class {
  currentTime = 0;
  createOscillator() {
    const tone = {frequency: {}, connect: (next) => next, stop() {}};
    return Object.assign(tone, {start: () => heard.push(tone.frequency.value)});
  }
  createGain() {
    const gain = {setValueAtTime() {}, linearRampToValueAtTime() {}};
    gain.exponentialRampToValueAtTime = () => {};
    return {gain, connect: (next) => next};
  }
  createStereoPanner() { return {pan: {}, connect: (next) => next}; }
};
"""
LINE = """
// The machine at the other end: it gets ready at once, then answers only when told to.
window.WebSocket = class extends EventTarget {
  static OPEN = 1;
  static CLOSING = 2;
  readyState = 1;
  pictures = [];
  answered = 0;
  most = 0;
  constructor() {
    super();
    window.line = this;
    setTimeout(() => this.dispatchEvent(new Event('open')));
  }
  say(answer) {
    this.dispatchEvent(new MessageEvent('message', {data: JSON.stringify(answer)}));
  }
  send(message) {
    if (typeof message === 'string') { setTimeout(() => this.say({get_ready: true})); return; }
    if (!this.isReady) { this.isReady = true; setTimeout(() => this.say({ready: true})); return; }
    this.pictures.push(message);
    this.most = Math.max(this.most, this.pictures.length - this.answered);
  }
  answer(answer) { this.answered += 1; this.say({n: this.answered, ...answer}); }
  async dropped(number) {
    const header = await this.pictures[number].slice(0, 20).arrayBuffer();
    return new DataView(header).getUint32(16, true);
  }
  close() {}
};
"""
"""Stands for a busy machine: what is in flight stays so until the test answers."""

SHOWN: dict[str, Any] = {
    "mirror": True,
    "left_s": 60,
    "steps": 9,
    "cadence": 170,
    "delay_ms": 50,
    "slow": False,
    "sound": "left",
    "points": [[0.5, 0.5]] * 16,
    "standing": "left",
    "bars": {"left": [4.0, 5.0, 6.0], "right": [1.0, 2.0, 3.0]},
    "over": {"left": True, "right": False},
    "cue": "left",
}
HIDDEN: dict[str, Any] = {
    name: SHOWN[name] for name in ("left_s", "steps", "cadence", "delay_ms", "slow")
} | {"mirror": False, "sound": None}


@pytest.fixture
def filming(
    open_context: Callable[..., BrowserContext], runners_address: str
) -> Callable[..., Page]:
    """Return what opens a page whose camera is a canvas, with other scripts before its own."""

    def open_page(path: str, *scripts: str) -> Page:
        context = open_context()
        for script in (CAMERA, EARS, *scripts):
            context.add_init_script(script)
        page = context.new_page()
        sign_in(page, runners_address)
        page.goto(f"{runners_address}{path}")
        return page

    return open_page


def frames_pass(page: Page, n: int) -> None:
    """Wait until the screen has been drawn so many times."""
    page.evaluate(
        """n => new Promise((done) => {
          const look = () => { n -= 1; if (n > 0) requestAnimationFrame(look); else done(); };
          look();
        })""",
        n,
    )


def answer(page: Page, said: dict[str, Any]) -> None:
    """Answer one picture, as soon as there is one."""
    page.wait_for_function("() => window.line && line.pictures.length > line.answered")
    page.evaluate("said => line.answer(said)", said)


def test_two_pictures_at_most_are_on_their_way_and_the_rest_is_left_out(
    filming: Callable[..., Page],
) -> None:
    page = filming("/mirror", LINE)
    page.locator("[data-start]").click()
    page.wait_for_function("() => window.line?.pictures.length === 2")
    frames_pass(page, 60)
    assert page.evaluate("line.pictures.length") == 2
    for _ in range(3):
        answer(page, SHOWN)
        page.wait_for_function("() => line.pictures.length === line.answered + 2")
    assert page.evaluate("line.most") == 2
    dropped = [page.evaluate("number => line.dropped(number)", number) for number in range(3)]
    assert dropped[2] > dropped[0]
    assert dropped[2] >= 5, "what the camera saw meanwhile is not sent later"


def test_without_the_mirror_or_behind_something_nothing_measured_is_shown(
    filming: Callable[..., Page],
) -> None:
    page = filming("/mirror", LINE)
    page.locator("[data-start]").click()
    stage = page.locator("[data-stage]")
    answer(page, SHOWN)
    expect(stage.locator("[data-cue]")).to_have_text("Left knee out over the left toes")
    expect(stage.locator(".stage-bars")).to_have_count(2)
    expect(stage.locator("[data-bars=left] .bar").last).to_be_visible()
    colours = """() => {
      const canvas = document.querySelector('[data-canvas]');
      const seen = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(seen.buffer)).size;
    }"""
    assert page.evaluate(colours) > 1
    assert page.evaluate("heard.length") == 1

    answer(page, SHOWN | {"hidden": True, "sound": None})
    expect(stage.locator("[data-cue]")).to_have_text(
        "Something stands between the camera and you: move the camera"
    )
    for side in Side:
        expect(stage.locator(f".stage-bars.{side.value}")).to_be_hidden()
    assert page.evaluate(colours) > 1

    answer(page, SHOWN | {"hidden": True, "other_view": "front", "sound": None})
    expect(stage.locator("[data-cue]")).to_have_text(
        "You are seen from the front: choose that view and start again"
    )
    expect(stage.locator(".stage-bars.left")).to_be_hidden()

    answer(page, HIDDEN)
    expect(stage.locator("[data-cover]")).to_have_text("Now without the mirror. Feel what you saw.")
    expect(stage.locator("[data-cue]")).to_be_empty()
    for side in Side:
        expect(stage.locator(f".stage-bars.{side.value}")).to_be_hidden()
    assert page.evaluate(colours) == 1
    assert page.evaluate("heard.length") == 1


@pytest.mark.parametrize("has_sound", [True, False])
def test_a_sound_is_heard_beyond_the_limit_and_none_when_it_is_off(
    filming: Callable[..., Page], runners_site: Site, has_sound: bool
) -> None:
    desk = runners_site.desk(OWNER)
    keep_mirror_setup(
        "rear", "femoral_adduction_deg", ALWAYS_OVER, has_sound=has_sound, **desk.pieces
    )
    runner = Runner(rate_hz=30, duration_s=60, camera=Camera(distance_m=40, focal_px=20_000))
    desk.wiring.__dict__["live_poses"] = TrackedPoses(runner.track())
    page = filming("/mirror")
    page.locator("[data-start]").click()
    for side in Side:
        over = page.locator(f".stage-bars.{side.value}.is-over")
        expect(over).to_be_attached(timeout=STEPS_WITHIN_MS)
    if has_sound:
        page.wait_for_function("() => new Set(heard).size === 2", timeout=STEPS_WITHIN_MS)
    assert bool(page.evaluate("heard.length")) is has_sound


def test_the_guide_says_what_is_wrong_with_light_and_distance(
    filming: Callable[..., Page],
) -> None:
    page = filming("/clips/new/squat")
    page.locator("[data-open]").click()
    hint = page.locator("[data-hint]")
    # Something must move for a while before it is said how far away it is.
    for scene, says, is_warning in (
        ({"ground": 10, "from": 0.4, "to": 0.5}, "Too dark", True),
        ({"ground": 250, "from": 0.4, "to": 0.42}, "Too bright", True),
        ({"ground": 128, "from": 0.5, "to": 0.5}, "move a little", False),
        ({"ground": 128, "from": 0.4, "to": 0.6}, "Come closer", True),
        ({"ground": 128, "from": 0.1, "to": 0.9}, "That looks good", False),
        ({"ground": 128, "from": 0.0, "to": 1.0}, "Step back", True),
    ):
        page.evaluate("scene => { window.scene = scene; }", scene)
        expect(hint).to_contain_text(says)
        warned = "warn" in str(hint.get_attribute("class")).split()
        assert warned is is_warning
