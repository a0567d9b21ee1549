"""``sidestep backup``: the whole data folder as one file."""

from pathlib import Path

import click

from sidestep.cli.passphrase import passphrase_of, passphrase_options
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
    """Copy everything Sidestep keeps into one new FILE, to restore it from.

    Sidestep may go on working meanwhile. With a passphrase the file is encrypted: whoever finds it
    can read nothing, and neither can you without the passphrase.
    """
    secret = passphrase_of(passphrase_file, is_asked=passphrase, is_new=True)
    made = session.wiring.backups.make(file, secret, now=session.wiring.clock.now())
    if session.as_json:
        from sidestep.services.upkeep.backup_document import backup_document

        session.print_json(backup_document(made))
        return
    held = f"{count_of(made.files, 'file', 'files')}, {made.size_bytes / 1e6:,.1f} MB"
    locked = ", encrypted" if made.is_encrypted else ""
    session.console.print(f"Backed up to {file}: {held}{locked}.")
    if not made.is_encrypted:
        says = "It is not encrypted: keep it where only you can read it."
        session.console.print(says, style="dim")
