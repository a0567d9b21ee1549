"""Pages, one module per part of the site; each has a ``router``."""

from sidestep.web.pages import entry, learn, today

PAGES = (entry.router, today.router, learn.router)
"""In the order they are asked whether a path is theirs."""
