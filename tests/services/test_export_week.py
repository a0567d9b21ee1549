"""A week goes into files, and the next export knows what the last one said."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders.plan_requests import MONDAY, a_knee, a_request
from builders.runs import runs_on
from builders.shipped import shipped_knowledge
from fakes.stores import MemoryStore
from sidestep.adapters.activity_files.fit_workout import encode_workout
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.run_session import RunSession, run_session
from sidestep.domain.planning.week import Day, DayKind, WeekPlan
from sidestep.errors import InputError
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.knee.check_knee import check_answers, keep_check
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.ports import CalendarEvent, WeekFiles
from sidestep.services.week.calendar_events import events_document, events_from
from sidestep.services.week.export_week import (
    ExportedWeek,
    Places,
    export_week,
    take_back_coming,
    was_exported,
)
from sidestep.services.week.plan_week import plan_week

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
RULES = shipped_knowledge()
NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
MUST_BE_SEEN = ("No further", "Easy,", "Effort about", "Pain up to", "At walking", "Leave them out")
"""What is said first in a note, so that it is never what is left out of it."""
FITTING = {"Warm-up walk", "Stretches"}
FIT, TEXT, ICS = Path("watch"), Path("texts"), Path("week.ics")


@dataclass
class Minutes:
    """A clock that goes on by a minute each time it is looked at."""

    at: datetime = NOW

    def now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def today(self) -> date:
        return self.at.date()


@dataclass
class Disk:
    """Files in memory; those whose content begins with ``theirs`` are not ours."""

    held: dict[Path, bytes] = field(default_factory=dict)

    def check_place(self, path: Path) -> None:
        if self.held.get(path, b"").startswith(b"theirs"):
            raise InputError(f"{path} was not written by Sidestep")

    def write(self, path: Path, content: bytes) -> None:
        self.held[path] = content

    def remove(self, path: Path) -> bool:
        is_ours = not self.held.get(path, b"theirs").startswith(b"theirs")
        return is_ours and self.held.pop(path, None) is not None


def workout(session: RunSession) -> bytes:
    return f"workout {session.on}".encode()


def workout_text(session: RunSession) -> bytes:
    return f"text {session.on}".encode()


def calendar(events: Sequence[CalendarEvent]) -> bytes:
    return f"calendar of {len(events)}".encode()


@dataclass
class Home:
    """One person's records, disk and clock."""

    store: MemoryStore = field(default_factory=MemoryStore)
    disk: Disk = field(default_factory=Disk)
    clock: Minutes = field(default_factory=Minutes)

    def export(
        self,
        plan: WeekPlan,
        fit: Path | None = None,
        text: Path | None = None,
        ics: Path | None = ICS,
        at: time | None = None,
    ) -> ExportedWeek:
        files = WeekFiles(
            encode_workout=workout,
            encode_workout_text=workout_text,
            encode_calendar=calendar,
            encode_subscription=calendar,
            own_files=self.disk,
        )
        return export_week(
            plan,
            Places(fit=fit, text=text, ics=ics),
            files=files,
            store=self.store,
            knowledge=RULES,
            clock=self.clock,
            at=at,
        )


def a_week(**changes: Any) -> WeekPlan:
    plan = build_week(MONDAY, a_request(**changes))
    assert isinstance(plan, WeekPlan)
    return plan


def resting(plan: WeekPlan, on: date) -> WeekPlan:
    """Return the week with nothing but rest on one day."""
    rest = next(day for day in plan.days if day.kind is DayKind.REST)
    days = [replace(rest, date=on) if day.date == on else day for day in plan.days]
    return replace(plan, days=tuple(days))


def first_run(plan: WeekPlan) -> Day:
    return next(day for day in plan.days if day.kind is DayKind.RUN)


def by_day(exported: ExportedWeek) -> dict[date, CalendarEvent]:
    return {event.on: event for event in exported.events}


def test_every_run_has_its_file_and_every_day_with_work_its_entry() -> None:
    home, plan = Home(), a_week()
    exported = home.export(plan, fit=FIT)
    run_days = [day.date for day in plan.days if day.kind is DayKind.RUN]
    assert [run.session.on for run in exported.runs] == run_days
    assert home.disk.held.keys() == {FIT / f"sidestep-{on}.fit" for on in run_days} | {ICS}
    busy = [day.date for day in plan.days if day.kind is not DayKind.REST]
    assert [event.on for event in exported.events] == busy
    assert {event.sequence for event in exported.events} == {0}


def test_runs_go_as_text_into_a_folder_of_their_own_and_idle_ones_are_taken_away() -> None:
    home, plan = Home(), a_week()
    exported = home.export(plan, text=TEXT, ics=None)
    on = first_run(plan).date
    assert not exported.runs
    assert exported.texts[0].session.on == on
    assert home.disk.held[TEXT / f"sidestep-{on}.txt"] == f"text {on}".encode()
    again = home.export(resting(plan, on), text=TEXT, ics=None)
    assert again.removed == (TEXT / f"sidestep-{on}.txt",)
    assert home.disk.held.keys() == {run.path for run in again.texts}


def test_a_text_of_others_is_in_the_way_before_anything_is_written() -> None:
    home, plan = Home(), a_week()
    there = TEXT / f"sidestep-{first_run(plan).date}.txt"
    home.disk.held[there] = b"theirs"
    with pytest.raises(InputError):
        home.export(plan, fit=FIT, text=TEXT)
    assert home.disk.held.keys() == {there}


def test_the_same_week_again_changes_nothing_and_keeps_nothing_new() -> None:
    home, plan = Home(), a_week()
    assert home.export(plan).events == home.export(plan).events
    assert len(home.store.documents(DocumentKind.WEEK_EXPORT)) == 1


def test_a_day_that_changed_rises_in_its_sequence_and_keeps_its_uid() -> None:
    home, plan = Home(), a_week()
    sore = a_week(knee=a_knee(pain_running=3))
    is_run = [day.kind is DayKind.RUN for day in plan.days]
    pairs = zip(is_run, plan.days, sore.days, strict=True)
    shorter = replace(plan, days=tuple(new if run else old for run, old, new in pairs))
    before = by_day(home.export(plan))
    after = by_day(home.export(shorter))
    assert {event.uid for event in before.values()} >= {
        event.uid for on, event in after.items() if on in before
    }
    changed = [on for on in before if after[on].description != before[on].description]
    same = [on for on in before if after[on] == before[on]]
    assert changed
    assert same
    for on in changed:
        assert after[on].sequence == 1
        assert after[on].changed_at > before[on].changed_at


def test_another_time_of_day_is_a_change_of_every_entry() -> None:
    home, plan = Home(), a_week()
    home.export(plan)
    events = home.export(plan, at=time(7, 0)).events
    assert {(event.sequence, event.at) for event in events} == {(1, time(7, 0))}


def test_a_day_without_work_any_more_is_cancelled_stays_so_and_comes_back() -> None:
    home, plan = Home(), a_week()
    on = first_run(plan).date
    home.export(plan)
    without = resting(plan, on)
    cancelled = by_day(home.export(without))[on]
    assert (cancelled.is_cancelled, cancelled.sequence) == (True, 1)
    assert by_day(home.export(without))[on] == cancelled
    back = by_day(home.export(plan))[on]
    assert (back.is_cancelled, back.sequence) == (False, 2)
    assert back.uid == cancelled.uid


def test_what_a_calendar_was_given_of_a_day_that_is_over_stays() -> None:
    home, plan = Home(), a_week()
    on = first_run(plan).date
    home.clock.at = datetime.combine(on, time(9), UTC)
    home.export(plan, fit=FIT)
    walked = by_day(home.export(resting(plan, on), fit=FIT))[on]
    assert (walked.is_cancelled, walked.sequence) == (True, 1), "today is as it stands now"
    home.clock.at += timedelta(days=1)
    later = home.export(plan, fit=FIT)
    assert by_day(later)[on] == walked
    assert FIT / f"sidestep-{on}.fit" not in home.disk.held
    assert later.removed == ()


def test_the_file_of_a_run_that_is_over_stays_where_it_is() -> None:
    home, plan = Home(), a_week()
    on = first_run(plan).date
    home.export(plan, fit=FIT)
    home.clock.at = datetime.combine(on + timedelta(days=1), time(9), UTC)
    assert on not in {run.session.on for run in home.export(plan, fit=FIT).runs}
    assert FIT / f"sidestep-{on}.fit" in home.disk.held
    kept = home.store.latest_document(DocumentKind.WEEK_EXPORT)
    assert kept is not None
    assert on.isoformat() in kept.content["workouts"]


def test_a_day_that_never_held_work_is_not_cancelled() -> None:
    plan = a_week()
    on = first_run(plan).date
    assert on not in by_day(Home().export(resting(plan, on)))


def test_weeks_and_people_do_not_share_entries() -> None:
    home, plan = Home(), a_week()
    later = build_week(MONDAY + timedelta(days=7), a_request())
    assert isinstance(later, WeekPlan)
    one, other, hers = (
        {event.uid for event in events.events}
        for events in (home.export(plan), home.export(later), Home(clock=Minutes(NOW)).export(plan))
    )
    assert one.isdisjoint(other)
    assert one == hers, "the same moment of the first export makes the same id"
    elsewhere = Home(clock=Minutes(NOW + timedelta(seconds=1)))
    assert one.isdisjoint(event.uid for event in elsewhere.export(plan).events)
    assert {event.sequence for event in home.export(later).events} == {0}


def test_a_run_that_is_gone_takes_its_file_along_and_no_other() -> None:
    home, plan = Home(), a_week()
    home.export(plan, fit=FIT)
    on = first_run(plan).date
    gone = FIT / f"sidestep-{on}.fit"
    rests = [FIT / f"sidestep-{day.date}.fit" for day in plan.days if day.kind is DayKind.REST]
    home.disk.held[rests[0]] = b"theirs"
    assert home.export(resting(plan, on), fit=FIT).removed == (gone,)
    assert gone not in home.disk.held
    assert rests[0] in home.disk.held


@pytest.mark.parametrize("place", [FIT / "sidestep-2026-11-24.fit", ICS])
def test_where_a_file_of_others_is_in_the_way_nothing_at_all_is_written(place: Path) -> None:
    plan = a_week()
    assert FIT / f"sidestep-{first_run(plan).date}.fit" == FIT / "sidestep-2026-11-24.fit"
    home = Home(disk=Disk({place: b"theirs"}))
    with pytest.raises(InputError, match="was not written by Sidestep"):
        home.export(plan, fit=FIT)
    assert home.disk.held == {place: b"theirs"}
    assert not was_exported(home.store, MONDAY)


def test_only_days_to_come_are_taken_back_once_and_come_back_with_the_plan() -> None:
    home, plan = Home(), a_week()
    before = by_day(home.export(plan))
    wednesday = MONDAY + timedelta(days=2)
    home.clock.at = datetime.combine(wednesday, time(9), UTC)
    pieces: dict[str, Any] = {"store": home.store, "knowledge": RULES, "clock": home.clock}
    taken = {event.on: event for event in take_back_coming(**pieces)}
    assert taken.keys() == before.keys()
    for on, event in taken.items():
        assert event.uid == before[on].uid
        if on < wednesday:
            assert event == before[on]
        else:
            assert (event.is_cancelled, event.sequence) == (True, 1)
    assert take_back_coming(**pieces) == tuple(taken.values())
    back = by_day(home.export(plan))
    assert {event.sequence for on, event in back.items() if on >= wednesday} == {2}
    assert not any(event.is_cancelled for event in back.values())
    home.clock.at += timedelta(days=7)
    assert take_back_coming(**pieces) == (), "nothing of it is to come any more"


def test_what_went_to_the_watch_alone_is_kept_in_mind_and_leaves_the_calendar_as_it_was() -> None:
    home, plan = Home(), a_week()
    home.export(plan, fit=FIT, ics=None)
    assert was_exported(home.store, MONDAY)
    first = home.export(plan).events
    assert {event.sequence for event in first} == {0}
    home.export(resting(plan, first_run(plan).date), fit=FIT, ics=None)
    assert home.export(plan).events == first


def test_entries_that_were_kept_before_they_said_when_they_ring_stay_as_they_were() -> None:
    plan, home = a_week(), Home()
    events = home.export(plan).events
    kept = [
        {name: value for name, value in each.items() if name not in ("alarm_min", "is_busy")}
        for each in events_document(events)
    ]
    assert events_from(kept) == events
    at_seven = home.export(plan, at=time(7)).events
    assert [each.alarm_min for each in (*events, *at_seven)] == [
        *([7 * 60] * len(events)),
        *([-30] * len(at_seven)),
    ]


def test_an_entry_says_what_to_do_how_much_and_how_but_not_why() -> None:
    plan = a_week()
    event = by_day(Home().export(plan))[first_run(plan).date]
    assert event.summary.startswith("Easy run 5.0 km · side steps inside")
    assert "Before the run: groin: once 20 s\nSlowly." in event.description
    assert "Inside the run: side shuffle left: 2 × 30 s, about every 10 min" in event.description
    assert event.description.count("After the run: groin: 2 × 10") == 1
    assert "why groin" not in event.description


def shipped_week(pain_running: int, runs: Sequence[int]) -> WeekPlan:
    store = MemoryStore(runs_on(runs, km=6.0))
    raw = yaml.safe_load((EXAMPLES / "self_care.yaml").read_text(encoding="utf-8"))
    answers = parse_answers({**raw, "pain_running": pain_running}, RULES.questions)
    clock = Minutes(datetime(2026, 6, 28, 18, tzinfo=UTC))
    keep_check(
        check_answers(answers, RULES, {}), answers, {}, knowledge=RULES, store=store, clock=clock
    )
    plan = plan_week(store=store, knowledge=RULES, clock=clock)
    assert isinstance(plan, WeekPlan)
    return plan


@pytest.mark.parametrize("pain_running", [1, 4])
@pytest.mark.parametrize("runs", [range(3, 30, 3), ()], ids=["usual", "walk-run"])
def test_the_shipped_sentences_fit_a_watch(pain_running: int, runs: Sequence[int]) -> None:
    sessions = [run_session(day) for day in shipped_week(pain_running, runs).days]
    found = [session for session in sessions if session is not None]
    assert found
    for session in found:
        content = encode_workout(session)
        for step in session.steps:
            assert len(step.title) <= 15
            for note in step.notes:
                is_needed = note.startswith(MUST_BE_SEEN) or step.title in FITTING
                assert not is_needed or note.encode() in content, note
