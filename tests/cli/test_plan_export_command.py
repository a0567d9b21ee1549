"""``sidestep plan export`` as a person and as a program read it."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import click
import pytest
import yaml
from icalendar import Calendar

from builders.runs import runs_on
from builders.shipped import shipped_knowledge
from builders.workout_decoders import decode_with_fitfast
from builders.workout_text_reader import read_workout_text
from fakes.stores import MemoryStore
from sidestep.bootstrap.settings import load_settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.cli import plan
from sidestep.cli.session import Session
from sidestep.domain.planning.week import DayKind
from sidestep.errors import InputError
from sidestep.services.check_ins.log_day import log_day, parse_day
from sidestep.services.knee.check_knee import check_answers, keep_check
from sidestep.services.knee.knee_answers import parse_answers
from sidestep.services.week.kept_week import days_of, kept_week_of

EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
SUNDAY = date(2026, 6, 28)
RULES = shipped_knowledge()


def at(day: date) -> Any:
    """Return a clock that stands at six in the evening of a day."""
    evening = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    return SimpleNamespace(now=lambda: evening, today=lambda: day)


CLOCK = at(SUNDAY)


def answer(store: MemoryStore, example: str) -> None:
    rules = RULES
    raw = yaml.safe_load((EXAMPLES / f"{example}.yaml").read_text(encoding="utf-8"))
    answers = parse_answers({**raw, "pain_running": 1}, rules.questions)
    check = check_answers(answers, rules, {})
    keep_check(check, answers, {}, knowledge=rules, store=store, clock=CLOCK)


@pytest.fixture
def store() -> MemoryStore:
    kept = MemoryStore(runs_on(range(3, 30, 3), km=6.0))
    answer(kept, "self_care")
    return kept


def run(
    monkeypatch: pytest.MonkeyPatch,
    store: MemoryStore,
    *arguments: str | Path,
    clock: Any = CLOCK,
) -> int:
    wiring = SimpleNamespace(
        store=store,
        knowledge=RULES,
        clock=clock,
        week_files=Wiring(load_settings(Path("nowhere"))).week_files,
    )
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(Session, "wiring", cast("Any", wiring))
    words = [str(each) for each in arguments]
    ended = plan.command.main(words, standalone_mode=False, obj=Session())
    return ended if isinstance(ended, int) else 0


def test_it_says_which_file_is_which_run_and_how_it_gets_to_the_watch(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
) -> None:
    ics = tmp_path / "week.ics"
    assert run(monkeypatch, store, "export", "--fit", tmp_path / "watch", "--ics", ics) == 0
    shown = capsys.readouterr().out
    files = sorted((tmp_path / "watch").iterdir())
    assert files
    for file in files:
        assert str(file) in shown
        assert decode_with_fitfast(file.read_bytes()).steps
    assert "Easy run" in shown
    assert "GARMIN/NewFiles" in shown
    assert str(ics) in shown


def test_a_run_that_changed_since_it_left_is_named_until_it_leaves_again(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
) -> None:
    said = "has changed since you took it along"
    export = ("export", "--fit", tmp_path)
    run(monkeypatch, store, *export)
    week = kept_week_of(store, SUNDAY + timedelta(days=1))
    assert week is not None
    last = [day.date for day in days_of(week) if day.kind is DayKind.RUN][-1]
    run(monkeypatch, store)
    assert said not in capsys.readouterr().out
    for arguments in (("edit", "length", f"{last}", "1.0"), ()):
        run(monkeypatch, store, *arguments)
        shown = " ".join(capsys.readouterr().out.split())
        assert f"The run of {last:%a} {last.day} {last:%b} {said}" in shown
        assert "sidestep plan export" in shown
    run(monkeypatch, store, *export)
    run(monkeypatch, store)
    assert said not in capsys.readouterr().out


def test_runs_as_text_are_written_and_said_where_to(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
) -> None:
    arguments = ("export", "--text", tmp_path / "texts")
    assert run(monkeypatch, store, *arguments) == 0
    shown = capsys.readouterr().out
    assert "Into the description of a planned run on intervals.icu." in shown
    files = sorted((tmp_path / "texts").iterdir())
    assert files
    for file in files:
        assert str(file) in shown
        assert read_workout_text(file.read_text(encoding="utf-8")).parts
    run(monkeypatch, store, *arguments, "--json")
    document = json.loads(capsys.readouterr().out)
    assert [Path(each["path"]) for each in document["text"]] == files
    assert document["fit"] == []


def test_today_goes_out_as_its_card_has_it_and_the_calendar_takes_the_change(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
) -> None:
    ics, watch, texts = tmp_path / "week.ics", tmp_path / "watch", tmp_path / "texts"
    places = ("export", "--ics", ics, "--fit", watch, "--text", texts)
    run(monkeypatch, store, *places, "--week", "2026-06-29")
    week = kept_week_of(store, date(2026, 6, 29))
    assert week is not None
    on = next(day.date for day in days_of(week) if day.kind is DayKind.RUN)
    before = entry_of(ics, on)
    assert before["SUMMARY"].startswith("Easy run")
    clock = at(on)
    _, facts = parse_day({"pain_now": 3, "pain_this_morning": 3, "new_signs": False}, RULES)
    log_day(on, facts, store=store, knowledge=RULES, clock=clock)
    capsys.readouterr()
    run(monkeypatch, store, *places, "--week", "2026-06-29", clock=clock)
    assert "Today as it stands now: A walk instead of the run." in capsys.readouterr().out
    after = entry_of(ics, on)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert "run" not in after["SUMMARY"].lower()
    gone = {f"sidestep-{on}.fit", f"sidestep-{on}.txt"}
    assert gone.isdisjoint(each.name for folder in (watch, texts) for each in folder.iterdir())


def entry_of(ics: Path, on: date) -> Any:
    entries = Calendar.from_ical(ics.read_bytes()).walk("VEVENT")
    return next(each for each in entries if each.decoded("DTSTART") == on)


def test_json_is_one_document_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
) -> None:
    run(monkeypatch, store, "export", "--json", "--fit", tmp_path, "--week", "2026-07-06")
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    assert document["week_starts"] == "2026-07-06"
    assert document["ics"] is None
    for each in document["fit"]:
        steps = decode_with_fitfast(Path(each["path"]).read_bytes()).steps
        assert each["steps"] == len(steps)
        assert Path(each["path"]).name == f"sidestep-{each['date']}.fit"
    assert captured.err == ""


def test_the_week_may_be_named_before_or_behind_the_word_export(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
) -> None:
    written = []
    for arguments in (("--week", "2026-07-06", "export"), ("export", "--week", "2026-07-06")):
        run(monkeypatch, store, *arguments, "--json", "--fit", tmp_path)
        written.append(json.loads(capsys.readouterr().out))
    assert written[0] == written[1]
    assert written[0]["week_starts"] == "2026-07-06"


def test_a_time_of_day_is_where_the_entries_begin(
    monkeypatch: pytest.MonkeyPatch, store: MemoryStore, tmp_path: Path
) -> None:
    ics = tmp_path / "week.ics"
    run(monkeypatch, store, "export", "--ics", ics, "--at", "06:45")
    calendar = Calendar.from_ical(ics.read_bytes())
    assert isinstance(calendar, Calendar)
    starts = {cast("datetime", event.start).time() for event in calendar.events}
    assert starts == {time(6, 45)}


def test_a_range_of_her_own_is_the_target_of_running_on_the_watch_and_in_the_text(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
) -> None:
    run(monkeypatch, store, "export", "--fit", tmp_path, "--heart-rate", "120-145")
    shown = " ".join(capsys.readouterr().out.split())
    assert "120 to 145 beats a minute" in shown
    for file in tmp_path.iterdir():
        steps = decode_with_fitfast(file.read_bytes()).steps
        runs = [step for step in steps if step["target_type"] == "heart_rate"]
        assert {
            (each["custom_target_value_low"], each["custom_target_value_high"]) for each in runs
        } == {(220, 245)}
        assert all("of 10" in each["notes"] for each in runs), "the effort is told all the same"
    run(monkeypatch, store, "export", "--text", tmp_path, "--pace", "6:30-7:30")
    assert all("6:30/km-7:30/km Pace" in file.read_text() for file in tmp_path.glob("*.txt"))


@pytest.mark.parametrize("is_json", [False, True])
def test_a_hidden_plan_writes_nothing_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
    *,
    is_json: bool,
) -> None:
    ics, fit = tmp_path / "week.ics", tmp_path / "watch"
    answer(store, "urgent")
    options = ["--json"] if is_json else []
    assert run(monkeypatch, store, "export", *options, "--fit", fit, "--ics", ics) == 1
    shown = capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
    assert "The plan is put away for now." in shown
    if is_json:
        document = json.loads(shown)
        assert (document["fit"], document["ics"]) == ([], None)
    else:
        assert "Nothing was written." in shown
        assert "earlier export" not in shown


def entries(ics: Path) -> dict[str, Any]:
    calendar = Calendar.from_ical(ics.read_bytes())
    assert isinstance(calendar, Calendar)
    return {str(event["UID"]): event for event in calendar.events}


def test_a_plan_that_is_put_away_takes_back_what_it_gave_to_calendar_and_watch(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
) -> None:
    ics, watch = tmp_path / "week.ics", tmp_path / "watch"
    run(monkeypatch, store, "export", "--ics", ics, "--fit", watch)
    run(monkeypatch, store, "export", "--week", "2026-07-06", "--ics", tmp_path / "next.ics")
    before, later = entries(ics), entries(tmp_path / "next.ics")
    answer(store, "urgent")
    capsys.readouterr()
    assert run(monkeypatch, store, "export", "--ics", ics, "--fit", watch) == 1
    shown = " ".join(capsys.readouterr().out.split())
    after = entries(ics)
    assert after.keys() == before.keys() | later.keys()
    assert {(str(each["STATUS"]), each["SEQUENCE"]) for each in after.values()} == {
        ("CANCELLED", 1)
    }
    assert not any(each.walk("VALARM") for each in after.values())
    assert list(watch.iterdir()) == []
    assert "The plan is put away for now." in shown
    assert f"{len(after)} days taken back" in shown
    assert "Nothing was written." not in shown
    first = ics.read_bytes()
    assert run(monkeypatch, store, "export", "--json", "--ics", ics) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["ics"], document["fit"]) == (str(ics.resolve()), [])
    assert ics.read_bytes() == first, "taken back once, and not again and again"


def test_while_the_plan_is_put_away_a_calendar_of_others_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, store: MemoryStore, tmp_path: Path
) -> None:
    ics = tmp_path / "week.ics"
    run(monkeypatch, store, "export", "--ics", ics)
    ics.write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//Somebody//EN\r\n")
    answer(store, "urgent")
    with pytest.raises(InputError, match="was not written by Sidestep"):
        run(monkeypatch, store, "export", "--ics", ics)


def test_who_does_not_name_the_calendar_is_told_how_it_is_taken_back(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: MemoryStore,
    tmp_path: Path,
) -> None:
    run(monkeypatch, store, "export", "--ics", tmp_path / "week.ics")
    answer(store, "urgent")
    capsys.readouterr()
    assert run(monkeypatch, store, "export", "--fit", tmp_path / "watch") == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "Nothing was written." in shown
    assert "with --ics" in shown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--fit DIR, --text DIR, --ics FILE.ics or --pdf FILE.pdf"),
        (("--fit", "watch", "--at", "07:00"), "--at is for the calendar"),
        (("--ics", "week.ics", "--language", "de"), "--language is for the page"),
        (("--ics", "week.txt"), "end it in .ics"),
        (("--ics", "week.ics", "--at", "7 in the morning"), "does not match the format"),
        (("--fit", "watch", "--week", "monday"), "is not a date"),
        (("--fit", "watch", "--heart-rate", "easy"), "write it like 120-145"),
        (("--fit", "watch", "--heart-rate", "145-120"), "write it like 120-145"),
        (("--fit", "watch", "--heart-rate", "12-1450"), "write it like 120-145"),
        (("--fit", "watch", "--pace", "7:30"), "write it like 6:30-7:30"),
        (("--fit", "watch", "--pace", "0:30-0:40"), "write it like 6:30-7:30"),
        (("--fit", "watch", "--pace", "6:30-7:75"), "write it like 6:30-7:30"),
        (("--ics", "week.ics", "--pace", "6:30-7:30"), "give --fit DIR or --text DIR"),
        (
            ("--fit", "watch", "--pace", "6:30-7:30", "--heart-rate", "120-145"),
            "--heart-rate or --pace, not both",
        ),
    ],
)
def test_wrong_use_is_told(
    monkeypatch: pytest.MonkeyPatch, store: MemoryStore, arguments: tuple[str, ...], says: str
) -> None:
    with pytest.raises(click.UsageError) as refused:
        run(monkeypatch, store, "export", *arguments)
    assert says in refused.value.format_message()


def test_a_file_of_others_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, store: MemoryStore, tmp_path: Path
) -> None:
    ics = tmp_path / "week.ics"
    ics.write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//Somebody//EN\r\n")
    with pytest.raises(InputError, match="was not written by Sidestep"):
        run(monkeypatch, store, "export", "--ics", ics, "--fit", tmp_path / "watch")
    assert list(tmp_path.iterdir()) == [ics]
