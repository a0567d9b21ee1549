"""Pages, one module per part of the site; each has a ``router``."""

PAGES = {
    "entry": ("", "welcome", "sign-in", "sign-out", "authority.crt"),
    "knee": ("knee",),
    "ask": ("ask",),
    "today": ("today",),
    "calendar": ("week", "calendar"),
    "watch": ("week",),
    "week": ("week",),
    "check_in": ("check-in",),
    "player": ("play",),
    "more": ("more",),
    "learn": ("learn", "why"),
    "settings": ("settings",),
    "connect": ("connect",),
    "activities": ("connect",),
    "jobs": ("jobs",),
    "progress": ("progress",),
    "closer": ("vega.js",),
    "clips": ("clips",),
    "mirror": ("mirror",),
    "offline": ("offline", "worker.js", "app.webmanifest", "favicon.ico"),
}
"""Module name to the first parts of its paths, so that a start needs none of them."""
