"""``sidestep clip``: measure the knee in a video; what is measured is decided elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sidestep.cli.clip_kept import delete, list_command, show
from sidestep.cli.clip_live import live
from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from sidestep.services.clips.analyse_clip import ClipTools, ClipWishes
    from sidestep.services.clips.clip_kinds import ClipKind
    from sidestep.services.ports import StoredDocument

VIEWS = ("auto", "rear", "front", "side")


def _clip_options(function: Any) -> Any:
    options = (
        click.argument("clip", type=click.Path(path_type=Path)),
        click.option(
            "--view",
            type=click.Choice(VIEWS),
            default="auto",
            show_default=True,
            help="Where the camera stood, seen from you.",
        ),
        click.option("--keep", is_flag=True, help="Keep a copy of the clip in your data folder."),
        click.option(
            "--no-pictures", is_flag=True, help="Only the numbers: no overlay, no stills."
        ),
    )
    for option in reversed(options):
        function = option(function)
    return common_options(function)


@click.group()
@common_options
def command() -> None:
    """See the knee: measure a running or squat clip, compare two, practise with the mirror."""


for each in (live, list_command, show, delete):
    command.add_command(each)


@command.command()
@_clip_options
@pass_session
def run(session: Session, clip: Path, view: str, *, keep: bool, no_pictures: bool) -> None:
    """Measure running on a treadmill, filmed from behind, from the front or from the side.

    Half a minute at 60 frames a second or more, the whole body in the picture. Your file stays
    where it is; no copy is made unless you ask for one.
    """
    from sidestep.services.clips.clip_kinds import RUN

    document = _measured(session, clip, RUN, _wishes(view, keep=keep, draws=not no_pictures))
    if session.as_json:
        session.print_json({"id": document.id, **document.content})
        return
    from sidestep.cli.clip_pages import print_clip

    print_clip(session.console, document)


@command.command()
@_clip_options
@click.option(
    "--exercise",
    metavar="ID",
    help="Set it beside the drawing of this exercise: squat is the one that can be compared.",
)
@pass_session
def squat(
    session: Session,
    clip: Path,
    view: str,
    exercise: str | None,
    *,
    keep: bool,
    no_pictures: bool,
) -> None:
    """Measure squats, on both legs or on one, filmed from the front.

    Stand quietly for a moment, then five slow repetitions, feet in the picture all the time. No
    seat and no weight; on one leg, keep the free foot behind you.
    """
    from sidestep.services.clips.beside_drawing import beside_drawing, drawn_squat
    from sidestep.services.clips.clip_kinds import SQUAT

    drawn = None if exercise is None else drawn_squat(exercise, session.wiring.read_drawing)
    document = _measured(session, clip, SQUAT, _wishes(view, keep=keep, draws=not no_pictures))
    compared = None
    if exercise is not None and drawn is not None:
        compared = beside_drawing(exercise, drawn, document.content)
    if session.as_json:
        session.print_json({"id": document.id, **document.content, "compared_with": compared})
        return
    from sidestep.cli.clip_pages import print_beside_drawing, print_clip

    print_clip(session.console, document)
    if compared is not None:
        print_beside_drawing(session.console, compared)


def _wishes(view: str, *, keep: bool, draws: bool) -> "ClipWishes":
    from sidestep.domain.motion.views import View
    from sidestep.services.clips.analyse_clip import ClipWishes

    return ClipWishes(view=None if view == "auto" else View(view), keeps_clip=keep, draws=draws)


def _tools(session: Session) -> "ClipTools":
    from sidestep.services.clips.analyse_clip import ClipTools

    wiring = session.wiring
    return ClipTools(
        poses=wiring.pose_source,
        pictures=wiring.clip_pictures,
        folder=wiring.clip_folder,
        open_store=wiring.store_for_later(),
        read_knowledge=lambda: wiring.knowledge,
        clock=wiring.clock,
    )


def _measured(
    session: Session, clip: Path, kind: "ClipKind[Any]", wishes: "ClipWishes"
) -> "StoredDocument":
    from sidestep.services.clips.clip_paths import with_paths

    return with_paths(_with_bar(session, clip, kind, wishes), session.wiring.clip_folder)


def _with_bar(
    session: Session, clip: Path, kind: "ClipKind[Any]", wishes: "ClipWishes"
) -> "StoredDocument":
    from sidestep.cli.progress_bar import shown_progress
    from sidestep.services.clips.analyse_clip import analyse_clip

    with shown_progress(session.console, f"Watching {clip.name}") as progress:
        return analyse_clip(clip, kind, wishes, _tools(session), progress)


@command.command()
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    default="auto",
    show_default=True,
    help="Where the camera stood, for clips that are measured now.",
)
@click.option(
    "--kind",
    type=click.Choice(("auto", "run", "squat")),
    default="auto",
    show_default=True,
    help="What the files show. auto: as they were measured before, else like the other clip.",
)
@common_options
@pass_session
def compare(session: Session, before: str, after: str, view: str, kind: str) -> None:
    """Compare two runs or two squat clips: fresh and tired, or before and after eight weeks.

    BEFORE and AFTER are files, or ids from: sidestep clip list
    """
    from sidestep.cli.clip_pages import print_comparison, print_kept_results
    from sidestep.services.clips.analyse_clip import versions_now
    from sidestep.services.clips.clip_kinds import RUN, SQUAT
    from sidestep.services.clips.compare_clips import AsMeasuredNow, compare_kept, find_clips
    from sidestep.services.kept_documents import DocumentKind

    wiring = session.wiring
    wishes = _wishes(view, keep=False, draws=False)
    kinds = {"run": DocumentKind.CLIP_RUN, "squat": DocumentKind.CLIP_SQUAT}

    watched: list[Path] = []

    def analyse(clip: Path, shows: DocumentKind) -> "StoredDocument":
        watched.append(clip)
        return _with_bar(session, clip, SQUAT if shows is SQUAT.kept_as else RUN, wishes)

    first, second = find_clips(
        (before, after),
        kinds.get(kind),
        store=wiring.store,
        folder=wiring.clip_folder,
        now=AsMeasuredNow(
            versions=versions_now(wiring.pose_model, wiring.knowledge), view=wishes.view
        ),
        analyse=analyse,
    )
    compared = compare_kept(first, second, wiring.knowledge)
    if session.as_json:
        session.print_json(compared)
        return
    known = [Path(each) for each in (before, after) if Path(each).exists()]
    print_kept_results(session.console, [each.name for each in known if each not in watched])
    print_comparison(session.console, compared, wiring.clock.now().tzinfo)
