"""Every page in a made-up language: what it still says in plain letters, nobody has translated."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from builders.clip_results import kept_run, kept_squat, run_analysis
from builders.daily_loop import begin_loop, check_the_knee, tell
from builders.pseudo_language import left_in_english, spoken_in_wide_letters
from builders.six_people import DAY, SIX, Someone
from fakes.jobs import ScriptedJobs
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.planning.week import BlockKind, DayKind, WeekPlan
from sidestep.services.people.sign_in import make_link
from sidestep.services.ports.jobs import JobError, JobStatus
from sidestep.services.week.kept_week import days_of, kept_week_of
from sidestep.web.guard.sizes import FORM_BYTES
from sidestep.web.site import Site
from web.conftest import PASSWORD, TODAY, Browser
from web.test_check_in import go_to
from web.test_clips import keep, send, unusable
from web.test_knee import STORIES
from web.test_language import NAMES
from web.test_mirror_pages import checked, leg, ran
from web.visits import visit

UNITS = frozenset({"cm", "kg", "km", "min", "ms", "Hz", "steps/min"})
FILES = frozenset({"FIT", "GPX", "TCX", "zip", "PDF", "HTTPS", "HTTP", "localhost"})
ALLOWED = NAMES | UNITS | FILES | {"Runner"}
"""Units, kinds of files and the person's name: the same in every language."""

ON = date.fromisoformat(TODAY)
WRONG = "wrong"
EXAMPLES = ("self_care", "emergency", "unknown_flag", "urgent")
OWN_PAGES = (
    "/today", "/week", "/week/ahead", "/check-in", "/progress", "/connect", "/settings", "/more",
    "/ask", "/knee", "/knee/place", "/knee/result", "/mirror", "/clips", "/clips/new/run",
    "/clips/new/squat", "/offline",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def wide_letters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with spoken_in_wide_letters(tmp_path_factory.mktemp("wide")):
        yield


class Reading:
    """Reads pages, and keeps what they say in plain letters."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.found: dict[str, str] = {}
        browser.headers["accept-language"] = "de"

    def look(self, *paths: str) -> None:
        for path in paths:
            self.read(path, self.browser.get(path, follow_redirects=True))

    def post(self, path: str, **data: Any) -> Any:
        answer = self.browser.post(path, data=data, follow_redirects=True)
        self.read(f"POST {path} {data}", answer)
        return answer

    def read(self, where: str, answer: Any) -> None:
        if answer.headers.get("content-type", "").startswith("text/html"):
            for said in left_in_english(answer.text, ALLOWED):
                self.found.setdefault(said, where)

    def is_clean(self) -> None:
        told = "\n".join(f"{where}: {said}" for said, where in self.found.items())
        assert not self.found, f"{len(self.found)} sentences are in no catalogue:\n{told}"


@pytest.fixture
def reading(runner: Browser) -> Iterator[Reading]:
    """Return what reads as the person who is signed in; at the end nothing may be English."""
    read = Reading(runner)
    yield read
    read.is_clean()


def is_in(site: Site, someone: Someone) -> None:
    """Let somebody be the person of this site."""
    desk = site.desk(OWNER)
    desk.wiring.__dict__["store"] = someone.store
    desk.__dict__["store"] = someone.store


# --- anybody ------------------------------------------------------------------------------------


def test_pages_for_anybody(visitor: Browser, site: Site) -> None:
    reading = Reading(visitor)
    knowledge = site.wiring.knowledge
    rules = [*knowledge.plans, *knowledge.load, *knowledge.motion]
    rules += [rule.id for kind in (knowledge.red_flags, knowledge.patterns) for rule in kind]
    reading.look(
        *("/", "/sign-in", "/learn", "/learn/exercises", "/why", "/why?q=longest", "/nowhere"),
        *("/welcome/none", "/learn/exercises/none", "/why/none", "/offline", "/knee"),
        *(f"/learn/exercises/{id}" for id in knowledge.exercises),
        *(f"/why/{id}" for id in rules),
    )
    reading.post("/sign-in", name="Runner", password=WRONG)
    for _ in range(30):
        reading.post("/sign-in", name="Nobody", password=WRONG)
    reading.is_clean()


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaa", "x" * 201])
def test_a_password_that_is_refused(site: Site, visitor: Browser, password: str) -> None:
    token = make_link(OWNER, people=site.wiring.people, clock=site.wiring.clock)
    reading = Reading(visitor)
    reading.look(f"/welcome/{token}")
    reading.post(f"/welcome/{token}", name="Runner", password=password)
    reading.post(f"/welcome/{token}", name="n" * 200, password=PASSWORD)
    reading.is_clean()


def test_what_is_refused_at_the_door(visitor: Browser) -> None:
    headers = {"accept-language": "de"}
    elsewhere = visitor.post("/sign-in", headers={**headers, "sec-fetch-site": "cross-site"})
    large = visitor.post("/sign-in", content=b"x" * (FORM_BYTES + 1), headers=headers)
    for answer in (elsewhere, large):
        assert answer.status_code >= 400
        assert left_in_english(answer.text, ALLOWED) == []


# --- the knee -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*EXAMPLES, *list(STORIES)[7::4]])
def test_what_a_knee_check_finds(visitor: Browser, name: str) -> None:
    reading = Reading(visitor)
    where, _ = visit(visitor, STORIES[name])
    reading.look(where, "/knee", "/knee/questions", "/knee/place")
    reading.post("/knee/back")
    reading.is_clean()


def test_every_question_of_the_knee(visitor: Browser, site: Site) -> None:
    reading = Reading(visitor)
    visit(visitor, STORIES["self_care"])
    for id in site.wiring.knowledge.questions:
        reading.look(f"/knee/questions?at={id}")
        for said in ("many", "-1", "1e9", ""):
            reading.post("/knee/answers", asked=[id], **{id: said})
    form = {"asked": ["pain_now", "pain_worst", "pain_running", "pain_daily_life"]}
    pains = {"pain_now": "6", "pain_worst": "3", "pain_running": "3", "pain_daily_life": "1"}
    reading.post("/knee/answers", **form, **pains)
    reading.post("/knee/answers", asked=["knee_hot_swollen"], knee_hot_swollen=["yes"])
    reading.post("/knee/answers", asked=["swelling"], swelling=["none"])
    reading.is_clean()


# --- the daily loop -----------------------------------------------------------------------------


def a_bad_week(day: Any, week: int) -> dict[str, Any] | None:
    """Pain that grows, work left out for each reason in turn, some days silent."""
    kinds = {block.kind for block in day.blocks}
    reasons = ("too_long", "no_place", "forgot", "dull", "not_convinced", "hurts")
    said: dict[str, Any] = {"pain_now": min(2 + week, 6), "pain_this_morning": 3}
    if BlockKind.RUN in kinds:
        said |= {"ran": True, "pain_before_run": 2, "pain_on_run": 5, "pain_hour_after": 5}
    if kinds & {BlockKind.LATERAL, BlockKind.STRENGTH}:
        said |= {"lateral_work": False, "strength": False, "missed_why": reasons[week % 6]}
    return said if day.date.weekday() != 4 else None


def a_sore_week(day: Any, week: int) -> dict[str, Any] | None:
    """The exercises hurt, the runs do not."""
    kinds = {block.kind for block in day.blocks}
    said: dict[str, Any] = {"pain_now": 1, "pain_this_morning": 1}
    if BlockKind.RUN in kinds:
        said |= {"ran": True, "pain_before_run": 0, "pain_on_run": 1, "pain_hour_after": 1}
    if kinds & {BlockKind.LATERAL, BlockKind.STRENGTH}:
        said |= {"lateral_work": True, "strength": True, "pain_on_exercises": 6}
        said |= {"pain_next_morning": 5} if week % 2 else {}
    return said


LIVES: Mapping[str, Callable[[Someone], None]] = {
    "well": lambda one: one.lives(3, accepts=True),
    "badly": lambda one: one.lives(4, a_bad_week, accepts=True),
    "sore": lambda one: one.lives(3, a_sore_week),
}


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("outside pain", "badly"),
        ("front pain", "sore"),
        ("heavy novice", "well"),
        ("marathon runner", "badly"),
        ("desk worker", "sore"),
        ("red flag", "well"),
    ],
)
def test_somebody_lives_through_some_weeks(
    site: Site, reading: Reading, name: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = SIX[name]()
    LIVES[how](one)
    go_to(one.at.day, monkeypatch)
    is_in(site, one)
    weeks = [plan.week_starts for plan in one.plans if isinstance(plan, WeekPlan)]
    for starts in weeks:
        reading.look(f"/week/{starts}", f"/week/{starts}/review")
    for starts in weeks[1:2]:
        for number in range(7):
            go_to(starts + number * DAY, monkeypatch)
            reading.look("/today", f"/check-in/done?day={starts + number * DAY}")
    go_to(one.at.day, monkeypatch)
    reading.look(*OWN_PAGES, f"/play/{one.at.day}", "/ask/print")


@pytest.mark.parametrize(
    "profile",
    [
        {"not_on": ["mon", "tue", "wed", "thu", "fri"], "minutes": 20},
        {"minutes": 8},
        {"minutes_on": {"mon": 10, "tue": 60, "sat": 90}, "running_days_max": 2},
        {"long_run_on": "mon", "run_on": ["mon", "tue"], "equipment": ["band", "step"]},
        {"group_class": {"weekday": "wed", "minutes": 90}, "minutes": 45},
        {"goal": {"distance_km": 42.2, "on": "2026-08-02"}},
        {"goal": {"distance_km": 42.2, "on": "2026-09-26"}, "not_on": ["sat"]},
        {"not_on": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
    ],
    ids=str,
)
def test_wishes_that_cannot_all_be_met(
    site: Site,
    reading: Reading,
    profile: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = SIX["outside pain"]()
    one.has(**profile)
    go_to(one.at.day, monkeypatch)
    is_in(site, one)
    reading.look("/week", "/week/ahead", "/today", "/settings", "/check-in")


@pytest.mark.parametrize("name", ["outside pain", "heavy novice"])
def test_changes_of_a_week_that_may_and_may_not_be(
    site: Site, reading: Reading, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = SIX[name]()
    one.has(not_on=["fri"], minutes=60)
    one.lives(1)
    one.at.day += DAY
    go_to(one.at.day, monkeypatch)
    is_in(site, one)
    starts = one.at.day
    reading.look("/week")
    days = [starts + number * DAY for number in range(-1, 8)]
    blocks = blocks_of(site.desk(OWNER), starts)
    for on, to in product(days[::3], days[::2]):
        reading.post(f"/week/{starts}/move", on=str(on), to=str(to))
    for on, km in product(days[:4], ("60", "far", "nan")):
        reading.post(f"/week/{starts}/length", on=str(on), km=km)
    others = ("squat", "clamshell", "calf_stretch", "banded_side_step")
    for on, exercise in blocks[:2]:
        for instead in others:
            reading.post(f"/week/{starts}/swap", on=str(on), exercise=exercise, instead=instead)
    for on in days[::3]:
        reading.post(f"/week/{starts}/rest", on=str(on))
    reading.post(f"/week/{starts}/undo")
    reading.look(f"/week/{starts}")
    reading.post(f"/week/{starts}/redo")
    reading.look(f"/week/{starts}", "/week/1999-01-01", "/week/monday", "/week/2026-07-33")


def blocks_of(desk: Any, starts: date) -> list[tuple[date, str]]:
    week = kept_week_of(desk.store, starts)
    assert week is not None
    return [
        (day.date, block.exercise)
        for day in days_of(week)
        for block in day.blocks
        if block.exercise and block.kind in (BlockKind.LATERAL, BlockKind.STRENGTH, BlockKind.FOOT)
    ][:4]


@pytest.mark.parametrize("kind", [DayKind.RUN, DayKind.OFF, DayKind.REST])
def test_the_player_and_the_check_in(
    site: Site, reading: Reading, kind: DayKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = begin_loop(site.wiring)
    on = days.get(kind, ON)
    go_to(on, monkeypatch)
    reading.look(
        "/today",
        "/check-in",
        f"/check-in?day={on - DAY}",
        f"/play/{on}",
        "/play/2020-01-01",
        "/play/never",
    )
    for number in range(1, 30):
        if reading.browser.get(f"/play/{on}/{number}").status_code != 200:
            break
        reading.look(f"/play/{on}/{number}")
        reading.post(f"/play/{on}/{number}", did="done", pain="2")
    reading.look(f"/play/{on}/done", "/check-in")
    form = {"day": str(on), "key": "k", "new_signs": "no"}
    reading.post("/check-in", **form, pain_now="many")
    reading.post("/check-in", **{**form, "day": "soon"}, pain_now="1")
    reading.post("/check-in", **{**form, "day": str(on + 9 * DAY)}, pain_now="1")
    reading.post("/check-in", **form)
    reading.post("/check-in", **form, pain_now="4", ran="yes", pain_on_run="5", did="some")
    reading.post("/check-in", **{**form, "new_signs": "yes"}, pain_now="7")
    for _ in range(40):
        page = reading.browser.get("/check-in/signs", params={"day": str(on)})
        named = re.search(r'name="question" value="(\w+)".*?name="passed" value="(\w*)"', page.text)
        if page.status_code != 200 or named is None:
            break
        reading.look(f"/check-in/signs?day={on}")
        reading.post(
            "/check-in/signs", day=str(on), question=named[1], passed=named[2], answer="unknown"
        )
        break
    reading.look(f"/check-in/done?day={on}", "/today", "/week", "/progress")


def test_a_week_to_take_along(
    site: Site, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_loop(site.wiring)
    watch = f"/week/{ON}/watch"
    reading.look(watch, f"/week/{ON + 7 * DAY}", f"/week/{ON + 7 * DAY}/watch")
    reading.post(watch, first="120", last="145", texts="yes")
    reading.post(watch, first="fast", last="")
    reading.post(f"{watch}/file", on="2026-11-01")
    check_the_knee(site.wiring, "urgent")
    reading.look("/week", watch)
    go_to(ON + 8 * DAY, monkeypatch)
    reading.look(f"/week/{ON}", watch)


@pytest.mark.parametrize("example", ["urgent", "emergency", "soon", "unknown_flag"])
def test_a_plan_that_is_put_away(site: Site, reading: Reading, example: str) -> None:
    begin_loop(site.wiring)
    tell(site.wiring, ON, pain_now=1)
    check_the_knee(site.wiring, example)
    reading.look(*OWN_PAGES, f"/check-in/done?day={ON}", f"/week/{ON}/review")


def test_somebody_who_has_told_nothing_yet(reading: Reading) -> None:
    reading.look(*OWN_PAGES, f"/week/{ON}/review", "/ask/print", "/ask/print?parts=all")


# --- settings, history ---------------------------------------------------------------------------


def test_settings_and_what_they_refuse(site: Site, reading: Reading) -> None:
    begin_loop(site.wiring)
    week = {"minutes": "40", "running_days_max": "3", "long_run_on": "sun", "not_on": ["tue"]}
    reading.post("/settings/week", **week, equipment=["band"])
    wrong = [
        ("minutes", "-3"), ("minutes", "many"), ("minutes", "9999"), ("running_days_max", "9"),
        ("long_run_on", "tue"),
        ("goal_km", "far"), ("goal_km", "900"), ("goal_on", "soon"), ("class_minutes", "x"),
    ]  # fmt: skip
    more = {"goal_km": "10", "goal_on": "2027-05-02", "class_on": "wed", "class_minutes": "45"}
    for name, value in wrong:
        reading.post("/settings/week", **{**week, **more, name: value})
    reading.post("/settings/week", **week, goal_km="10")
    limits = {"longest_run": "3", "longest_run_min": "30", "clinician_days": "2", "pain_max": "2"}
    for name, value in [
        ("longest_run", "far"), ("longest_run_min", "0"), ("clinician_days", "9"),
        ("pain_max", "x"), ("not_doing", "knitting"), ("no_running_until", "soon"),
    ]:  # fmt: skip
        reading.post("/settings/clinician", **{**limits, name: value})
    until = (ON + timedelta(days=3)).isoformat()
    more_limits = {"no_running_until": until, "no_jumping": "yes", "not_doing": ["strength"]}
    reading.post("/settings/clinician", **limits, **more_limits, seen_on=ON.isoformat())
    reading.look("/settings", "/week", "/weeks")
    reading.post("/settings/password", old="no", new="four other words here")
    reading.post("/settings/password", old="four words in a row", new="short")
    reading.post("/settings/tokens", name="Runner", scopes=["read", "write"])
    reading.post("/settings/tokens", name="", scopes=["read"])
    reading.post("/settings/tokens", name="Runner")
    reading.post("/settings/erase", password=WRONG)


def test_files_that_were_sent(site: Site, reading: Reading, jobs: ScriptedJobs) -> None:
    begin_loop(site.wiring)
    browser = reading.browser
    empty = [("files", ("", b"", "application/octet-stream"))]
    reading.read("no file", browser.post("/connect/files", files=empty))
    file = ("files", ("run.gpx", b"<gpx></gpx>", "application/gpx+xml"))
    reading.read("too many", browser.post("/connect/files", files=[file] * 501))
    reading.read("nothing", browser.post("/connect/files", data={}))
    browser.post("/connect/files", files=[file])
    (job,) = jobs.jobs_of(OWNER)
    reading.look("/connect", f"/jobs/{job.id}", "/jobs/none")
    for message in ("beginning", "waiting", "reading", "watching", "writing", ""):
        jobs.become(OWNER, job.id, status=JobStatus.RUNNING, progress=0.4, message=message)
        reading.look(f"/jobs/{job.id}")
    jobs.become(OWNER, job.id, status=JobStatus.CANCELLED)
    reading.look(f"/jobs/{job.id}")
    error = JobError(code="unreadable", message="No squat was found in this clip.")
    jobs.become(OWNER, job.id, status=JobStatus.FAILED, error=error)
    reading.look(f"/jobs/{job.id}")
    reading.post("/connect/activities/none", verdict="keep")
    run = f"/connect/activities/{site.wiring.store.activities()[-1].id}"
    reading.look("/connect/activities", "/connect/activities?after=50", run)
    reading.post(f"{run}/correct", verdict="exclude")


def test_a_page_that_is_made(site: Site, reading: Reading, jobs: ScriptedJobs) -> None:
    begin_loop(site.wiring)
    for path in ("/ask/page", "/knee/report"):
        reading.browser.post(path)
    for job in jobs.jobs_of(OWNER):
        reading.look(f"/jobs/{job.id}")
        for status in (JobStatus.RUNNING, JobStatus.CANCELLED):
            jobs.become(OWNER, job.id, status=status, message="writing")
            reading.look(f"/jobs/{job.id}", f"/jobs/{job.id}/page.pdf")
        error = JobError(
            code="storage",
            message="the page cannot be written",
            hint="Check the free space of the data folder.",
        )
        jobs.become(OWNER, job.id, status=JobStatus.FAILED, error=error)
        reading.look(f"/jobs/{job.id}")
    site.wiring.job_files.erase(OWNER)
    jobs.become(OWNER, job.id, status=JobStatus.DONE)
    reading.look(f"/jobs/{job.id}", f"/jobs/{job.id}/page.pdf")


# --- clips and mirror ----------------------------------------------------------------------------


def test_clips_of_every_kind(site: Site, reading: Reading, jobs: ScriptedJobs) -> None:
    begin_loop(site.wiring)
    later = datetime(2026, 12, 22, tzinfo=UTC)
    clips = [
        keep(site, kept_run()),
        keep(site, kept_squat()),
        keep(site, replace(kept_run(), id="run-2", made_at=later)),
        keep(site, replace(kept_squat(), id="squat-2", made_at=later)),
        keep(site, replace(kept_run(run_analysis(n_steps=40)), id="run-3", made_at=later)),
        keep(site, replace(unusable(), id="bad")),
    ]
    ids = [clip.id for clip in clips]
    reading.look("/clips", "/progress", "/ask", "/ask/print", *(f"/clips/{id}" for id in ids))
    for one, other in product(ids, ids):
        reading.look(f"/clips/compare?one={one}&other={other}")
    reading.look("/clips/none", "/clips/compare?one=none&other=none", "/clips/new/jump")
    send(reading.browser)
    (job,) = jobs.jobs_of(OWNER)
    reading.look("/clips", f"/jobs/{job.id}")
    jobs.become(OWNER, job.id, status=JobStatus.RUNNING, progress=0.4, message="watching")
    reading.look(f"/jobs/{job.id}")
    error = JobError(code="unreadable", message="No squat was found in this clip.", hint="")
    jobs.become(OWNER, job.id, status=JobStatus.FAILED, error=error)
    reading.look(f"/jobs/{job.id}")
    jobs.become(OWNER, job.id, status=JobStatus.CANCELLED)
    reading.look(f"/jobs/{job.id}")
    reading.read("empty", reading.browser.post("/clips/film", data={"shows": "run"}))
    reading.read("jump", send(reading.browser, shows="jump"))
    reading.read("above", send(reading.browser, view="above"))


@pytest.mark.parametrize("example", ["self_care", "emergency", "unknown_flag"])
def test_the_mirror(site: Site, reading: Reading, example: str) -> None:
    reading.look("/mirror")
    checked(site, example)
    nothing = {"value": None, "reason": "Too few steps in a row were seen."}
    part = {"has_feedback": True, "duration_s": 20.0, "left": leg(None), "right": leg(None)}
    ids = [
        ran(site),
        ran(site, 2, broke_off="the line broke"),
        ran(site, None, limit=None, left=leg(None, None), right=leg(None, None), parts=[part],
            delay_ms=None, cadence_spm=nothing),
    ]  # fmt: skip
    reading.look("/mirror", "/mirror/sessions/none", *(f"/mirror/sessions/{id}" for id in ids))
    setup = {"view": "rear", "watched": "fppa_deg", "limit": "7.5"}
    for wrong in ({"limit": "much"}, {"limit": "900"}, {}):
        reading.post("/mirror/setup", **{**setup, **wrong})
    for number in range(3, 9):
        ran(site, number)
    reading.look("/mirror")
