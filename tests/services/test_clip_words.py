"""What a clip told, sentence by sentence, as a runner reads it who knows no measure by its name."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders.clip_results import kept_run, kept_squat, run_analysis, squat_analysis
from builders.shipped import shipped_knowledge
from sidestep.domain.motion.run_analysis import Drift, RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measure, Measured, Unknown
from sidestep.languages.language import language
from sidestep.services.clips.clip_summary import summarise_run, summarise_squat
from sidestep.services.clips.measure_document import rounded
from sidestep.services.clips.measure_words import (
    WORDS,
    change_in_words,
    difference_in_words,
    in_words,
    sides_in_words,
)

HIDDEN = Unknown(reason="The other leg hides this one: film it from its own side too.")
TWICE = re.compile(r"[.,;:][.,;:]|\. [a-z]|[;,]\s*$")
MEASURES = st.one_of(
    st.just(HIDDEN),
    st.floats(-30, 30).map(lambda value: Measured(value=value, error=1.4, n=9)),
)


def degrees(value: float, error: float = 1.4) -> Measured:
    return Measured(value=value, error=error, n=9)


def test_a_leg_without_a_number_has_a_sentence_of_its_own_after_the_numbers() -> None:
    sides: dict[Side, Measure | None] = {Side.LEFT: HIDDEN, Side.RIGHT: degrees(38.2, 7.1)}
    assert sides_in_words(RunMeasure.KNEE_FLEXION, sides) == (
        "Right 38.2° (± 7.1°). The left leg was not measured. "
        "The other leg hides this one: film it from its own side too."
    )


@given(name=st.sampled_from([*RunMeasure, *SquatMeasure]), left=MEASURES, right=MEASURES)
def test_no_sentence_ends_twice(
    name: RunMeasure | SquatMeasure, left: Measure, right: Measure
) -> None:
    said = sides_in_words(name, {Side.LEFT: left, Side.RIGHT: right})
    assert not TWICE.search(said)
    assert said.endswith(".")


@given(name=st.sampled_from([*RunMeasure, *SquatMeasure]), value=st.floats(-90, 90))
@example(name=SquatMeasure.KNEE_TO_ANKLE_GAP, value=0.8453)
@example(name=SquatMeasure.DEPTH, value=0.0499996)
def test_a_sentence_and_the_table_beside_it_say_the_same_number(
    name: RunMeasure | SquatMeasure, value: float
) -> None:
    assert in_words(name, value) == in_words(name, rounded(value))


@pytest.mark.parametrize(
    ("name", "difference", "said"),
    [
        (
            RunMeasure.FEMORAL_ADDUCTION,
            degrees(-1.3),
            "1.3°. That is too little to mean anything: less than the 1.4° that measuring alone",
        ),
        (
            RunMeasure.FEMORAL_ADDUCTION,
            degrees(-1.9),
            "1.9°. That is nothing to rest anything on: less than the 2.3° that legs differ by ",
        ),
        (
            RunMeasure.FEMORAL_ADDUCTION,
            degrees(6.7),
            "6.7°. That is a clear difference: more than the 2.3° that legs differ by from",
        ),
        (
            RunMeasure.FEMORAL_ADDUCTION,
            degrees(6.7, 3.1),
            "6.7°. That is a clear difference: more than the 3.1° that measuring alone can make.",
        ),
        (
            RunMeasure.KNEE_OVER_FOOT,
            degrees(4.0),
            "4.0 %. That is nothing to rest anything on: less than the 5.0 % that we ask for out "
            "of caution, as nothing is in print.",
        ),
        (
            RunMeasure.KNEE_OVER_FOOT,
            degrees(-7.0),
            "7.0 %. That is a clear difference: more than the 5.0 % that we ask for out of ",
        ),
    ],
)
def test_a_difference_says_whether_it_means_anything_and_whose_limit_that_is(
    name: RunMeasure, difference: Measured, said: str
) -> None:
    smallest = shipped_knowledge().motion[f"real_change_{name}"]
    told = difference_in_words(name, difference, smallest)
    assert f"Left and right differ by {said}" in told
    assert not re.search(r"\b(that|the|is|of)\b", language("de").gettext(told))


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (RunMeasure.FEMORAL_ADDUCTION, -4.9, "4.9° further out"),
        (RunMeasure.KNEE_OVER_FOOT, 7.8, "7.8 % further inside"),
        (SquatMeasure.DEPTH, -9.0, "9.0 % less"),
        (SquatMeasure.KNEE_TO_ANKLE_GAP, 0.1, "0.10 more"),
    ],
)
def test_a_change_is_told_without_a_sign(
    name: RunMeasure | SquatMeasure, change: float, said: str
) -> None:
    assert change_in_words(name, change) == said


@pytest.mark.parametrize("kept", [kept_run(run_analysis()), kept_squat(squat_analysis())])
def test_all_of_a_summary_is_said_in_german(kept: object) -> None:
    german = language("de")
    for point in kept.content["summary"]["points"]:  # type: ignore[attr-defined]
        said = german.gettext(point["says"])
        assert said != point["says"]
        assert not re.search(r"\d\.\d|-\d|\b(and|the|of)\b", said)


@pytest.mark.parametrize(
    ("name", "change", "is_clear", "said"),
    [
        ("thigh", 3.1, True, "3.1° further in at the end (± 1.1°): a clear change."),
        ("thigh", -0.4, False, "0.4° further out at the end (± 1.1°): smaller than its error, so "),
        (
            "thigh",
            -2.2,
            False,
            "2.2° further out at the end (± 1.1°): nothing to rest anything on, as legs differ by "
            "as much from day to day.",
        ),
        ("thigh", -0.01, False, "the same from start to end (± 1.1°)."),
        (
            "knee",
            6.2,
            True,
            "6.2 % further inside at the end (± 1.1 %): a clear change, by our own caution.",
        ),
        (
            "knee",
            4.1,
            False,
            "4.1 % further inside at the end (± 1.1 %): nothing to rest anything on, as it is less "
            "than the 5.0 % that we ask for out of caution.",
        ),
    ],
)
def test_what_changed_over_a_clip_says_what_it_is_worth(
    name: str, change: float, is_clear: bool, said: str
) -> None:
    measure = RunMeasure.KNEE_OVER_FOOT if name == "knee" else RunMeasure.FEMORAL_ADDUCTION
    part = degrees(8.0)
    drift = Drift(early=part, late=part, change=change, error=1.1, is_clear=is_clear)
    analysis = run_analysis()
    drifts = {side: {measure: drift} for side in Side}
    summary = summarise_run(replace(analysis, drift=drifts), shipped_knowledge())
    point = next(each for each in summary.points if each.title.startswith("Fresh against tired"))
    assert f"Left {said}" in point.says
    assert not re.search(r"\b(the|from|change)\b", language("de").gettext(point.says))


@pytest.mark.parametrize(("right", "is_told"), [(5.8, False), (0.2, False), (-2.4, True)])
def test_feet_that_cross_are_told_and_feet_that_do_not_are_left_to_the_table(
    right: float, is_told: bool
) -> None:
    usual = run_analysis()
    legs = {
        side: replace(leg, measures={**leg.measures, RunMeasure.STEP_WIDTH: degrees(width, 3.0)})
        for (side, leg), width in zip(usual.sides.items(), (1.5, right), strict=True)
    }
    summary = summarise_run(replace(usual, sides=legs), shipped_knowledge())
    points = [point for point in summary.points if point.title == "Step width"]
    assert bool(points) is is_told
    for point in points:
        assert "below 0 they cross. Left 1.5 % (± 3.0 %); right −2.4 % (± 3.0 %)." in point.says
        in_german = language("de").gettext(point.says)
        assert "0 überkreuzen" in in_german
        assert not re.search(r"\b(the|right|and|less)\b", in_german)


def test_of_squats_on_one_leg_the_other_is_not_called_missing() -> None:
    usual = squat_analysis()
    on_left = tuple(replace(each, on=Side.LEFT) for each in usual.repetitions)
    right = dict.fromkeys(SquatMeasure, Unknown(reason="No squat in this clip was on this leg."))
    sides = {**usual.sides, Side.RIGHT: right}
    analysis = replace(usual, repetitions=on_left, sides=sides, difference={})
    summary = summarise_squat(analysis, shipped_knowledge())
    said = " ".join(point.says for point in summary.points)
    assert "Left 1.0 % inside (± 0.1 %)." in said
    assert "not measured" not in said


def headline_of(
    *,
    knees: tuple[Measure, Measure] = (degrees(0.4), degrees(-0.6)),
    apart: tuple[float, float] = (0.0, 0.0),
    knee_changes: tuple[float, float] | None = (0.0, 0.0),
    thigh_changes: tuple[float, float] = (0.0, 0.0),
) -> str:
    """Return the first words of a run; ``apart`` is left less right of the thighs and the knees.

    A change of 0 is unclear, any other clear; ``None`` is a clip too short to tell.
    """
    thigh, knee = RunMeasure.FEMORAL_ADDUCTION, RunMeasure.KNEE_OVER_FOOT
    usual = run_analysis()
    sides = {
        side: replace(leg, measures={thigh: degrees(8.0), knee: offset})
        for (side, leg), offset in zip(usual.sides.items(), knees, strict=True)
    }
    changes = {thigh: thigh_changes, knee: knee_changes or (0.0, 0.0)}
    drift = {
        side: {
            name: HIDDEN
            if knee_changes is None
            else Drift(
                early=degrees(8.0),
                late=degrees(8.0),
                change=changed[number],
                error=1.1,
                is_clear=changed[number] != 0,
            )
            for name, changed in changes.items()
        }
        for number, side in enumerate(Side)
    }
    analysis = replace(
        usual,
        sides=sides,
        drift=drift,
        difference={thigh: degrees(apart[0]), knee: degrees(apart[1])},
    )
    return summarise_run(analysis, shipped_knowledge()).headline


BOTH_IN = (degrees(11.5, 4.2), degrees(18.7, 4.1))
NEITHER = "Neither knee clearly goes inside the line over the foot"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"knees": BOTH_IN}, "Both knees go inside the line over the foot. No clear change over "),
        (
            {"knees": BOTH_IN, "apart": (0.0, -7.2), "knee_changes": None},
            "Both knees go inside the line over the foot, the right one clearly further.",
        ),
        (
            {"knees": (degrees(9), degrees(-3))},
            "Your left knee goes inside the line over the foot, your right one not clearly.",
        ),
        ({"knees": (degrees(9), HIDDEN)}, "Your left knee goes inside the line over the foot. No"),
        ({"knees": (HIDDEN, degrees(1))}, "Your right knee does not clearly go inside the line "),
        (
            {"knees": (degrees(-9), degrees(-1)), "apart": (0.0, -8.0)},
            f"{NEITHER}, but the right one stands clearly further in. No clear change over ",
        ),
        (
            {"knee_changes": (-9.1, 0.0), "thigh_changes": (3.4, 0.0)},
            f"{NEITHER}. As you go on, your left knee moves further out.",
        ),
        (
            {"knee_changes": (6.0, 7.0)},
            f"{NEITHER}. As you go on, both knees move further in.",
        ),
        (
            {"knee_changes": (6.0, -7.0)},
            f"{NEITHER}. As you go on, your left knee moves further in and your right one further ",
        ),
        ({"thigh_changes": (0.0, 3.4)}, "As you go on, your right thigh leans in more."),
        ({"thigh_changes": (-3.0, -3.4)}, "As you go on, both thighs lean in less."),
        ({"apart": (-4.0, 0.0)}, f"{NEITHER}. Your right thigh leans in more than your left."),
        ({"knee_changes": None}, f"{NEITHER}. No clear difference between left and right."),
        (
            {"knees": (HIDDEN, HIDDEN), "knee_changes": None},
            "No clear difference between left and right.",
        ),
    ],
)
def test_the_headline_answers_from_the_knee_over_the_foot_first(
    told: dict[str, object], said: str
) -> None:
    assert said in headline_of(**told)  # type: ignore[arg-type]


IN_ON_THE_WAY = "inside the line over the foot on the way, but not clearly at the bottom of your"


@pytest.mark.parametrize(
    ("at_bottom", "on_the_way", "said"),
    [
        ((9.0, 8.0), (9.0, 8.0), "Both knees go inside the line over the foot at the bottom of "),
        (
            (1.0, 8.0),
            (6.0, 9.0),
            "Your right knee goes inside the line over the foot in your squat",
        ),
        ((2.3, 2.0), (4.6, 5.1), f"Both knees go {IN_ON_THE_WAY} squat."),
        ((2.3, -3.0), (4.6, 1.0), f"Your left knee goes {IN_ON_THE_WAY} squat."),
        ((None, 2.0), (None, 5.0), f"Your right knee goes {IN_ON_THE_WAY} squat."),
        ((None, 2.0), (None, 3.0), "Your right knee does not clearly go inside the line over "),
        ((2.3, -3.0), (3.0, 1.0), f"{NEITHER} in your squat."),
    ],
)
def test_the_headline_of_squats_knows_the_way_down_too(
    at_bottom: tuple[float | None, ...], on_the_way: tuple[float | None, ...], said: str
) -> None:
    sides = {
        side: {
            name: HIDDEN if value is None else degrees(value, 4.0)
            for name, value in (
                (SquatMeasure.KNEE_OVER_FOOT, bottom),
                (SquatMeasure.KNEE_OVER_FOOT_WORST, worst),
            )
        }
        for side, bottom, worst in zip(Side, at_bottom, on_the_way, strict=True)
    }
    told = summarise_squat(replace(squat_analysis(), sides=sides), shipped_knowledge())
    headline, furthest_in = told.headline, WORDS[SquatMeasure.KNEE_OVER_FOOT_WORST].title
    assert headline.startswith(said)
    assert any(each.title == furthest_in for each in told.points) is (IN_ON_THE_WAY in said)
    assert language("de").gettext(headline) != headline


@pytest.mark.parametrize(
    ("bends", "leans", "said", "german"),
    [
        (
            (degrees(41.2, 7.1), HIDDEN),
            (degrees(8.4, 4.8), degrees(8.0, 4.8)),
            "Your left knee is bent 41.2° (± 7.1°) while you stand on it. "
            "Your trunk leans 8.4° forwards (± 4.8°).",
            "Dein linkes Knie ist 41,2° gebeugt "  # codespell:ignore linkes
            "(± 7,1°), während du darauf stehst. "
            "Dein Rumpf neigt sich 8,4° nach vorn (± 4,8°).",
        ),
        (
            (HIDDEN, degrees(41.2, 7.1)),
            (degrees(8.4, 4.8), degrees(-2.0, 4.8)),
            "Your right knee is bent 41.2° (± 7.1°) while you stand on it. "
            "Your trunk does not clearly lean forwards or backwards.",
            "Dein rechtes Knie ist 41,2° gebeugt (± 7,1°), während du darauf stehst. "
            "Dein Rumpf neigt sich nicht deutlich nach vorn "
            "oder nach hinten.",  # codespell:ignore oder
        ),
        (
            (HIDDEN, HIDDEN),
            (degrees(-6.0, 4.8), degrees(-6.0, 4.8)),
            "Your trunk leans 6.0° backwards (± 4.8°).",
            "Dein Rumpf neigt sich 6,0° nach hinten (± 4,8°).",
        ),
    ],
)
def test_the_headline_from_aside_says_the_knees_bend_and_the_trunk(
    bends: tuple[Measure, Measure], leans: tuple[Measure, Measure], said: str, german: str
) -> None:
    usual = run_analysis()
    sides = {
        side: replace(
            usual.sides[side],
            measures={RunMeasure.KNEE_FLEXION: bend, RunMeasure.TRUNK_LEAN_FORWARD: lean},
        )
        for side, bend, lean in zip(Side, bends, leans, strict=True)
    }
    aside = replace(usual, view=View.SIDE, sides=sides, difference={}, drift={})
    told = summarise_run(aside, shipped_knowledge()).headline
    assert told == said
    assert language("de").gettext(told) == german


NEAR = st.floats(-30, 30).map(lambda value: degrees(value, 4.0))
CHANGES = st.tuples(*[st.sampled_from([-6.0, 0.0, 6.0])] * 2)


@given(
    knees=st.tuples(NEAR, NEAR),
    apart=st.floats(-20, 20),
    knee_changes=st.one_of(st.none(), CHANGES),
    thigh_changes=CHANGES,
)
def test_the_headline_never_says_other_than_the_cards(
    knees: tuple[Measured, Measured],
    apart: float,
    knee_changes: tuple[float, float] | None,
    thigh_changes: tuple[float, float],
) -> None:
    said = headline_of(
        knees=knees,
        apart=(apart, knees[0].value - knees[1].value),
        knee_changes=knee_changes,
        thigh_changes=thigh_changes,
    )
    assert said.count(".") <= 2
    changes = [*(knee_changes or ()), *(thigh_changes if knee_changes else ())]
    if any(changes):
        assert "No clear change" not in said
        assert "As you go on" in said
    if abs(knees[0].value - knees[1].value) > 5.0 or abs(apart) > 2.3:
        assert "No clear difference" not in said
    if any(knee.value > knee.error for knee in knees):
        assert "Neither" not in said
    for way, sign in (("further in", 1), ("further out", -1)):
        if re.search(rf"knees? moves? {way}", said):
            assert any(change * sign > 0 for change in knee_changes or ())
    assert language("de").gettext(said) != said


def test_the_headline_of_every_run_is_said_in_german() -> None:
    english = re.compile(r"\b(knees?|thighs?|clear|your|the|one)\b")
    for inside in ((9.0, 9.0), (9.0, 0.0), (0.0, 9.0), (0.0, 0.0)):
        for apart in (-8.0, 0.0, 8.0):
            for changes in ((0.0, 0.0), (6.0, -6.0), (-6.0, 6.0), (6.0, 6.0), (-6.0, 0.0)):
                for thigh in (changes, changes[::-1]):
                    said = headline_of(
                        knees=(degrees(inside[0]), degrees(inside[1])),
                        apart=(0.0, apart),
                        knee_changes=(0.0, 0.0) if thigh is changes else changes,
                        thigh_changes=thigh,
                    )
                    assert not english.search(language("de").gettext(said)), said


@pytest.mark.parametrize(
    "said",
    [
        "Too few squats to tell what is usual for you.",
        "Nothing was measured in this clip.",
        "Put the camera straight behind you, in front of you, or exactly to your side. "
        "Or name the view.",
        "Measure it again and let the view be found: leave out --view, or choose “find out” in the "
        "browser.",
    ],
)
def test_what_a_kept_result_says_in_older_words_is_still_said_in_german(said: str) -> None:
    german = language("de").gettext(said)
    assert not re.search(r"\b(the|or|in|to)\b(?! Browser)", german)
