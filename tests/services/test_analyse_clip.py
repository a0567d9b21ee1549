"""A clip of a runner whose angles are known becomes a kept result, in numbers and in words."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from weakref import ReferenceType, ref

import numpy as np
import pytest

from builders.clip_results import filmed_at, kept_run
from builders.motion_runner import Camera, Runner
from builders.shipped import shipped_knowledge
from fakes.clips import NoonClock, PaperFolder, RememberedPictures, ScriptedPoses
from fakes.stores import MemoryStore
from sidestep.domain.motion.calibration import Calibration
from sidestep.domain.motion.pose_track import PoseTrack
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.side import Side
from sidestep.errors import StorageError
from sidestep.languages.language import language
from sidestep.services.clips.analyse_clip import ClipTools, ClipWishes, analyse_clip
from sidestep.services.clips.clip_facts import facts_from_clips
from sidestep.services.clips.clip_kinds import RUN
from sidestep.services.clips.compare_clips import NOTHING_CHANGED, compare_kept
from sidestep.services.clips.list_clips import clips_document, newest_clips_first
from sidestep.services.ports import StoredDocument

CLIP = Path("run.mp4")
LEFT_IN = Runner(
    adduction_deg={Side.LEFT: 12.0, Side.RIGHT: 4.0},
    fppa_deg={Side.LEFT: 24.0, Side.RIGHT: 5.0},
    spread_deg=1.0,
    camera=Camera(view=View.REAR),
)


def tools(track: PoseTrack, *, calibrated: bool = True) -> ClipTools:
    exact = Calibration(model=track.model, version="exact points", exact_for_all=True)
    calibrations = {"exact": exact} if calibrated else {}
    knowledge = replace(shipped_knowledge(), calibrations=calibrations)
    store = MemoryStore()
    return ClipTools(
        poses=ScriptedPoses(track),
        pictures=RememberedPictures(),
        folder=PaperFolder(),
        open_store=lambda: store,
        read_knowledge=lambda: knowledge,
        clock=NoonClock(),
    )


def analysed(with_tools: ClipTools, wishes: ClipWishes | None = None) -> StoredDocument:
    return analyse_clip(CLIP, RUN, wishes or ClipWishes(), with_tools, lambda _: None)


def test_the_document_holds_what_the_runner_does() -> None:
    told = analysed(tools(LEFT_IN.track())).content
    assert told["view"] == "rear"
    assert told["cadence_spm"]["value"] == pytest.approx(168, rel=0.005)
    assert told["left"]["femoral_adduction_deg"]["value"] == pytest.approx(12, abs=2)
    assert told["right"]["femoral_adduction_deg"]["value"] == pytest.approx(4, abs=2)
    assert told["difference"]["femoral_adduction_deg"]["value"] == pytest.approx(8, abs=2)
    assert {step["side"] for step in told["steps"]} == {"left", "right"}
    assert told["quality"] == {"usable": True, "problems": []}
    assert set(told["versions"]) == {"program", "knowledge", "pose", "calibration"}


def test_the_headline_names_the_side_and_the_caution_has_sources() -> None:
    summary = analysed(tools(LEFT_IN.track())).content["summary"]
    assert summary["headline"] == (
        "Both knees go inside the line over the foot, the left one clearly further. "
        "Your left thigh leans in more than your right."
    )
    caution = summary["points"][-1]
    assert "not to predict an injury" in caution["says"]
    assert caution["sources"]


def test_legs_apart_by_less_than_two_days_are_is_not_clear() -> None:
    apart = Runner(adduction_deg={Side.LEFT: 8.0, Side.RIGHT: 6.2}, spread_deg=1.0)
    told = analysed(tools(apart.track())).content
    difference = told["difference"]["femoral_adduction_deg"]
    assert difference["error"] < difference["value"] < 2.3
    thigh = told["summary"]["points"][0]["says"]
    assert "nothing to rest anything on: less than the 2.3° that legs differ by from day" in thigh
    assert "thigh" not in told["summary"]["headline"]


def test_without_a_calibration_for_the_pose_model_there_is_no_number() -> None:
    told = analysed(tools(LEFT_IN.track(), calibrated=False)).content
    assert told["left"]["femoral_adduction_deg"]["value"] is None
    assert told["left"]["femoral_adduction_deg"]["reason"]
    assert told["cadence_spm"]["value"] == pytest.approx(168, rel=0.005)


def test_the_clip_is_kept_only_when_asked_for() -> None:
    unasked = tools(LEFT_IN.track())
    assert analysed(unasked).content["kept_clip"] is None
    asked = tools(LEFT_IN.track())
    kept = analysed(asked, ClipWishes(keeps_clip=True)).content["kept_clip"]
    assert kept == "place1/run.mp4"
    assert clips_document(asked.open_store(), asked.folder, asked.clock)[0]["kept_clip"] == str(
        Path("clips") / "place1" / "run.mp4"
    )


def test_the_typical_and_the_worst_step_of_each_side_become_stills() -> None:
    with_tools = tools(LEFT_IN.track())
    told = analysed(with_tools).content
    pictures = with_tools.pictures
    assert isinstance(pictures, RememberedPictures)
    ((drawing, stills, overlay),) = pictures.drawn
    names = {"typical_left", "worst_left", "typical_right", "worst_right"}
    assert {still.path.stem for still in stills} == names
    assert set(told["pictures"]) == names | {"overlay"}
    assert told["pictures"]["worst_left"] == "place1/worst_left.jpg"
    assert overlay is not None
    assert len(drawing.stances) == len(told["steps"])
    assert all(0 <= still.frame < len(drawing.time_s) for still in stills)


def test_from_aside_the_typical_step_of_the_nearer_leg_becomes_a_still() -> None:
    aside = Runner(camera=Camera(view=View.SIDE), noise_px=1, duration_s=12).track()
    with_tools = tools(replace(aside, model="BlazePose full e9a5c5cb17f7"))
    told = analysed(with_tools).content
    (side,) = (side for side in ("left", "right") if told[side]["knee_flexion_deg"]["value"])
    (name,) = set(told["pictures"]) - {"overlay"}
    assert name == f"typical_{side}"
    assert re.fullmatch(
        rf"Typical {side} step, number \d+: knee bent \d+\.\d°", told["captions"][name]
    )
    assert not re.search(r"\bbent\b", language("de").gettext(told["captions"][name]))
    pictures = with_tools.pictures
    assert isinstance(pictures, RememberedPictures)
    ((drawing, _, _),) = pictures.drawn
    assert {stance.offset_pct for stance in drawing.stances} == {None}


def test_of_a_clip_in_which_nobody_was_found_nothing_is_drawn() -> None:
    track = LEFT_IN.track()
    with_tools = tools(replace(track, xy_px=np.full_like(track.xy_px, np.nan)))
    told = analysed(with_tools).content
    assert told["pictures"] == {}
    assert isinstance(with_tools.pictures, RememberedPictures)
    assert with_tools.pictures.drawn == []


def test_a_film_that_is_measured_again_has_pictures_of_its_own() -> None:
    with_tools = tools(LEFT_IN.track())
    first, again = (analysed(with_tools, ClipWishes(keeps_clip=True)).content for _ in range(2))
    assert first["clip_id"] == again["clip_id"]
    assert not set(first["pictures"].values()) & set(again["pictures"].values())
    assert first["kept_clip"] != again["kept_clip"]


@pytest.mark.parametrize("stops", [StorageError("full", hint=""), KeyboardInterrupt()])
def test_what_is_stopped_or_cannot_be_kept_leaves_no_pictures(stops: BaseException) -> None:
    def refuse() -> MemoryStore:
        raise stops

    with_tools = replace(tools(LEFT_IN.track()), open_store=refuse)
    with pytest.raises(type(stops)):
        analysed(with_tools)
    folder = with_tools.folder
    assert isinstance(folder, PaperFolder)
    assert folder.discarded == ["place1"]


def test_the_kept_clip_feeds_the_knee_check() -> None:
    with_tools = tools(LEFT_IN.track())
    offset = analysed(with_tools).content["left"]["knee_over_foot_pct"]
    assert offset["value"] > offset["error"]
    assert facts_from_clips(with_tools.open_store()) == {"clip_knee_run": "inside"}


def test_a_run_compared_with_itself_has_not_changed() -> None:
    with_tools = tools(LEFT_IN.track())
    first, second = analysed(with_tools), analysed(with_tools)
    compared = compare_kept(first, second, with_tools.knowledge)
    assert compared["comparable"]
    assert compared["summary"] == [NOTHING_CHANGED]
    assert compared["left"]["femoral_adduction_deg"]["change"]["value"] == 0


def test_a_knee_that_came_in_is_told() -> None:
    straight = replace(LEFT_IN, adduction_deg=dict.fromkeys(Side, 4.0))
    before, after = analysed(tools(straight.track())), analysed(tools(LEFT_IN.track()))
    compared = compare_kept(before, after, shipped_knowledge())
    change = compared["left"]["femoral_adduction_deg"]
    assert change["clear"]
    assert change["change"]["value"] == pytest.approx(8, abs=2)
    assert not compared["right"]["femoral_adduction_deg"]["clear"]
    assert any("left" in line and "clear" in line for line in compared["summary"])


def test_the_list_is_newest_first() -> None:
    with_tools = tools(LEFT_IN.track())
    first, second = analysed(with_tools), analysed(with_tools)
    assert [
        clip["id"]
        for clip in clips_document(with_tools.open_store(), with_tools.folder, with_tools.clock)
    ] == [
        second.id,
        first.id,
    ]


def test_a_clip_measured_late_in_the_evening_is_of_that_evening() -> None:
    store, east = MemoryStore(), timezone(timedelta(hours=2))
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    store.save_document(filmed_at(kept_run(), late))
    (clip,) = newest_clips_first(store, east)
    assert clip.made_at == late
    assert f"{clip.made_at:%d %H:%M}" == "23 00:30"


def test_a_clips_points_are_let_go_of_before_its_pictures_are_made() -> None:
    seen: list[ReferenceType[object]] = []

    class SeenOnce:
        def track(self, clip: Path, progress: Callable[[float], None]) -> PoseTrack:
            track = LEFT_IN.track()
            seen.append(ref(track.xy_px))
            return track

    class Looking(RememberedPictures):
        def draw(self, *asked: Any) -> None:
            assert seen[0]() is None
            super().draw(*asked)

    pictures = Looking()
    some = replace(tools(LEFT_IN.track()), poses=SeenOnce(), pictures=pictures)
    analysed(some)
    assert pictures.drawn
