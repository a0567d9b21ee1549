"""A printed page as somebody asks for it: what goes in, in plain values that can wait in a queue.

What it says and how it looks is decided where pages are built and set.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sidestep.domain.planning.week import WeekPlan
from sidestep.domain.triage.facts import Facts
from sidestep.errors import InputError
from sidestep.services.knee.check_knee import check_answers
from sidestep.services.knee.knee_answers import allowed_facts, plain_facts
from sidestep.services.ports import ClipFolder, Clock, Knowledge, Store
from sidestep.services.ports.drawings import DrawingReader
from sidestep.services.ports.fridge_page import FridgePage
from sidestep.services.ports.report_pages import ClinicianPage, RunnerPage
from sidestep.services.report.clinician_page import build_clinician_page
from sidestep.services.report.fridge_page import fridge_page
from sidestep.services.report.report_parts import Part, ReportParts, gather_parts
from sidestep.services.report.runner_page import build_runner_page
from sidestep.services.week.shown_week import shown_week
from sidestep.services.week.today_card import as_it_stands, today_card


class PageFor(StrEnum):
    """Whom a page is for, or where it goes."""

    RUNNER = "runner"
    CLINICIAN = "clinician"
    FRIDGE = "fridge"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage:
    """A page that is wanted.

    Attributes
    ----------
    page_for
        Whom it is for.
    on
        The day it is made for.
    parts
        What goes into the clinician's.
    answers
        Answers on their way, which the runner's page is made on instead of those that were kept.
    week
        A day of the week that goes on the fridge.
    language, distances
        In which language and unit whoever asks reads, by their names.
    """

    page_for: PageFor
    on: date
    parts: tuple[Part, ...] = tuple(Part)
    answers: Facts | None = None
    week: date | None = None
    language: str = "en"
    distances: str = "km"

    def as_plain(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {
            "for": self.page_for.value,
            "on": self.on.isoformat(),
            "parts": [part.value for part in self.parts],
            "answers": None if self.answers is None else plain_facts(self.answers),
            "week": None if self.week is None else self.week.isoformat(),
            "language": self.language,
            "distances": self.distances,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any], knowledge: Knowledge) -> "AskedPage":
        """Read what ``as_plain`` wrote; answers that today's questions do not allow are left out.

        Raises
        ------
        ValueError
            It is nothing that ``as_plain`` wrote.
        """
        answers, week = plain.get("answers"), plain.get("week")
        return cls(
            page_for=PageFor(plain["for"]),
            on=date.fromisoformat(plain["on"]),
            parts=tuple(Part(each) for each in plain["parts"]),
            answers=None if answers is None else allowed_facts(answers, knowledge.questions),
            week=None if week is None else date.fromisoformat(week),
            language=plain["language"],
            distances=plain["distances"],
        )

    def build(
        self,
        *,
        store: Store,
        clip_folder: ClipFolder,
        knowledge: Knowledge,
        clock: Clock,
        read_drawing: DrawingReader,
    ) -> RunnerPage | ClinicianPage | FridgePage:
        """Return the page, from what the records hold now.

        Raises
        ------
        InputError
            It is for a week that cannot be shown any more.
        StorageError
            The records cannot be read.
        """
        if self.page_for is PageFor.FRIDGE:
            week = shown_week(self.week, store=store, knowledge=knowledge, clock=clock)
            if not week.days:
                raise InputError("there is no week to print", hint="See your week.")
            card = today_card(store=store, knowledge=knowledge, clock=clock)
            plan = WeekPlan(
                week_starts=week.starts,
                days=tuple(as_it_stands(day, card) for day in week.days),
                limits=week.limits,
                notes=week.notes,
            )
            return fridge_page(
                plan,
                knowledge=knowledge,
                read_drawing=read_drawing,
                made_on=self.on,
                names_commands=False,
            )
        gathered = gather_parts(
            store=store,
            clip_folder=clip_folder,
            knowledge=knowledge,
            clock=clock,
            on=self.on,
            names_commands=False,
        )
        if self.page_for is PageFor.CLINICIAN:
            return chosen_clinician_page(gathered, self.parts)
        if self.answers is not None:
            gathered = replace(gathered, check=check_answers(self.answers, knowledge))
        return build_runner_page(gathered)


def chosen_clinician_page(parts: ReportParts, wanted: Collection[Part]) -> ClinicianPage:
    """Return the clinician's page with what was chosen for it."""
    return build_clinician_page(parts.only(wanted), with_week=Part.WEEK in wanted)
