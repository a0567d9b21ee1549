"""What every worker process does: leave when the program that started it is gone."""

import multiprocessing
import os
import threading


def leave_with_parent() -> None:
    """Let this worker end when the program that started it was killed; it would wait for ever."""
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
