"""The worker process: does the jobs of a data folder, one worker at a time.

``python -m sidestep.batch.job_worker`` is for ``worker_process``, which starts it and hands the
settings in; what the jobs do is in ``job_handlers``.
"""

import os
import signal
import sys
import threading
from contextlib import suppress
from datetime import timedelta
from typing import TextIO

from sidestep.batch.fences import die_with_parent
from sidestep.batch.job_handlers import JobTools, wirings_of
from sidestep.batch.told_settings import read_settings
from sidestep.bootstrap.settings import Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.services.ports.jobs import JobStatus, JobWorker

SWEEP_EVERY_S = 5.0
FORGET_EVERY = timedelta(hours=1)

ENDED_WITHIN = timedelta(hours=25)
"""Uploads and pages of jobs that ended longer ago are swept as left behind."""

REMEMBERED = timedelta(days=14)
"""How long an ended job can still be looked at; what it brought is kept elsewhere."""


def work(settings: Settings, stop: threading.Event) -> None:
    """Do this data folder's jobs until ``stop`` is set; wait while another worker does them.

    Raises
    ------
    StorageError
        The data folder or the queue cannot be opened.
    """
    wiring = Wiring(settings)
    # DBOS takes up what "the" worker left unfinished, so there must never be two: the second
    # would do again what the first is doing.
    with wiring.worker_turn():
        worker = wiring.job_worker
        threading.Thread(target=_sweep, args=(wiring, worker, stop), daemon=True).start()
        wiring.knowledge  # noqa: B018  The first page would wait for it.
        worker.work(JobTools(wiring_of=wirings_of(wiring)).handlers(), stop)


def _sweep(wiring: Wiring, worker: JobWorker, stop: threading.Event) -> None:
    """Clear away what no job needs any more, old jobs, and visitors' answers that expired."""
    forget_again_at = wiring.clock.now()
    while not stop.is_set():
        now = wiring.clock.now()
        if now >= forget_again_at:
            forget_again_at = now + FORGET_EVERY
            with suppress(Exception):
                worker.forget_ended(now - REMEMBERED)
                wiring.people.drop_expired(now)
        # Whatever goes wrong once is tried again; it must not end the worker.
        with suppress(Exception):
            jobs = worker.recent_jobs(wiring.clock.now() - ENDED_WITHIN)
            over = {str(job.arguments.get("upload")): job.status.is_final for job in jobs}
            stopped = (JobStatus.FAILED, JobStatus.CANCELLED)
            wanted = {job.id for job in jobs if job.status not in stopped}
            wiring.job_files.sweep(over.get, wanted)
        stop.wait(SWEEP_EVERY_S)


def _leave_with_parent(orders: TextIO) -> None:
    orders.read()
    # Whatever is being done is durable: the next worker takes it up.
    os._exit(0)


def main() -> None:
    """Work until the process that started this one ends, or ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server; it ends this too.
    die_with_parent()
    settings = read_settings(sys.stdin.readline())
    threading.Thread(target=_leave_with_parent, args=(sys.stdin,), daemon=True).start()
    work(settings, threading.Event())


if __name__ == "__main__":
    main()
