"""``sidestep restore``: a backup into an empty data folder."""

from pathlib import Path

import click

from sidestep.cli.passphrase import ask_passphrase, can_ask, passphrase_of, passphrase_options
from sidestep.cli.session import Session, common_options, pass_session
from sidestep.domain.vocabulary.counts import count_of


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@passphrase_options
@common_options
@pass_session
def command(
    session: Session, file: Path, *, passphrase: bool, passphrase_file: Path | None
) -> None:
    """Put the backup FILE back into a data folder that is empty or not there.

    Everything in it is checked before anything is put in place.
    """
    wiring = session.wiring
    secret = passphrase_of(passphrase_file, is_asked=passphrase, is_new=False)
    if secret is None and can_ask() and wiring.backups.is_encrypted(file):
        secret = ask_passphrase(is_new=False)
    restored = wiring.backups.restore(file, secret)
    home = wiring.settings.home
    if session.as_json:
        from sidestep.services.upkeep.backup_document import restored_document

        session.print_json(restored_document(restored, home))
        return
    made = f"{restored.made_at:%Y-%m-%d %H:%M}"
    held = count_of(restored.files, "file", "files")
    session.console.print(f"Restored {held} to {home}, as of {made}.")
