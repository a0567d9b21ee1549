"""How worker processes end: with the program that started them, or at once."""

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor


def leave_with_parent() -> None:
    """Let this worker end when the program that started it was killed; it would wait for ever."""
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def stop_at_once(pool: ProcessPoolExecutor) -> None:
    """End a pool's workers whatever they do; its own ``shutdown`` waits for one that hangs."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()
