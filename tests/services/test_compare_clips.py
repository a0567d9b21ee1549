"""Two kept clips of a kind are found and held against each other, in numbers and in words."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from builders.clip_results import (
    MADE_AT,
    VERSIONS,
    kept_run,
    kept_squat,
    run_analysis,
    squat_analysis,
)
from builders.shipped import shipped_knowledge
from fakes.clips import PaperFolder
from fakes.stores import MemoryStore
from sidestep.cli.clip_pages import print_comparison
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatAnalysis, SquatMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Measured, Unknown
from sidestep.errors import InputError
from sidestep.languages.language import language
from sidestep.services.clips.compare_clips import (
    NOT_IN_PRINT,
    NOTHING_CHANGED,
    NOTHING_IN_BOTH,
    ONLY_CADENCE_IN_BOTH,
    AsMeasuredNow,
    compare_kept,
    find_clips,
)
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import StoredDocument

RUN = kept_run()
SQUAT = replace(kept_squat(), content={**kept_squat().content, "clip_id": "0a1b2c3d4e5f"})
KNOWLEDGE = shipped_knowledge()


NOW = AsMeasuredNow(versions=VERSIONS)


class Watched:
    """Stands for the analysis of a file; remembers what was watched, and as what."""

    def __init__(self) -> None:
        self.files: list[tuple[str, DocumentKind]] = []

    def __call__(self, clip: Path, kind: DocumentKind) -> StoredDocument:
        self.files.append((clip.name, kind))
        return RUN if kind is DocumentKind.CLIP_RUN else SQUAT


def found(
    named: tuple[str, str],
    kind: DocumentKind | None = None,
    *extra: StoredDocument,
    now: AsMeasuredNow = NOW,
) -> tuple[tuple[StoredDocument, StoredDocument], Watched]:
    store, watched = MemoryStore(), Watched()
    for document in (RUN, SQUAT, *extra):
        store.save_document(document)
    clips = find_clips(named, kind, store=store, folder=PaperFolder(), now=now, analyse=watched)
    return clips, watched


def files(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).touch()
    return [str(folder / name) for name in names]


def test_a_kept_clip_is_found_by_its_id_and_by_that_of_its_file() -> None:
    for kept in (RUN, SQUAT):
        other = replace(kept, id="other", content={**kept.content, "clip_id": "of-another-film"})
        assert found((kept.id, "of-another-film"), None, other)[0] == (kept, other)
        assert found(("other", kept.content["clip_id"]), None, other)[0] == (other, kept)


def test_a_clip_is_not_compared_with_itself(tmp_path: Path) -> None:
    (a,) = files(tmp_path, "a.mp4")
    for same in ((RUN.id, RUN.id), (RUN.id, RUN.content["clip_id"]), (a, f"{tmp_path}/./a.mp4")):
        with pytest.raises(InputError, match="compared with itself") as refused:
            found(same)
        assert "sidestep clip list" in refused.value.hint


def test_another_name_says_where_to_look() -> None:
    with pytest.raises(InputError, match="nothing is neither") as refused:
        found(("nothing", RUN.id))
    assert "sidestep clip list" in refused.value.hint


def test_a_run_and_a_squat_are_refused_with_what_to_do() -> None:
    with pytest.raises(InputError, match="is a running clip") as refused:
        found((RUN.id, SQUAT.id))
    assert "--kind squat" in refused.value.hint


def test_files_show_what_is_said_else_what_the_other_clip_shows_else_a_run(tmp_path: Path) -> None:
    a, b = files(tmp_path, "a.mp4", "b.mp4")
    run, squat = DocumentKind.CLIP_RUN, DocumentKind.CLIP_SQUAT
    assert found((a, b))[1].files == [("a.mp4", run), ("b.mp4", run)]
    assert found((a, b), squat)[1].files == [("a.mp4", squat), ("b.mp4", squat)]
    assert found((a, SQUAT.id))[1].files == [("a.mp4", squat)]
    with pytest.raises(InputError, match="running clip"):
        found((a, SQUAT.id), run)


def test_a_file_shows_what_it_was_measured_as_last(tmp_path: Path) -> None:
    a, b = files(tmp_path, "a.mp4", "b.mp4")
    again = replace(
        SQUAT,
        id="clip_squat-2",
        made_at=MADE_AT + timedelta(days=1),
        content={**SQUAT.content, "clip_id": "id-of-a", "versions": {}},
    )
    _, watched = found((a, b), None, again)
    assert [kind for _, kind in watched.files] == [DocumentKind.CLIP_SQUAT] * 2


def of_film(kept: StoredDocument, film: str, **changes: object) -> StoredDocument:
    content = {**kept.content, "clip_id": f"id-of-{film}", **changes}
    return replace(kept, id=f"of-{film}", content=content)


def test_a_film_that_was_measured_just_so_is_not_watched_again(tmp_path: Path) -> None:
    a, b = files(tmp_path, "a.mp4", "b.mp4")
    kept = of_film(RUN, "a")
    (before, after), watched = found((a, b), None, kept)
    assert (before, after) == (kept, RUN)
    assert [name for name, _ in watched.files] == ["b.mp4"]
    rear = replace(NOW, view=View.REAR)
    assert found((a, b), None, kept, now=rear)[1].files == watched.files


@pytest.mark.parametrize(
    ("changes", "now"),
    [
        ({"versions": {**VERSIONS, "knowledge": "older"}}, NOW),
        ({"quality": {"usable": False, "problems": []}}, NOW),
        ({}, replace(NOW, view=View.FRONT)),
        ({}, replace(NOW, versions={**VERSIONS, "calibration": "newer"})),
    ],
)
def test_a_film_that_would_be_measured_otherwise_now_is_watched_again(
    tmp_path: Path, changes: dict[str, object], now: AsMeasuredNow
) -> None:
    a, b = files(tmp_path, "a.mp4", "b.mp4")
    _, watched = found((a, b), None, of_film(RUN, "a", **changes), now=now)
    assert [name for name, _ in watched.files] == ["a.mp4", "b.mp4"]


def test_a_copy_of_a_measured_film_is_that_film(tmp_path: Path) -> None:
    (a,) = files(tmp_path, "a.mp4")
    kept = of_film(RUN, "a")
    with pytest.raises(InputError, match="compared with itself"):
        found((a, kept.id), None, kept)


def squats(changed: dict[SquatMeasure, float], *, on: Side | None = None) -> StoredDocument:
    """Squats of which the left leg's values lie that far from the usual ones."""
    usual = squat_analysis()
    left = {
        name: replace(measure, value=measure.value + changed.get(name, 0.0))
        for name, measure in usual.sides[Side.LEFT].items()
        if isinstance(measure, Measured)
    }
    return kept_squat(
        replace(
            usual,
            sides={**usual.sides, Side.LEFT: left},
            repetitions=tuple(replace(each, on=on) for each in usual.repetitions),
        )
    )


def unmeasured() -> SquatAnalysis:
    usual, reason = squat_analysis(), Unknown(reason="A measure needs 3 squats; this clip has 2.")
    nothing = dict.fromkeys(SquatMeasure, reason)
    return replace(usual, sides=dict.fromkeys(Side, nothing), difference={})


def printed(before: StoredDocument, after: StoredDocument) -> str:
    out = io.StringIO()
    print_comparison(Console(file=out, width=80), compare_kept(before, after, KNOWLEDGE))
    return out.getvalue()


def test_a_comparison_says_what_must_be_alike_and_which_limits_are_our_own() -> None:
    compared = compare_kept(kept_run(), kept_run(), KNOWLEDGE)
    assert compared["our_own_limits"] == [
        "Cadence",
        "Knee over the foot",
        "Window between the knees",
        "Step width",
    ]
    said = " ".join(printed(kept_run(), kept_run()).split())
    assert "the phone's place, your speed and shoes were alike" in said
    assert "our own caution, as none is in print, for: cadence; knee over the foot; window" in said
    of_squats = printed(squats({}), squats({}))
    assert "your shoes and the depth were alike" in " ".join(of_squats.split())
    assert "our own caution" not in of_squats


def test_squats_that_did_not_change_are_told_so() -> None:
    compared = compare_kept(squats({}), squats({}), KNOWLEDGE)
    assert compared["kind"] == "squat"
    assert compared["summary"] == [NOTHING_CHANGED]
    assert "cadence_spm" not in compared
    assert compared["left"]["depth_pct"]["change"]["value"] == 0


def test_a_change_with_nothing_in_print_to_hold_it_against_is_not_called_clear() -> None:
    before, after = squats({}), squats({SquatMeasure.KNEE_OVER_FOOT: -8.0})
    compared = compare_kept(before, after, KNOWLEDGE)
    offset = compared["left"]["knee_over_foot_pct"]
    assert offset["clear"] is None
    assert offset["smallest_real_change"] is None
    told, why = compared["summary"]
    assert told == "Knee over the foot, left: 8.0 % further outside than before (± 0.1 %)."
    assert why == NOT_IN_PRINT
    shown = printed(before, after)
    assert "−8.0 % ± 0.1 % open" in shown
    assert "Open: more than measuring alone can make" in shown


def test_on_one_leg_a_large_change_of_the_bend_is_clear() -> None:
    before = squats({}, on=Side.LEFT)
    after = squats({SquatMeasure.FPPA_WORST: -10.0}, on=Side.LEFT)
    compared = compare_kept(before, after, KNOWLEDGE)
    assert compared["left"]["fppa_worst_deg"]["clear"] is True
    assert compared["left"]["fppa_worst_deg"]["smallest_real_change"] == 8.9
    assert compared["summary"][0].endswith("than before (± 2.8°). That is a clear change.")
    assert NOT_IN_PRINT not in compared["summary"]


def test_another_depth_is_said_because_it_moves_the_knees() -> None:
    compared = compare_kept(squats({}), squats({SquatMeasure.DEPTH: 9.0}), KNOWLEDGE)
    assert compared["summary"][-1].startswith("How deep you went: left 9.0 % more than before")


def test_what_both_legs_do_together_stands_in_one_row() -> None:
    shown = printed(squats({}), squats({}))
    assert shown.count("0.84 ± 0.06") == 2
    assert "both" in shown


def test_clips_without_a_number_do_not_claim_that_nothing_changed() -> None:
    before, after = squats({}), kept_squat(unmeasured())
    compared = compare_kept(before, after, KNOWLEDGE)
    assert compared["summary"] == [NOTHING_IN_BOTH]
    assert "Clear:" not in printed(before, after)
    assert "In the second clip: A measure needs 3 squats" in " ".join(
        printed(before, after).split()
    )


def test_a_comparison_breaks_no_number_at_eighty_columns() -> None:
    shown = printed(RUN, RUN)
    assert "9.4° ± 1.4°       9.4° ± 1.4°      +0.0° ± 2.0°" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_a_leg_that_no_clip_shows_is_said_once() -> None:
    usual, reason = squat_analysis(), Unknown(reason="A measure needs 3 squats; this clip has 0.")
    sides = {**usual.sides, Side.RIGHT: dict.fromkeys(SquatMeasure, reason)}
    on_left = tuple(replace(each, on=Side.LEFT) for each in usual.repetitions)
    clip = kept_squat(replace(usual, sides=sides, repetitions=on_left, difference={}))
    shown = printed(clip, clip)
    assert "The right leg was measured in neither clip." in shown
    assert "this clip has 0" not in shown
    assert "Open:" not in shown


def test_a_clearly_faster_cadence_is_said_also_of_two_views() -> None:
    faster = replace(run_analysis(), cadence_spm=Measured(value=182.4, error=0.8, n=170))
    said = "Cadence: 12 steps a minute more than before (± 1.2). That is a clear change."
    assert compare_kept(RUN, kept_run(faster), KNOWLEDGE)["summary"] == [said]
    aside = kept_run(replace(faster, view=View.FRONT))
    assert compare_kept(RUN, aside, KNOWLEDGE)["summary"][-1] == said
    german = language("de").gettext(said)
    assert german.startswith("Schrittfrequenz: 12 Schritte pro Minute mehr ")
    assert "clear" not in german


@pytest.mark.parametrize("value", [170.2, 182.4])
def test_where_only_cadence_was_measured_in_both_it_is_not_said_that_nothing_was(
    value: float,
) -> None:
    usual, reason = run_analysis(), Unknown(reason="A measure needs 7 good steps of each leg.")
    nothing = dict.fromkeys(RunMeasure, reason)
    short = replace(
        usual,
        sides={side: replace(leg, measures=nothing) for side, leg in usual.sides.items()},
        difference=nothing,
        cadence_spm=Measured(value=value, error=0.8, n=9),
    )
    said = compare_kept(RUN, kept_run(short), KNOWLEDGE)["summary"]
    assert said[-1] == ONLY_CADENCE_IN_BOTH
    assert NOTHING_IN_BOTH not in said
    assert language("de").gettext(ONLY_CADENCE_IN_BOTH) != ONLY_CADENCE_IN_BOTH


def runs_apart(name: RunMeasure, by: float, *, error: float) -> list[StoredDocument]:
    """Two runs in which a measure of the left leg, told within an error, lies so far apart."""
    usual = run_analysis()
    left = usual.sides[Side.LEFT]
    clips = []
    for value in (5.0, 5.0 + by):
        measure = Measured(value=value, error=error, n=85)
        own = replace(left, measures={**left.measures, name: measure})
        clips.append(kept_run(replace(usual, sides={**usual.sides, Side.LEFT: own})))
    return clips


@pytest.mark.parametrize(
    ("name", "by", "said"),
    [
        (
            RunMeasure.FEMORAL_ADDUCTION,
            2.0,
            "Thigh towards the midline, left: 2.0° further in than before (± 1.4°). That is more "
            "than measuring alone can make, but less than the 2.3° that legs differ by from day to "
            "day: nothing to rest anything on.",
        ),
        (
            RunMeasure.KNEE_OVER_FOOT,
            -4.0,
            "Knee over the foot, left: 4.0 % further outside than before (± 1.4 %). That is more "
            "than measuring alone can make, but less than the 5.0 % that we ask for out of "
            "caution, as nothing is in print: nothing to rest anything on.",
        ),
    ],
)
def test_a_change_beyond_its_error_but_not_its_limit_is_told_as_that(
    name: RunMeasure, by: float, said: str
) -> None:
    before, after = runs_apart(name, by, error=1.0)
    compared = compare_kept(before, after, KNOWLEDGE)
    assert compared["left"][name.value]["clear"] is False
    assert compared["summary"] == ["No change is clear.", said]
    german = language("de").gettext(said)
    assert "Darauf lässt sich nichts bauen." in german
    assert not re.search(r"\b(that|than|the|is|of|further)\b", german)
    before, after = runs_apart(name, 1.0, error=1.0)
    within = compare_kept(before, after, KNOWLEDGE)
    assert within["summary"] == [NOTHING_CHANGED]


def test_a_slightly_faster_cadence_is_told_as_that() -> None:
    faster = replace(run_analysis(), cadence_spm=Measured(value=172.4, error=0.8, n=170))
    said = (
        "Cadence: 2.2 steps a minute more than before (± 1.2). That is more than measuring alone "
        "can make, but less than the 3 steps a minute that we ask for out of caution, as nothing "
        "is in print: nothing to rest anything on."
    )
    assert compare_kept(RUN, kept_run(faster), KNOWLEDGE)["summary"] == [
        "No change is clear.",
        said,
    ]
    german = language("de").gettext(said)
    assert not re.search(r"\b(that|than|the|is|of|steps)\b", german)
    assert "3 Schritte pro Minute" in german


def test_what_the_table_calls_clear_is_said_above_it_too() -> None:
    wide = run_analysis()
    left = wide.sides[Side.LEFT]
    step = Measured(value=26.2, error=1.4, n=85)
    legs = {
        **wide.sides,
        Side.LEFT: replace(left, measures={**left.measures, RunMeasure.STEP_WIDTH: step}),
    }
    compared = compare_kept(RUN, kept_run(replace(wide, sides=legs)), KNOWLEDGE)
    assert compared["left"]["step_width_pct"]["clear"] is True
    (said,) = compared["summary"]
    assert said.startswith("Step width, left: 20.0 % more than before (")
