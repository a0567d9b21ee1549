"""Reminders, whatever is chosen and told: rest is quiet, hours are hers, the tone is only words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders.plan_requests import MONDAY, a_request
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.week import BlockKind, Day, WeekPlan
from sidestep.languages.language import LANGUAGES, language
from sidestep.services.ports import CalendarEvent
from sidestep.services.reminders.reminder_entries import CHECK_IN, Reminding, reminder_entries
from sidestep.services.reminders.reminder_settings import About, Reminders, Tone
from sidestep.services.reminders.when_due import is_check_in_due

HOURS = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def a_week() -> tuple[Day, ...]:
    plan = build_week(MONDAY, a_request())
    assert isinstance(plan, WeekPlan)
    return plan.days


WEEK = a_week()
DAYS = st.sampled_from([day.date for day in WEEK])


@st.composite
def choices(draw: st.DrawFn) -> Reminders:
    return Reminders(
        about=draw(st.sampled_from(About)),
        tone=draw(st.sampled_from(Tone)),
        morning_at=draw(HOURS),
        train_at=draw(st.none() | HOURS),
        before_min=draw(st.integers(0, 240)),
        check_in_at=draw(st.none() | HOURS),
        check_in_on_rest=draw(st.booleans()),
    )


@st.composite
def ways(draw: st.DrawFn) -> Reminding:
    return Reminding(
        reminders=draw(choices()),
        today=draw(DAYS),
        told=draw(st.frozensets(DAYS)),
        is_quiet=draw(st.booleans()),
        say=language(draw(st.sampled_from(list(LANGUAGES)))).gettext,
        uid=lambda what, on: f"{what} {on}",
        now=datetime(2026, 6, 29, 12, tzinfo=UTC),
    )


def is_check_in(entry: CalendarEvent) -> bool:
    return entry.uid.startswith(CHECK_IN)


def rings_at(entry: CalendarEvent) -> datetime | None:
    begins = datetime.combine(entry.on, entry.at or time(0))
    return None if entry.alarm_min is None else begins + timedelta(minutes=entry.alarm_min)


def works_on() -> set[date]:
    return {
        day.date for day in WEEK if any(block.kind is not BlockKind.REST for block in day.blocks)
    }


@given(how=ways())
def test_rest_reminds_of_nothing_but_the_check_in_she_wishes(how: Reminding) -> None:
    entries = reminder_entries(WEEK, how)
    assert {each.on for each in entries if not is_check_in(each)} == works_on()
    resting = [each for each in entries if each.on not in works_on()]
    assert all(is_check_in(each) for each in resting)
    assert not resting or how.reminders.check_in_on_rest


@given(how=ways())
def test_everything_rings_at_an_hour_she_chose_or_not_at_all(how: Reminding) -> None:
    reminders = how.reminders
    for each in reminder_entries(WEEK, how):
        at = rings_at(each)
        if reminders.about is About.OFF:
            assert at is None
        elif is_check_in(each):
            assert reminders.check_in_at is not None
            assert at == datetime.combine(each.on, reminders.check_in_at)
        elif reminders.train_at is None:
            assert at == datetime.combine(each.on, reminders.morning_at)
        else:
            before = timedelta(minutes=reminders.before_min)
            assert at == datetime.combine(each.on, reminders.train_at) - before


@given(how=ways())
def test_nobody_is_asked_for_what_is_told_or_past_and_each_day_once(how: Reminding) -> None:
    entries = reminder_entries(WEEK, how)
    assert len({each.uid for each in entries}) == len(entries)
    asked = {each.on for each in entries if is_check_in(each)}
    assert all(on >= how.today and on not in how.told for on in asked)


@given(how=ways(), tone=st.sampled_from(Tone))
def test_the_tone_changes_words_alone(how: Reminding, tone: Tone) -> None:
    other = replace(how, reminders=replace(how.reminders, tone=tone))
    pairs = zip(reminder_entries(WEEK, how), reminder_entries(WEEK, other), strict=True)
    for one, another in pairs:
        assert replace(one, summary="") == replace(another, summary="")
        assert another.summary
        assert "{" not in another.summary


@given(reminders=choices(), now=st.datetimes(timezones=st.just(UTC)), told=st.booleans())
def test_a_check_in_is_due_from_the_hour_to_midnight(
    reminders: Reminders, now: datetime, told: bool
) -> None:
    days = {now.date()} if told else set()
    is_due = is_check_in_due(reminders, now, days, is_rest=False)
    wants = reminders.about is not About.OFF and reminders.check_in_at is not None
    assert is_due is (
        wants
        and not told
        and reminders.check_in_at is not None
        and now.time() >= reminders.check_in_at
    )
