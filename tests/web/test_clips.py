"""Clips in the browser: sent, watched, shown, compared, deleted, and nobody else's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from builders.clip_results import CAPTIONS, kept_run, kept_squat, run_analysis, write_still
from fakes.jobs import ScriptedJobs
from sidestep.bootstrap.settings import OWNER
from sidestep.domain.motion.quality import Problem, Quality
from sidestep.domain.motion.run_analysis import Drift, RunMeasure
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measured
from sidestep.services.clips.beside_drawing import NO_GOAL
from sidestep.services.ports import StoredDocument
from sidestep.services.ports.jobs import JobError, JobKind, JobStatus
from sidestep.web.site import Site

from .conftest import Browser

FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 8


def send(browser: Browser, content: bytes = FILM, name: str = "knee.mp4", **form: str) -> Any:
    files = {"film": (name, content, "video/mp4")}
    return browser.post("/clips/film", files=files, data={"shows": "squat", **form})


def keep(site: Site, clip: StoredDocument, owner: str = OWNER) -> StoredDocument:
    """Keep a clip as it would be, with a still and a film of pictures in its owner's folder."""
    desk = site.desk(owner)
    folder = desk.wiring.clip_folder.pictures(clip.content["clip_id"])
    write_still(folder / "worst_left.jpg", 120)
    (folder / "overlay.mp4").write_bytes(FILM)
    names = {name: f"{folder.name}/{name}" for name in ("worst_left.jpg", "overlay.mp4")}
    pictures = {Path(name).stem: path for name, path in names.items()}
    captions = {"worst_left": CAPTIONS["worst_left"]}
    content = {**clip.content, "pictures": pictures, "captions": captions}
    kept = replace(clip, content=content)
    desk.store.save_document(kept)
    return kept


def unusable() -> StoredDocument:
    problem = Problem(
        code="not_running",
        message="Nobody runs in this clip: the legs don't take turns.",
        hint="Film yourself running at your usual speed, for at least 20 seconds.",
        is_fatal=True,
    )
    return kept_run(replace(run_analysis(), quality=Quality(problems=(problem,))))


def test_a_film_is_kept_for_its_job_and_the_page_says_how_far_it_is(
    runner: Browser, site: Site, jobs: ScriptedJobs
) -> None:
    sent = send(runner, keep="yes")
    assert sent.status_code == 303
    (job,) = jobs.jobs_of(OWNER)
    assert sent.headers["location"] == f"/jobs/{job.id}"
    assert (job.kind, job.arguments["shows"], job.arguments["keep"]) == (
        JobKind.ANALYSE_CLIP,
        "squat",
        True,
    )
    (file,) = site.wiring.job_files.files(OWNER, job.arguments["upload"])
    assert (file.path.read_bytes(), file.label) == (FILM, "knee.mp4")
    assert "Waiting its turn" in runner.get(f"/jobs/{job.id}").text
    jobs.become(OWNER, job.id, status=JobStatus.RUNNING, progress=0.4)
    assert "40.0" in runner.get(f"/jobs/{job.id}").text
    assert f"/jobs/{job.id}" in runner.get("/clips").text


def test_when_it_is_done_the_page_goes_on_to_the_result(
    runner: Browser, site: Site, jobs: ScriptedJobs
) -> None:
    send(runner)
    (job,) = jobs.jobs_of(OWNER)
    kept = keep(site, kept_squat())
    jobs.become(OWNER, job.id, status=JobStatus.DONE, result={"document": kept.id})
    told = runner.get(f"/jobs/{job.id}", headers={"hx-request": "true"})
    assert (told.status_code, told.headers["hx-redirect"]) == (204, f"/clips/{kept.id}")
    assert runner.get(f"/jobs/{job.id}").headers["location"] == f"/clips/{kept.id}"


def test_what_is_no_video_is_told_with_what_to_do(runner: Browser, jobs: ScriptedJobs) -> None:
    send(runner, b"no video", "notes.txt")
    (job,) = jobs.jobs_of(OWNER)
    error = JobError(
        code="unreadable", message="notes.txt holds no film.", hint="Give a video as a phone does."
    )
    jobs.become(OWNER, job.id, status=JobStatus.FAILED, error=error)
    shown = runner.get(f"/jobs/{job.id}").text
    for said in (error.message, error.hint, "/clips/new/squat"):
        assert said in shown


def test_a_job_can_be_stopped(runner: Browser, jobs: ScriptedJobs) -> None:
    send(runner)
    (job,) = jobs.jobs_of(OWNER)
    assert runner.post(f"/jobs/{job.id}/cancel").headers["location"] == f"/jobs/{job.id}"
    shown = runner.get(f"/jobs/{job.id}").text
    assert "Stopped" in shown
    assert "/clips/new/squat" in shown


@pytest.mark.parametrize("films", [{}, {"film": ("", b"")}, {"film": ("empty.mp4", b"")}])
def test_no_film_is_no_job(runner: Browser, jobs: ScriptedJobs, films: dict[str, Any]) -> None:
    answer = runner.post("/clips/film", files=films or None, data={"shows": "run"})
    assert answer.status_code == 422
    assert jobs.jobs_of(OWNER) == []


@pytest.mark.parametrize("form", [{"shows": "jump"}, {"view": "above"}])
def test_what_is_not_known_is_refused(
    runner: Browser, jobs: ScriptedJobs, form: dict[str, str]
) -> None:
    assert send(runner, FILM, "knee.mp4", **form).status_code == 422
    assert jobs.jobs_of(OWNER) == []


def test_a_run_shows_its_steps_bands_and_change(runner: Browser, site: Site) -> None:
    clip = keep(site, kept_run())
    shown = runner.get(f"/clips/{clip.id}").text
    for said in (
        clip.content["summary"]["headline"],
        "9.4° in",
        "± 1.4°",
        "Fresh against tired",
        "a clear change",
        f"/clips/{clip.id}/media/overlay",
        "What one camera cannot tell",
    ):
        assert said in shown
    assert shown.count('data-at="') > 200
    assert shown.count("More than one person is in the picture") == 1


def test_what_both_legs_share_is_shown_once(runner: Browser, site: Site) -> None:
    shown = runner.get(f"/clips/{keep(site, kept_squat()).id}").text
    (card,) = (each for each in shown.split("<section") if "Knees against ankles</h2>" in each)
    assert card.count('<b class="num">0.84</b>') == 1
    assert ">both<" in card
    assert "<svg" not in card


@pytest.mark.parametrize("clip", [kept_run(), kept_squat(), unusable()])
def test_a_clip_that_was_worded_otherwise_when_it_was_kept_is_said_in_todays_words(
    runner: Browser, site: Site, clip: StoredDocument
) -> None:
    told = clip.content["summary"]
    worded = {**told, "headline": "Worded otherwise.", "points": [], "film_better": []}
    kept = keep(site, replace(clip, content={**clip.content, "summary": worded}))
    for path in ("/clips", f"/clips/{kept.id}", "/progress"):
        shown = unescape(runner.get(path).text)
        assert "Worded otherwise." not in shown
        assert told["headline"] in shown.replace("\u00a0", " ")


def test_a_change_beyond_its_error_that_is_not_clear_is_not_said_to_be_within_it(
    runner: Browser, site: Site
) -> None:
    """It may be too small to mean anything and still exceed the error."""
    name = RunMeasure.FEMORAL_ADDUCTION
    at_start, at_end = (Measured(value=value, error=2.0, n=20) for value in (10.0, 7.8))
    drift = Drift(early=at_start, late=at_end, change=-2.2, error=0.7, is_clear=False)
    analysis = replace(run_analysis(), drift={side: {name: drift} for side in Side})
    clip = keep(site, kept_run(analysis))
    shown = runner.get(f"/clips/{clip.id}").text
    assert "Fresh against tired" in shown
    assert "too little to rest anything on" in shown
    assert "within the error" not in shown


def test_squats_are_shown_one_by_one_at_their_place_in_the_film(
    runner: Browser, site: Site
) -> None:
    clip = keep(site, kept_squat())
    shown = runner.get(f"/clips/{clip.id}").text
    for repetition in clip.content["repetitions"]:
        assert f'data-at="{repetition["bottom_s"]}"' in shown


@pytest.mark.parametrize("shows", ["run", "squat"])
def test_where_the_camera_stood_can_be_said_of_every_film(
    runner: Browser, jobs: ScriptedJobs, shows: str
) -> None:
    assert '<select name="view">' in runner.get(f"/clips/new/{shows}").text
    send(runner, shows=shows, view="front")
    (job,) = jobs.jobs_of(OWNER)
    assert job.arguments["view"] == "front"


def test_squats_stand_beside_their_drawing_and_a_run_does_not(runner: Browser, site: Site) -> None:
    squat, run = keep(site, kept_squat()), keep(site, kept_run())
    shown = unescape(runner.get(f"/clips/{squat.id}").text)
    assert "Beside the drawing" in shown
    assert "Depth: the drawing" in shown
    assert NO_GOAL in shown
    runner.headers["accept-language"] = "de"
    in_german = unescape(runner.get(f"/clips/{squat.id}").text)
    assert "Knie über dem Fuß, links gegen rechts: die Zeichnung 0,0 % auseinander" in in_german
    assert "Neben der Zeichnung" not in unescape(runner.get(f"/clips/{run.id}").text)


def test_an_unusable_clip_shows_why_and_never_a_number(runner: Browser, site: Site) -> None:
    clip = keep(site, unusable())
    shown = runner.get(f"/clips/{clip.id}").text
    (problem,) = clip.content["quality"]["problems"]
    for said in (problem["message"], problem["hint"], "/clips/new/run"):
        assert said in unescape(shown)
    assert "°" not in shown
    assert "±" not in shown
    assert "/media/overlay" in shown
    assert "worst_left" not in shown


def test_the_list_has_newest_first_and_offers_to_compare_usable_ones(
    runner: Browser, site: Site
) -> None:
    assert "No clip yet" in runner.get("/clips").text
    for clip in (kept_run(), kept_squat(), replace(unusable(), id="clip_run-bad")):
        keep(site, clip)
    shown = runner.get("/clips").text
    assert "Compare two" not in shown
    assert "cannot be measured" in shown
    assert shown.count("no-still refused") == 1
    keep(site, replace(kept_run(), id="clip_run-2"))
    assert "Compare two runs" in runner.get("/clips").text


def test_two_clips_are_compared_the_older_one_first(runner: Browser, site: Site) -> None:
    older = keep(site, kept_run())
    newer = keep(
        site, replace(kept_run(), id="clip_run-2", made_at=datetime(2026, 12, 22, tzinfo=UTC))
    )
    for one, other in ((older.id, newer.id), (newer.id, older.id)):
        shown = runner.get("/clips/compare", params={"one": one, "other": other}).text
        assert shown.index(older.id) < shown.index(newer.id)
        assert "Nothing changed by more than measuring alone can make" in shown
        assert "+0.0°" in shown or "0.0°" in shown


def test_what_cannot_be_compared_says_so(runner: Browser, site: Site) -> None:
    run, squat = keep(site, kept_run()), keep(site, kept_squat())
    for one, other in ((run.id, run.id), (run.id, squat.id)):
        answer = runner.get("/clips/compare", params={"one": one, "other": other})
        assert answer.status_code == 422
        assert "cannot be compared" in answer.text
    assert runner.get("/clips/compare", params={"one": run.id, "other": "x"}).status_code == 404


def test_the_film_is_given_in_parts(runner: Browser, site: Site) -> None:
    clip = keep(site, kept_run())
    part = runner.get(f"/clips/{clip.id}/media/overlay", headers={"range": "bytes=4-11"})
    assert (part.status_code, part.content) == (206, FILM[4:12])
    assert part.headers["content-type"] == "video/mp4"
    assert part.headers["cache-control"] == "no-store"
    still = runner.get(f"/clips/{clip.id}/media/worst_left")
    assert (still.status_code, still.headers["content-type"]) == (200, "image/jpeg")


@pytest.mark.parametrize("name", ["film", "typical_left", "%2e%2e", "overlay.mp4"])
def test_what_a_clip_has_not_is_not_given(runner: Browser, site: Site, name: str) -> None:
    clip = keep(site, kept_run())
    assert runner.get(f"/clips/{clip.id}/media/{name}").status_code == 404


def test_a_picture_outside_ones_own_folder_is_not_given(
    runner: Browser, site: Site, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(b"secret")
    clip = kept_run()
    for number, path in enumerate((str(secret), "../../secret.jpg", "6257974d94df/gone.jpg")):
        named = replace(
            clip,
            id=f"clip_run-{number}",
            content={
                **clip.content,
                "pictures": {"worst_left": path},
                "captions": {"worst_left": "a step"},
            },
        )
        site.desk(OWNER).store.save_document(named)
        assert runner.get(f"/clips/{named.id}/media/worst_left").status_code == 404
        assert "media/worst_left" not in runner.get(f"/clips/{named.id}").text


def test_a_clip_and_all_of_it_are_its_owners(
    runner: Browser,
    site: Site,
    jobs: ScriptedJobs,
    sign_up: Callable[[str, str], Browser],
    visitor: Browser,
) -> None:
    other = sign_up("other", "Other")
    clip = keep(site, kept_run())
    send(runner)
    (job,) = jobs.jobs_of(OWNER)
    own = keep(site, replace(kept_run(), id="clip_run-others"), "other")
    for path in (
        f"/clips/{clip.id}",
        f"/clips/{clip.id}/media/overlay",
        f"/clips/{clip.id}/media/worst_left",
        f"/jobs/{job.id}",
        f"/jobs/{job.id}/events",
        f"/clips/compare?one={own.id}&other={clip.id}",
    ):
        assert other.get(path).status_code == 404, path
        assert visitor.get(path).status_code == 303, path
    for path in (f"/clips/{clip.id}/delete", f"/jobs/{job.id}/cancel"):
        assert other.post(path).status_code == 404, path
        assert visitor.post(path).status_code == 303, path
    assert visitor.post("/clips/film", data={"shows": "run"}).status_code in (303, 422)
    assert clip.id not in other.get("/clips").text
    assert jobs.state(OWNER, job.id) == job
    assert runner.get(f"/clips/{clip.id}").status_code == 200


def test_deleting_takes_the_pictures_too(runner: Browser, site: Site) -> None:
    clip = keep(site, kept_run())
    folder = site.wiring.settings.files / "clips" / clip.content["clip_id"]
    assert folder.exists()
    assert runner.post(f"/clips/{clip.id}/delete").headers["location"] == "/clips"
    assert not folder.exists()
    assert runner.get(f"/clips/{clip.id}").status_code == 404


@pytest.mark.parametrize("shows", ["run", "squat"])
def test_how_to_film_is_shown_with_and_without_a_camera(runner: Browser, shows: str) -> None:
    shown = runner.get(f"/clips/new/{shows}").text
    assert 'enctype="multipart/form-data"' in shown
    assert "serve --https" in shown


def test_all_of_it_reads_in_german_and_below_a_path(
    runner: Browser, site: Site, jobs: ScriptedJobs
) -> None:
    clips = [
        keep(site, kept_run()),
        keep(site, kept_squat()),
        keep(site, replace(unusable(), id="u")),
    ]
    send(runner)
    (job,) = jobs.jobs_of(OWNER)
    runner.headers["accept-language"] = "de"
    site.root_path = "/sidestep"
    paths = ["/clips", "/clips/new/run", f"/jobs/{job.id}"]
    for path in (*paths, *(f"/clips/{clip.id}" for clip in clips)):
        shown = runner.get(path)
        assert shown.status_code == 200, path
        assert 'href="/clips' not in shown.text, path
