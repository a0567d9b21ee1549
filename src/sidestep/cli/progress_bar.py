"""A bar for work whose share is known; what the work is does not matter here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console


@contextmanager
def shown_progress(console: Console, title: str) -> Iterator[Callable[[float], None]]:
    """Show a bar while the work lasts and yield what to tell the share done to, 0 to 1."""
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task(title, total=1.0)
    with bar:
        yield lambda share: bar.update(task, completed=share)
