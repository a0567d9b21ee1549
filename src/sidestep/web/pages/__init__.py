"""Pages, one module per part of the site; each has a ``router``."""

from sidestep.web.pages import (
    ask,
    calendar,
    check_in,
    clips,
    closer,
    connect,
    entry,
    jobs,
    knee,
    learn,
    mirror,
    more,
    offline,
    player,
    progress,
    settings,
    today,
    week,
)

PAGES = (
    entry.router,
    knee.router,
    ask.router,
    today.router,
    calendar.router,
    week.router,
    check_in.router,
    player.router,
    more.router,
    learn.router,
    settings.router,
    connect.router,
    jobs.router,
    progress.router,
    closer.router,
    clips.router,
    mirror.router,
    offline.router,
)
"""In the order they are asked whether a path is theirs."""
