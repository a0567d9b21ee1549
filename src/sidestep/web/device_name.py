"""Names a browser as its owner would: enough to know it again, and nothing more is kept of it."""

_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "Chrom": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
"""In the order that tells them apart: most browsers name others beside themselves."""


def device_name(user_agent: str) -> str:
    """Return such as ``Firefox, Linux``; empty for a browser that says nothing of itself."""
    named = (
        next((name for mark, name in marks.items() if mark in user_agent), "")
        for marks in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, named))
