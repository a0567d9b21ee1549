"""The process that reads a stranger's file behind fences; started by ``limited_child`` only.

Nothing but the standard library is imported before the fences stand.
"""

import importlib
import os
import signal
import sys
import threading
from typing import Any, BinaryIO

from sidestep.batch.fences import die_with_parent, is_short_of_memory, put_up
from sidestep.batch.limited_messages import read_order, write_message
from sidestep.errors import SidestepError


def main() -> None:
    """Read an order from the parent, put up the fences, carry it out, and answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server; it ends this too.
    die_with_parent()
    orders = sys.stdin.buffer
    answers = _take_stdout()
    limits = read_order(orders)
    fences = put_up(limits)
    die_with_parent()  # Again: the system forgets it where a fence changes who this process is.
    task, argument = read_order(orders)  # Its classes may import numpy, which starts threads.
    threading.Thread(target=_leave_with_parent, args=(orders,), daemon=True).start()
    write_message(answers, ("fences", fences))
    kind, value = _carry_out(task, argument, answers)
    if kind != "done" and is_short_of_memory(limits):
        kind = "memory"
    write_message(answers, (kind, value))
    answers.close()
    # What a decoder's threads still do at the end of the interpreter is of no interest.
    os._exit(0)


def _take_stdout() -> BinaryIO:
    """Keep standard output for answers: what a decoder prints must not come between them."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return answers


def _leave_with_parent(orders: BinaryIO) -> None:
    orders.read()
    os._exit(1)


def _carry_out(task: str, argument: Any, answers: BinaryIO) -> tuple[str, Any]:
    try:
        module, _, name = task.partition(":")
        work = getattr(importlib.import_module(module), name)
        return "done", work(argument, lambda said: write_message(answers, ("said", said)))
    except SidestepError as error:
        return "error", (type(error).__name__, error.message, error.hint)
    except MemoryError:
        return "memory", None
    except Exception as error:
        # Its message may hold anything that was in the file.
        return "bug", _place_of(error)


def _place_of(error: BaseException) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return type(error).__name__
    return f"{type(error).__name__} at {place.tb_frame.f_code.co_filename}:{place.tb_lineno}"


if __name__ == "__main__":
    main()
