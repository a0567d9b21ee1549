"""Settings on their way to a worker process: on one line of its input, where no one else sees them.

Apart from the worker, so that a server which starts one need not import all that it does.
"""

import json
from pathlib import Path
from typing import Any

from sidestep.bootstrap.settings import Settings


def settings_line(settings: Settings) -> str:
    """Return settings as ``read_settings`` reads them."""
    told: dict[str, Any] = {
        "home": str(settings.home),
        "database_url": settings.database_url,
        "owner": settings.owner,
        "models": None if settings.models is None else str(settings.models),
    }
    return json.dumps(told) + "\n"


def read_settings(line: str) -> Settings:
    """Return the settings that a line tells."""
    told = json.loads(line)
    return Settings(
        home=Path(told["home"]),
        database_url=told["database_url"],
        owner=told["owner"],
        models=None if told["models"] is None else Path(told["models"]),
    )
