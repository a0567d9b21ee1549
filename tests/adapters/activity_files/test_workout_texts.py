"""A run as text for intervals.icu, held against what that site says of such texts."""

from dataclasses import replace
from datetime import date

import pytest

from builders.workout_text_reader import TextRepeat, TextStep, read_workout_text
from sidestep.adapters.activity_files.workout_text import encode_workout_text, is_own_workout_text
from sidestep.domain.planning.run_session import (
    Repeat,
    RunSession,
    RunStep,
    RunTarget,
    StepKind,
    TargetKind,
    aiming,
)

RUN = RunStep(
    kind=StepKind.RUN,
    title="Easy run",
    notes=("Effort about 4 of 10: easy.", "Stop above 5.", "Not faster than 6 min a km."),
    distance_m=1260,
)
LEFT = RunStep(kind=StepKind.SIDE_STEPS, title="Side step left", notes=("Low.",), seconds=25)
RIGHT = replace(LEFT, title="Side step right")
WALK = RunStep(kind=StepKind.WALK, title="Walk", seconds=90)
SESSION = RunSession(
    on=date(2026, 11, 24),
    title="Easy run",
    distance_km=3.8,
    parts=(
        RunStep(
            kind=StepKind.WARM_UP,
            title="Warm-up walk",
            notes=("First your stretches: groin 20 s.", "Walk as you like.", "Press lap to go on."),
            about_s=150,
        ),
        Repeat(times=2, steps=(RUN, LEFT, RIGHT)),
        RUN,
        WALK,
        RunStep(kind=StepKind.STRETCH, title="Stretches", notes=("Groin 2 × 30 s.",)),
    ),
)
TEXT = """\
Planned by Sidestep: Easy run, no further than 3.8 km.

Warm-up walk: First your stretches: groin 20 s.
Easy run: Not faster than 6 min a km.
Stretches: Groin 2 × 30 s.

- Warm-up walk: Walk as you like. 3m press lap

2x
- Easy run: Effort about 4 of 10: easy. Stop above 5. 1260mtr
- Side step left: Low. 25s
- Side step right: Low. 25s

- Easy run: Effort about 4 of 10: easy. Stop above 5. 1260mtr
- Walk 1m30s
- Stretches 1m press lap
"""


def text_of(session: RunSession) -> str:
    return encode_workout_text(session).decode()


def step(
    cue: str, seconds: int | None, metres: int | None = None, *, ends: bool = True
) -> TextStep:
    return TextStep(cue=cue, seconds=seconds, metres=metres, is_open=not ends)


def test_a_run_is_written_as_it_stands_here() -> None:
    assert text_of(SESSION) == TEXT


def test_the_strict_reader_finds_every_step_of_it() -> None:
    run = step("Easy run: Effort about 4 of 10: easy. Stop above 5.", None, 1260)
    left, right = step("Side step left: Low.", 25), step("Side step right: Low.", 25)
    assert read_workout_text(TEXT).parts == (
        step("Warm-up walk: Walk as you like.", 180, ends=False),
        TextRepeat(times=2, steps=(run, left, right)),
        run,
        step("Walk", 90),
        step("Stretches", 60, ends=False),
    )


def test_a_pace_stands_behind_the_length_of_the_running_steps_alone() -> None:
    aimed = aiming(SESSION, RunTarget(kind=TargetKind.PACE, low=390, high=450))
    assert "Stop above 5. 1260mtr 6:30/km-7:30/km Pace\n" in text_of(aimed)
    warm_up, repeat, run, walk, stretch = read_workout_text(text_of(aimed)).parts
    assert isinstance(repeat, TextRepeat)
    read = (warm_up, *repeat.steps, run, walk, stretch)
    paces = [each.pace_s_per_km for each in read if isinstance(each, TextStep)]
    assert paces == [None, (390, 450), None, None, (390, 450), None, None]


def test_beats_which_the_site_has_no_word_for_are_told_above_the_steps() -> None:
    aimed = aiming(SESSION, RunTarget(kind=TargetKind.HEART_RATE, low=120, high=145))
    first = "Planned by Sidestep: Easy run, no further than 3.8 km."
    told = f"{first}\n\nYour heart rate while running: 120 to 145 beats a minute.\n\n"
    assert text_of(aimed) == TEXT.replace(f"{first}\n\n", told)
    assert read_workout_text(text_of(aimed)).parts == read_workout_text(TEXT).parts


@pytest.mark.parametrize(
    "sentence",
    [
        "Hold 30 s.",
        "Take 2 minutes.",
        "At 80% of it.",
        "At 5:30.",
        "Go on 1h.",
        "In Z2.",
        "Like a ramp.",
        "About 170 rpm.",
        "For 400 m.",
        "For 30″ and then 1'.",
    ],
)
def test_what_would_be_read_as_a_length_or_a_target_stands_above_the_steps(sentence: str) -> None:
    run = replace(WALK, notes=("Softly.", sentence))
    head, _, steps = text_of(replace(SESSION, parts=(run,))).rpartition("\n\n")
    assert head.endswith(f"Walk: {sentence}")
    assert steps == "- Walk: Softly. 1m30s\n"


def test_what_a_watch_has_no_room_for_stands_above_the_steps() -> None:
    run = replace(WALK, notes=("Softly.", f"Tell of {'it ' * 100}", "Low."))
    head, _, steps = text_of(replace(SESSION, parts=(run,))).rpartition("\n\n")
    assert f"Walk: {run.notes[1]}\nWalk: Low." in head
    assert steps == "- Walk: Softly. 1m30s\n"


def test_a_count_above_the_steps_is_no_repeat() -> None:
    run = replace(WALK, notes=("Do it 3x.",))
    assert "\nWalk: Do it 3 times.\n" in text_of(replace(SESSION, parts=(run,)))


@pytest.mark.parametrize(("seconds", "told"), [(45, "45s"), (60, "1m"), (3750, "1h2m30s")])
def test_times_are_told_in_hours_minutes_and_seconds(seconds: int, told: str) -> None:
    session = replace(SESSION, parts=(replace(WALK, seconds=seconds),))
    assert text_of(session).endswith(f"- Walk {told}\n")


def test_a_run_of_unknown_length_says_nothing_of_it() -> None:
    assert text_of(replace(SESSION, distance_km=0.0)).startswith("Planned by Sidestep: Easy run.\n")


def test_a_text_of_ours_is_told_from_others() -> None:
    assert is_own_workout_text(encode_workout_text(SESSION))
    assert not is_own_workout_text(b"My run. Planned by Sidestep: no.")
    assert not is_own_workout_text(b"")
