"""How a number of things is put into words; not what the things are."""


def count_of(count: int, one: str, many: str) -> str:
    """Return ``1 day`` or ``3 days``, for ``one="day"`` and ``many="days"``."""
    return f"{count:,} {one if count == 1 else many}"
