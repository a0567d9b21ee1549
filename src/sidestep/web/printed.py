"""Has printed pages made as jobs; most are there before a page could say how far they are.

What a page says is the services' business, and how it is set a worker's.
"""

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from sidestep import __version__
from sidestep.services.ports.jobs import JobKind, JobState, JobStatus
from sidestep.services.report.asked_page import AskedPage, PageFor
from sidestep.web.desk import Desk
from sidestep.web.who import language_of, site_of

WAITS_S = 2.5
"""How long the browser waits for a page before it is shown how far it is instead."""

LOOK_EVERY_S = 0.05

NAMES: Final = {
    PageFor.RUNNER.value: "sidestep-knee.pdf",
    PageFor.CLINICIAN.value: "sidestep-for-the-clinician.pdf",
    PageFor.FRIDGE.value: "sidestep-week.pdf",
}
"""Under what a page is saved, by whom it is for."""


async def have_made(request: Request, desk: Desk, asked: AskedPage) -> Response:
    """Have a page made, and go to it when it is there soon, else to how far it is."""
    reader = await run_in_threadpool(language_of, request)
    asked = replace(asked, language=reader.code, distances=reader.unit.name)
    job_id = await run_in_threadpool(_start, desk, asked)
    where = f"{site_of(request).root_path}/jobs/{job_id}"
    for _ in range(int(WAITS_S / LOOK_EVERY_S) + 1):
        state = await run_in_threadpool(desk.wiring.jobs.state, desk.owner_id, job_id)
        if state is None or state.status.is_final:
            break
        await asyncio.sleep(LOOK_EVERY_S)
    is_there = state is not None and made_page(desk, state) is not None
    return RedirectResponse(f"{where}/page.pdf" if is_there else where, status_code=303)


def made_page(desk: Desk, job: JobState) -> Path | None:
    """Return where the page lies that a job made, as long as it is kept."""
    if job.kind is not JobKind.MAKE_REPORT or job.status is not JobStatus.DONE:
        return None
    path = desk.wiring.job_files.page(desk.owner_id, job.id)
    return path if path.is_file() else None


def _start(desk: Desk, asked: AskedPage) -> str:
    """Ask for a page; the same one as before while nothing it rests on has changed."""
    arguments = asked.as_plain()
    rests_on = [arguments, desk.store.version(), desk.knowledge.version, __version__]
    key = json.dumps(rests_on, sort_keys=True)
    jobs = desk.wiring.jobs
    while True:
        job_id = jobs.start(JobKind.MAKE_REPORT, desk.owner_id, arguments, key)
        state = jobs.state(desk.owner_id, job_id)
        is_over = state is not None and state.status.is_final
        if state is None or not is_over or made_page(desk, state) is not None:
            return job_id
        # It failed, was stopped, or was cleared away since: this is another attempt.
        key = f"{key} after {job_id}"
