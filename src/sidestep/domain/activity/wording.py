"""How a number of things is put into words in a repair; not the repairs themselves."""


def count_of(count: int, one: str, many: str) -> str:
    """Return ``1 fix was`` or ``3 fixes were``, for ``one="fix was"`` and ``many="fixes were"``."""
    return f"{count:,} {one if count == 1 else many}"
