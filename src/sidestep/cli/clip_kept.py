"""``sidestep clip list``, ``show`` and ``delete``: the clips that were measured."""

from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session
from sidestep.errors import InputError

if TYPE_CHECKING:
    from sidestep.services.ports import StoredDocument


@click.command(name="list")
@common_options
@pass_session
def list_command(session: Session) -> None:
    """List the clips you have measured, newest first."""
    from sidestep.services.clips.list_clips import clips_document

    wiring = session.wiring
    clips = clips_document(wiring.store, wiring.clip_folder, wiring.clock)
    if session.as_json:
        session.print_json(clips)
        return
    from sidestep.cli.clip_pages import print_clips

    print_clips(session.console, clips)


@click.command()
@click.argument("clip_id", metavar="ID")
@common_options
@pass_session
def show(session: Session, clip_id: str) -> None:
    """Show again what a clip told.

    ID is one from: sidestep clip list
    """
    from sidestep.services.clips.clip_paths import with_paths
    from sidestep.services.clips.said_again import said_again

    kept = said_again(_kept(session, clip_id), session.wiring.knowledge)
    document = with_paths(kept, session.wiring.clip_folder)
    if session.as_json:
        session.print_json({"id": document.id, **document.content})
        return
    from sidestep.cli.clip_pages import print_kept_clip

    print_kept_clip(session.console, document)


@click.command()
@click.argument("clip_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common_options
@pass_session
def delete(session: Session, clip_id: str, *, yes: bool) -> None:
    """Delete what a clip told, its pictures, and the copy of it if you kept one.

    ID is one from: sidestep clip list. Your own file stays where it is.
    """
    from sidestep.cli.clip_pages import clip_in_words
    from sidestep.services.clips.delete_clip import delete_clip

    clip = _kept(session, clip_id)
    called = clip_in_words(clip)
    if not yes:
        if session.as_json:
            raise click.UsageError("With --json, say --yes: nothing is deleted without it.")
        asked = f"Delete {called}, with its pictures? This cannot be undone"
        click.confirm(asked, abort=True, err=True)
    delete_clip(clip, store=session.wiring.store, folder=session.wiring.clip_folder)
    if session.as_json:
        session.print_json({"deleted": clip.id})
    else:
        session.console.print(f"Deleted {called}.", markup=False, highlight=False)


def _kept(session: Session, clip_id: str) -> "StoredDocument":
    from sidestep.services.clips.list_clips import find_clip

    wiring = session.wiring
    clip = find_clip(clip_id, wiring.store, wiring.clock.now().tzinfo)
    if clip is None:
        raise InputError(
            f"{clip_id} is not the id of a measured clip",
            hint="See the clips you have measured with: sidestep clip list",
        )
    return clip
