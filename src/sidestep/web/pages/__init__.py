"""Pages, one module per part of the site; each has a ``router``."""

from sidestep.web.pages import (
    ask,
    check_in,
    connect,
    entry,
    jobs,
    knee,
    learn,
    player,
    progress,
    settings,
    today,
)

PAGES = (
    entry.router,
    knee.router,
    ask.router,
    today.router,
    check_in.router,
    player.router,
    learn.router,
    settings.router,
    connect.router,
    jobs.router,
    progress.router,
)
"""In the order they are asked whether a path is theirs."""
