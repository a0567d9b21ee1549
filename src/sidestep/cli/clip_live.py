"""``sidestep clip live``: the treadmill mirror; what it shows and counts is decided elsewhere."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session

if TYPE_CHECKING:
    from sidestep.domain.motion.mirror import Mirror

_BEGINS = "The mirror opens in a few seconds: q or Esc ends it, f fills the screen."
_BEGINS_UNSEEN = "It begins in a few seconds. Ctrl+C ends it."

MEASURES = ("femoral_adduction_deg", "knee_over_foot_pct", "fppa_deg")


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--camera", metavar="DEVICE", help="Which camera, as your system names it.")
@click.option(
    "--view",
    type=click.Choice(("front", "rear")),
    default="front",
    show_default=True,
    help="Where the camera stands, seen from you.",
)
@click.option("--limit", type=float, metavar="N", help="Your own limit; a sound when you pass it.")
@click.option(
    "--measure",
    type=click.Choice(MEASURES),
    default=MEASURES[0],
    show_default=True,
    help="What the bars show and the limit is about.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.mp4",
    help="Keep the mirror as a film. Otherwise no picture is kept.",
)
@click.option("--no-window", is_flag=True, help="Show nothing: only count, sound and save.")
@common_options
@pass_session
def live(
    session: Session,
    file: Path | None,
    camera: str | None,
    view: str,
    limit: float | None,
    measure: str,
    save: Path | None,
    *,
    no_window: bool,
) -> None:
    """Practise with the mirror: your knee over your foot, while you run.

    Shows you mirrored with your last eight steps a side, from a webcam, or from FILE played as
    fast as it was filmed. With --limit a sound comes when most of the last steps of a side pass it;
    the lower sound is the left side. The keys q and Esc end it, f fills the screen.
    """
    from sidestep.services.clips.live_mirror import run_mirror
    from sidestep.services.clips.mirror_session import mirror_document
    from sidestep.services.clips.mirror_words import mirror_sentences

    _check(file, camera, limit, save)
    wiring = session.wiring
    mirror = _mirror(session, view, limit, measure)
    with (
        wiring.mirror_screen(save, has_window=not no_window, has_sound=limit is not None) as screen,
        wiring.live_frames(file, camera) as frames,
    ):
        session.console.print(_BEGINS_UNSEEN if no_window else _BEGINS)
        if limit is not None and not screen.can_sound:
            session.console.print("No loudspeaker was found: the mirror makes no sound.")
        told = run_mirror(frames, wiring.live_poses, mirror, screen)
    film = save.resolve() if save is not None and told.n_shown else None
    if session.as_json:
        session.print_json({**mirror_document(told), "saved": str(film) if film else None})
        return
    for sentence in mirror_sentences(told):
        session.console.print(sentence)
    kept = f"The film: {film}" if film else "No picture was kept."
    session.console.print(kept, soft_wrap=True, style="dim")


def _check(file: Path | None, camera: str | None, limit: float | None, save: Path | None) -> None:
    if file is not None and camera is not None:
        raise click.UsageError("Give a FILE or a --camera, not both.")
    if limit is not None and not math.isfinite(limit):
        raise click.BadParameter(f"{limit} is no number to stay under", param_hint="--limit")
    if save is None:
        return
    if save.suffix.lower() != ".mp4":
        message = f"{save.name!r} is no name for an MP4; end it in .mp4"
        raise click.BadParameter(message, param_hint="--save")
    if file is not None and save.resolve() == file.resolve():
        raise click.BadParameter(
            "that is the clip itself; choose another name", param_hint="--save"
        )


def _mirror(session: Session, view: str, limit: float | None, measure: str) -> "Mirror":
    from sidestep.domain.motion.mirror import Mirror
    from sidestep.domain.motion.run_analysis import RunMeasure
    from sidestep.domain.motion.views import View
    from sidestep.services.clips.clip_calibration import calibration_for

    knowledge = session.wiring.knowledge
    return Mirror(
        view=View(view),
        parameters=knowledge.motion,
        calibration=calibration_for(session.wiring.pose_model, knowledge),
        watched=RunMeasure(measure),
        limit=limit,
    )
