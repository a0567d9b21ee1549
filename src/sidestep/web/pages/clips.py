"""Clips: how to film one, what it told, two compared; how far one is watched is in ``jobs``."""

from pathlib import Path
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Request, UploadFile
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from sidestep.errors import InputError
from sidestep.languages.place_names import N_
from sidestep.services.clips.beside_drawing import beside_drawing, drawn_squat
from sidestep.services.clips.clip_comparison import compare_for_page
from sidestep.services.clips.clip_result import clip_result
from sidestep.services.clips.delete_clip import delete_clip
from sidestep.services.clips.list_clips import find_clip, newest_clips_first
from sidestep.services.clips.said_again import said_again
from sidestep.services.ports import StoredDocument
from sidestep.services.ports.jobs import JobKind, JobState
from sidestep.web.clip_drawings import drift_strip, side_strip, step_chart
from sidestep.web.closer import in_language, steps_chart
from sidestep.web.desk import Desk
from sidestep.web.figures import figure_of
from sidestep.web.guard.sizes import UPLOAD_BYTES
from sidestep.web.rendering import page
from sidestep.web.who import MyDesk, NotFoundError, language_of, site_of

router = APIRouter(include_in_schema=False)

Shows = Literal["run", "squat"]
Filmed = Literal["auto", "rear", "front", "side"]

MEDIA: Final = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".jpg": "image/jpeg",
}
"""What is given out of a clip's folder; anything else as bytes to keep."""

KEPT_CLIP: Final = "film"
SQUAT: Final = "squat"
"""A clip of squats, and the one exercise whose drawing such a clip can be set beside."""


@router.get("/clips")
def list_clips(request: Request, desk: MyDesk) -> Response:
    """Show her clips, and those that are still being watched."""
    kept = newest_clips_first(desk.store, desk.clock.now().tzinfo)
    clips = [said_again(each, desk.knowledge) for each in kept]
    kinds = [
        [
            each
            for each in clips
            if each.content["kind"] == kind and each.content["quality"]["usable"]
        ]
        for kind in ("run", "squat")
    ]
    return page(
        request,
        "clips.html",
        clips=clips,
        underway=[each for each in _jobs(desk) if not each.status.is_final],
        comparable=[kind for kind in kinds if len(kind) > 1],
    )


@router.get("/clips/new/{shows}")
def film_clip(request: Request, desk: MyDesk, shows: Shows) -> Response:
    """Show how to film, with the camera where the browser gives one."""
    return page(request, "clip_new.html", shows=shows, wrong=None)


@router.post("/clips/film")
def take_film(
    request: Request,
    desk: MyDesk,
    film: UploadFile,
    shows: Annotated[Shows, Form()],
    view: Annotated[Filmed, Form()] = "auto",
    keep: Annotated[str, Form()] = "",
) -> Response:
    """Take a film and have it watched."""
    if not film.filename or not film.size:
        wrong = InputError(
            N_("there is no film in what was sent"), hint=N_("Choose one, and send it.")
        )
        return page(request, "clip_new.html", status=422, shows=shows, wrong=wrong)
    files, owner = desk.wiring.job_files, desk.owner_id
    upload = files.begin(owner)
    try:
        files.add(owner, upload, film.filename, film.file, most_bytes=UPLOAD_BYTES)
    except BaseException:
        files.discard(owner, upload)
        raise
    arguments = {"upload": upload, "shows": shows, "view": view, "keep": bool(keep)}
    job_id = desk.wiring.jobs.start(JobKind.ANALYSE_CLIP, owner, arguments, f"clip {upload}")
    return _to(request, f"/jobs/{job_id}")


@router.get("/clips/compare")
def compare_clips(request: Request, desk: MyDesk, one: str, other: str) -> Response:
    """Show what changed between two clips."""
    compared = compare_for_page(_clip(desk, one), _clip(desk, other), desk.knowledge)
    return page(request, "clip_compare.html", compared=compared)


@router.get("/clips/{clip_id}")
def show_clip(request: Request, desk: MyDesk, clip_id: str) -> Response:
    """Show what a clip told, or why it could not be measured."""
    clip = _clip(desk, clip_id)
    result = desk.kept(f"clip {clip_id}", lambda: clip_result(clip, **desk.pieces))
    shown = result.page
    return page(
        request,
        "clip.html",
        result=result,
        clip=clip,
        content=result.clip.content,
        media={name: _media(desk, clip, name) is not None for name in clip.content["pictures"]},
        has_film=clip.content["kept_clip"] is not None,
        charts=[] if shown is None else [step_chart(c, result.step_times_s) for c in shown.charts],
        strips=[] if shown is None else [(each, side_strip(each)) for each in shown.findings],
        drifts=[(each, drift_strip(each)) for each in result.drifts],
        beside=() if shown is None else _beside(desk, clip),
        figure=figure_of(desk.wiring, SQUAT),
    )


def _beside(desk: Desk, clip: StoredDocument) -> tuple[str, ...]:
    """Return what squats say beside their drawing; nothing where they cannot be compared."""
    if clip.content["kind"] != SQUAT:
        return ()
    drawn = drawn_squat(SQUAT, desk.wiring.read_drawing)
    compared = beside_drawing(SQUAT, drawn, clip.content)
    return tuple(compared["says"]) if compared["comparable"] else ()


@router.get("/clips/{clip_id}/chart.json")
def steps(request: Request, desk: MyDesk, clip_id: str) -> Response:
    """Give a clip's measures step by step as a chart to look closer at."""
    clip, reader = _clip(desk, clip_id), language_of(request)
    shown = desk.kept(f"clip {clip_id}", lambda: clip_result(clip, **desk.pieces)).page
    if shown is None or not shown.charts:
        raise NotFoundError(N_("there is no such picture"))
    return JSONResponse(in_language(steps_chart(shown.charts, reader), reader))


@router.get("/clips/{clip_id}/media/{name}")
def give_media(desk: MyDesk, clip_id: str, name: str) -> Response:
    """Give one of a clip's pictures, its overlay, or the film itself where it was kept."""
    path = _media(desk, _clip(desk, clip_id), name)
    if path is None:
        raise NotFoundError(N_("there is no such picture"))
    media_type = MEDIA.get(path.suffix.lower(), "application/octet-stream")
    download = f"{clip_id}{path.suffix}" if name == KEPT_CLIP else None
    return FileResponse(path, media_type=media_type, filename=download)


@router.post("/clips/{clip_id}/delete")
def delete(request: Request, desk: MyDesk, clip_id: str) -> Response:
    """Delete a clip with its pictures."""
    delete_clip(_clip(desk, clip_id), store=desk.store, folder=desk.wiring.clip_folder)
    return _to(request, "/clips")


def _clip(desk: Desk, clip_id: str) -> StoredDocument:
    clip = find_clip(clip_id, desk.store, desk.clock.now().tzinfo)
    if clip is None:
        raise NotFoundError(N_("there is no such clip"))
    return clip


def _media(desk: Desk, clip: StoredDocument, name: str) -> Path | None:
    """Return a file of this clip that lies in her own folder of clips; a result may name others."""
    content = clip.content
    named = content["kept_clip"] if name == KEPT_CLIP else content["pictures"].get(name)
    if named is None:
        return None
    path = desk.wiring.clip_folder.path_of(named).resolve()
    own = (desk.wiring.settings.files / "clips").resolve()
    return path if path.is_relative_to(own) and path.is_file() else None


def _jobs(desk: Desk) -> list[JobState]:
    jobs = desk.wiring.jobs.jobs_of(desk.owner_id)
    return [each for each in jobs if each.kind is JobKind.ANALYSE_CLIP]


def _to(request: Request, path: str) -> Response:
    return RedirectResponse(f"{site_of(request).root_path}{path}", status_code=303)
