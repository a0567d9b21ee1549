"""Where Sidestep keeps a person's data, and which person; read from the environment once."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

OWNER = "me"
"""The first person of a data folder, and the one the command line works for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The data folder, the database it holds (or another one) and whose rows are seen.

    ``models`` names another folder of pose models than the one that came with the program.
    """

    home: Path
    database_url: str
    owner: str = OWNER
    models: Path | None = None

    @property
    def files(self) -> Path:
        """Where this person's originals, samples and clips lie: nobody finds another's."""
        return self.home if self.owner == OWNER else self.home / "people" / self.owner

    def of(self, owner: str) -> "Settings":
        """Return the settings of somebody else in the same data folder."""
        return replace(self, owner=owner)

    @property
    def jobs_url(self) -> str:
        """Where the queue of jobs lies: a file of its own, or the same PostgreSQL server."""
        if self.database_url.startswith("sqlite"):
            return f"sqlite:///{self.home / 'jobs.sqlite'}"
        return self.database_url

    @property
    def own_database(self) -> Path:
        """The database that the folder itself holds unless the rows are elsewhere."""
        return self.home / "sidestep.sqlite"


def load_settings(home: Path | None = None) -> Settings:
    """Settle the data folder: the argument, then ``SIDESTEP_HOME``, then the system's own place.

    ``SIDESTEP_DATABASE_URL`` names another database (PostgreSQL) for the rows; originals and
    streams stay in the folder. ``SIDESTEP_MODELS`` names another folder of pose models.
    """
    if home is None:
        named = os.environ.get("SIDESTEP_HOME")
        home = (
            Path(named) if named else Path(platformdirs.user_data_dir("sidestep", appauthor=False))
        )
    home = home.expanduser().resolve()
    url = os.environ.get("SIDESTEP_DATABASE_URL") or f"sqlite:///{home / 'sidestep.sqlite'}"
    models = os.environ.get("SIDESTEP_MODELS")
    return Settings(home=home, database_url=url, models=Path(models) if models else None)
