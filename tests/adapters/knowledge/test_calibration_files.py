from pathlib import Path

from sidestep.adapters.knowledge.load import read_knowledge
from sidestep.domain.motion.calibration import Line
from sidestep.domain.motion.posture_model import PostureModel
from sidestep.domain.motion.views import View
from sidestep.services.knowledge.knowledge_statements import statements_of

WRITTEN = """\
id: some_model
title: How some model reads rendered people
since: 2026-11-22
basis: design
sources: []
reviewed: null
model: some model 1a2b
says: Fitted on rendered people.
lines:
  - {view: rear, measure: fppa_deg, slope: 0.7, intercept: 1.7, turn: 0.6, residual_sd: 1.1,
     difference_sd: 0.9, change_sd: 0.3, n: 40}
"""


def written(folder: Path, text: str) -> Path:
    (folder / "calibration").mkdir()
    (folder / "calibration" / "some_model.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_calibration_is_read_line_by_line(tmp_path: Path) -> None:
    reading = read_knowledge(written(tmp_path, WRITTEN))
    assert reading.problems == ()
    calibration = reading.knowledge.calibrations["some_model"]
    assert calibration.model == "some model 1a2b"
    assert "2026-11-22" in calibration.version
    assert calibration.line(View.REAR, "fppa_deg") == Line(
        slope=0.7,
        intercept=1.7,
        turn=0.6,
        residual_sd=1.1,
        difference_sd=0.9,
        change_sd=0.3,
        n=40,
    )
    assert calibration.line(View.FRONT, "fppa_deg") is None
    assert [(each.kind, each.id) for each in statements_of(reading)] == [
        ("calibration", "some_model")
    ]


def test_what_posture_tells_is_read_with_its_line(tmp_path: Path) -> None:
    by_posture = """
     by_posture: {intercept: 2.0, own: {fppa_deg: 0.9, inward_turn_deg: -0.1},
       other: {fppa_deg: 0.1, inward_turn_deg: 0.1}, residual_sd: 0.8, difference_sd: 0.7, n: 90}}
"""
    reading = read_knowledge(
        written(tmp_path, WRITTEN.replace(" n: 40}\n", f" n: 40,{by_posture}"))
    )
    assert reading.problems == ()
    line = reading.knowledge.calibrations["some_model"].line(View.REAR, "fppa_deg")
    assert line is not None
    assert line.by_posture == PostureModel(
        intercept=2.0,
        own={"fppa_deg": 0.9, "inward_turn_deg": -0.1},
        other={"fppa_deg": 0.1, "inward_turn_deg": 0.1},
        residual_sd=0.8,
        difference_sd=0.7,
        n=90,
    )


def test_a_line_that_cannot_be_told_back_is_a_problem(tmp_path: Path) -> None:
    reading = read_knowledge(written(tmp_path, WRITTEN.replace("slope: 0.7", "slope: 0.0")))
    assert [problem.file for problem in reading.problems] == ["calibration/some_model.yaml"]
    assert "slope" in reading.problems[0].says
