"""Reads many originals at once in worker processes, in order, however badly one file behaves.

Which pieces a worker is made of is the wiring's business; what readings mean is the service's.
"""

import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from sidestep.batch.worker import leave_with_parent, stop_at_once
from sidestep.bootstrap.settings import Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.domain.activity.steps import StepEstimate
from sidestep.services.importing.ingest_file import FileIngester, Ingested, recognise
from sidestep.services.ports import ImportItem

WORTH_A_POOL = 100
"""Starting workers costs a few seconds of work; fewer files than this are quicker without."""

IN_FLIGHT_PER_WORKER = 4
"""Items handed out ahead: keeps workers busy while memory stays flat in the number of files."""

TIMEOUT_S = 300.0
"""A file that takes longer than this is given up; the largest real ones take a few seconds."""


class IngestPool:
    """Ingests items in worker processes; a callable of the shape ``import_activities`` wants."""

    def __init__(
        self, settings: Settings, step_estimate: StepEstimate, workers: int | None = None
    ) -> None:
        self._settings = settings
        self._step_estimate = step_estimate
        self._workers = workers or os.cpu_count() or 1
        self._worth_a_pool = 0 if workers else WORTH_A_POOL

    def __call__(self, items: Iterable[ImportItem], known: Mapping[str, str]) -> Iterator[Ingested]:
        """Yield what each item held, in the order of the items.

        Nothing is made ready for reading before the first item that needs it: importing again
        what is known costs its hashes only.
        """
        waiting = iter(items)
        read_bytes = Wiring(self._settings).read_item
        for item in waiting:
            ingested = recognise(item, known, read_bytes)
            if ingested is None:
                yield from self._read(itertools.chain([item], waiting), known)
                return
            yield ingested

    def _read(self, waiting: Iterator[ImportItem], known: Mapping[str, str]) -> Iterator[Ingested]:
        first = list(itertools.islice(waiting, self._worth_a_pool))
        if len(first) < self._worth_a_pool or self._workers == 1:
            yield from self._in_threads(itertools.chain(first, waiting), known)
            return
        yield from self._in_processes(itertools.chain(first, waiting), known)

    def _in_threads(
        self, items: Iterator[ImportItem], known: Mapping[str, str]
    ) -> Iterator[Ingested]:
        """Read one item while another waits for the disk, which must have kept each for good."""
        ingester = Wiring(self._settings).file_ingester(self._step_estimate)
        in_flight: deque[Future[Ingested]] = deque()
        with ThreadPoolExecutor(self._workers) as threads:
            try:
                for item in items:
                    in_flight.append(threads.submit(ingester.ingest, item, known))
                    if len(in_flight) >= self._workers * IN_FLIGHT_PER_WORKER:
                        yield in_flight.popleft().result()
                while in_flight:
                    yield in_flight.popleft().result()
            finally:
                threads.shutdown(cancel_futures=True)

    def _in_processes(
        self, items: Iterator[ImportItem], known: Mapping[str, str]
    ) -> Iterator[Ingested]:
        pool = self._start(self._workers, known)
        in_flight: deque[tuple[ImportItem, Future[Ingested]]] = deque()
        try:
            for item in items:
                in_flight.append((item, pool.submit(_ingest, item)))
                if len(in_flight) >= self._workers * IN_FLIGHT_PER_WORKER:
                    pool, ingested = self._take(pool, in_flight, known)
                    yield ingested
            while in_flight:
                pool, ingested = self._take(pool, in_flight, known)
                yield ingested
        finally:
            stop_at_once(pool)

    def _take(
        self,
        pool: ProcessPoolExecutor,
        in_flight: deque[tuple[ImportItem, Future[Ingested]]],
        known: Mapping[str, str],
    ) -> tuple[ProcessPoolExecutor, Ingested]:
        """Wait for the oldest item; when a worker died or hangs, read it alone and start afresh."""
        item, future = in_flight.popleft()
        try:
            return pool, future.result(timeout=TIMEOUT_S)
        except (BrokenProcessPool, TimeoutError):
            stop_at_once(pool)
            ingested = self._alone(item, known)
            pool = self._start(self._workers, known)
            again = [waiting for waiting, _ in in_flight]
            in_flight.clear()
            in_flight.extend((waiting, pool.submit(_ingest, waiting)) for waiting in again)
            return pool, ingested

    def _alone(self, item: ImportItem, known: Mapping[str, str]) -> Ingested:
        """Read one suspect in a process of its own, so that only it can fail by it."""
        pool = self._start(1, known)
        try:
            return pool.submit(_ingest, item).result(timeout=TIMEOUT_S)
        except BrokenProcessPool:
            why = "the reader crashed on this file; it was left out"
        except TimeoutError:
            why = f"reading took longer than {TIMEOUT_S:.0f} s; the file was left out"
        finally:
            stop_at_once(pool)
        return Ingested(shown_as=item.shown_as, sha256="", outcome="failed", detail=why)

    def _start(self, workers: int, known: Mapping[str, str]) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_prepare_worker,
            initargs=(self._settings, self._step_estimate, dict(known)),
        )


class _Worker:
    """What one worker process keeps between files."""

    ingester: FileIngester
    known: Mapping[str, str]


def _prepare_worker(
    settings: Settings, step_estimate: StepEstimate, known: Mapping[str, str]
) -> None:
    # Each worker has one core: a thread pool inside it would only fight with its neighbour.
    os.environ["POLARS_MAX_THREADS"] = "1"
    leave_with_parent()
    _Worker.ingester = Wiring(settings).file_ingester(step_estimate)
    _Worker.known = known


def _ingest(item: ImportItem) -> Ingested:
    return _Worker.ingester.ingest(item, _Worker.known)
