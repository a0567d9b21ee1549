"""Reads a knowledge folder file by file and keeps count of what is wrong; judges no rule."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sidestep.adapters.knowledge import adapt, shapes
from sidestep.adapters.knowledge.drawings import POSES
from sidestep.adapters.knowledge.pose_shapes import PoseShape
from sidestep.adapters.knowledge.strict_yaml import Plain, YamlTextError, parse_yaml
from sidestep.domain.planning.return_to_run import ReturnPhase
from sidestep.domain.triage.facts import Question
from sidestep.services.knowledge.knowledge_reading import (
    KnowledgeReading,
    Problem,
    RuleCase,
    Statement,
)
from sidestep.services.ports import Knowledge

_SOURCES = "sources.yaml"
_SECTIONS = "triage/sections.yaml"
_QUESTIONS = "triage/questions"
_CHECK_IN_SECTIONS = "check_in/sections.yaml"
_CHECK_IN_QUESTIONS = "check_in/questions"
_CLINICIAN_QUESTIONS = "reports/injection_questions.yaml"
_RETURN = "return_to_run"
_LISTS = frozenset({_SOURCES, _SECTIONS, _CHECK_IN_SECTIONS})
_FOLDERS = frozenset(
    {
        *("triage", "check_in", "myths", "load", "plans", "motion"),
        *("exercises", "cross_training", POSES, _RETURN),
    }
)

S = TypeVar("S", bound=BaseModel)
H = TypeVar("H", bound=shapes.HeaderShape)
V = TypeVar("V")


@dataclass
class _Reader:
    texts: Mapping[str, bytes]
    problems: list[Problem] = field(default_factory=list)
    cases: list[RuleCase] = field(default_factory=list)
    files: dict[tuple[str, str], str] = field(default_factory=dict)

    def complain(self, file: str, says: str) -> None:
        self.problems.append(Problem(file=file, says=says))

    def plain(self, file: str) -> Plain:
        try:
            return parse_yaml(self.texts[file].decode("utf-8"))
        except (YamlTextError, UnicodeDecodeError) as error:
            self.complain(file, str(error))
            return None

    def mapping(self, file: str) -> dict[str, Plain]:
        if file not in self.texts:
            return {}
        before = len(self.problems)
        raw = self.plain(file)
        if isinstance(raw, dict):
            return raw
        if len(self.problems) == before:
            self.complain(file, "should be a mapping of keys to values")
        return {}

    def shaped(self, shape: type[S], file: str, raw: object, within: str = "") -> S | None:
        try:
            return shape.model_validate(raw)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_context=False):
                path = ".".join(map(str, (*([within] if within else []), *detail["loc"])))
                self.complain(file, f"{path or 'the file'}: {detail['msg']}")
        return None

    def sources(self) -> dict[str, shapes.SourceShape]:
        shaped = {
            key: self.shaped(shapes.SourceShape, _SOURCES, raw, key)
            for key, raw in self.mapping(_SOURCES).items()
        }
        return {key: shape for key, shape in shaped.items() if shape is not None}

    def sections(self, file: str) -> dict[str, str]:
        titles = self.mapping(file)
        for section, title in titles.items():
            if not isinstance(title, str):
                self.complain(file, f"{section}: the title {title!r} should be words")
        return {id: title for id, title in titles.items() if isinstance(title, str)}

    def questions(self, kind: str, folder: str, sections: Mapping[str, str]) -> dict[str, Question]:
        order = {section: place for place, section in enumerate(sections)}
        files = sorted(
            _files_under(folder, self.texts),
            key=lambda file: (order.get(PurePosixPath(file).stem, len(order)), file),
        )
        found: dict[str, Question] = {}
        for file in files:
            for question in self._questions_of(file):
                if question.id in found:
                    self.complain(file, f"the question {question.id} is asked twice")
                found[question.id] = question
                self.files[kind, question.id] = file
        return found

    def _questions_of(self, file: str) -> Iterator[Question]:
        before = len(self.problems)
        raw = self.plain(file)
        if not isinstance(raw, list):
            if len(self.problems) == before:
                self.complain(file, "should be a list of questions")
            return
        for place, item in enumerate(raw):
            name = str(item.get("id", place)) if isinstance(item, dict) else str(place)
            shape = self.shaped(shapes.QuestionShape, file, item, name)
            if shape is not None:
                yield adapt.adapt_question(PurePosixPath(file).stem, shape)

    def others(self) -> tuple[Statement, ...]:
        """Read only the header of statements that another part reads in full."""
        found = []
        for file in self.texts:
            folder = PurePosixPath(file).parts[0]
            if file in _LISTS or folder in _FOLDERS:
                continue
            shaped = self.shaped(shapes.OtherShape, file, self.plain(file))
            if shaped is not None:
                self.files[folder, shaped.id] = file
                backing = adapt.adapt_backing(shaped)
                found.append(
                    Statement(
                        kind=folder, id=shaped.id, title=shaped.title, says="", backing=backing
                    )
                )
        return tuple(found)

    def drawn(self) -> frozenset[str]:
        """Check the file of every drawing; return the exercises that are drawn."""
        found = set()
        for file in _files_under(POSES, self.texts):
            before = len(self.problems)
            raw = self.plain(file)
            if len(self.problems) > before:
                continue
            shape = self.shaped(PoseShape, file, raw)
            if shape is None:
                continue
            if shape.exercise != PurePosixPath(file).stem:
                self.complain(file, f"exercise: {shape.exercise} should equal the file's name")
            found.add(shape.exercise)
            self.files["pose", shape.exercise] = file
        return frozenset(found)

    def clinician_questions(self) -> tuple[str, ...]:
        """Read the neutral questions that the report prints for the runner to ask."""
        raw = self.mapping(_CLINICIAN_QUESTIONS)
        asked = raw.get("questions", [])
        if isinstance(asked, list) and all(isinstance(each, str) for each in asked):
            return tuple(str(each) for each in asked)
        self.complain(_CLINICIAN_QUESTIONS, "questions: should be a list of sentences")
        return ()

    def return_phases(self) -> tuple[ReturnPhase, ...]:
        """Read the phases from walking back to running, the first one first."""
        before = len(self.problems)
        found = self.statements(
            "return_phase", _RETURN, shapes.ReturnPhaseShape, adapt.adapt_return_phase
        )
        phases = sorted(found.values(), key=lambda each: each.phase)
        in_order = [each.phase for each in phases] == list(range(1, len(phases) + 1))
        if not in_order and len(self.problems) == before:
            last = self.files["return_phase", phases[-1].id]
            self.complain(last, "phase: the phases should be 1, 2, 3 and so on, each once")
        return tuple(phases)

    def statements(
        self, kind: str, folder: str, shape: type[H], adapt_one: Callable[[H], V]
    ) -> dict[str, V]:
        found: dict[str, V] = {}
        for file in _files_under(folder, self.texts):
            before = len(self.problems)
            raw = self.plain(file)
            if len(self.problems) > before:
                continue
            shaped = self.shaped(shape, file, raw)
            if shaped is None:
                continue
            if shaped.id != PurePosixPath(file).stem:
                self.complain(file, f"id: {shaped.id} should equal the file's name")
                continue
            found[shaped.id] = adapt_one(shaped)
            self.files[kind, shaped.id] = file
            if isinstance(shaped, shapes.RuleShape):
                self.cases.extend(_cases(kind, shaped))
        return found


def _cases(kind: str, shape: shapes.RuleShape) -> Iterator[RuleCase]:
    for case in shape.cases:
        yield RuleCase(
            kind=kind,
            rule=shape.id,
            name=case.name,
            facts={
                fact: adapt.adapt_fact(raw) for fact, raw in case.facts.items() if raw is not None
            },
            gives=None if case.gives == "unknown" else case.gives is True,
        )


def _files_under(folder: str, texts: Mapping[str, bytes]) -> list[str]:
    return [file for file in texts if str(PurePosixPath(file).parent) == folder]


def _version(texts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for file, content in texts.items():
        digest.update(f"{file}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def read_folder(folder: Path, *, with_drawings: bool = True) -> KnowledgeReading:
    """Read every YAML file below a folder; what cannot be read becomes a problem.

    Without drawings their files count for the version only, which makes reading quicker.

    Raises
    ------
    OSError
        The folder itself cannot be read.
    """
    paths = sorted(folder.rglob("*.yaml"), key=lambda path: path.relative_to(folder).as_posix())
    texts = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    reader = _Reader(texts)
    sources = {key: adapt.adapt_source(key, shape) for key, shape in reader.sources().items()}
    sections = reader.sections(_SECTIONS)
    check_in_sections = reader.sections(_CHECK_IN_SECTIONS)
    flags = reader.statements(
        "red_flag", "triage/red_flags", shapes.RedFlagShape, adapt.adapt_red_flag
    )
    patterns = reader.statements(
        "pattern", "triage/patterns", shapes.PatternShape, adapt.adapt_pattern
    )
    causes = reader.statements("cause", "triage/causes", shapes.CauseShape, adapt.adapt_cause)
    myths = reader.statements("myth", "myths", shapes.MythShape, adapt.adapt_myth)
    knowledge = Knowledge(
        version=_version(texts),
        sources=sources,
        sections=sections,
        questions=reader.questions("question", _QUESTIONS, sections),
        check_in_sections=check_in_sections,
        check_in_questions=reader.questions(
            "check_in_question", _CHECK_IN_QUESTIONS, check_in_sections
        ),
        red_flags=tuple(flags.values()),
        patterns=tuple(patterns.values()),
        causes=tuple(causes.values()),
        myths=tuple(myths.values()),
        load=reader.statements("load", "load", shapes.ParameterShape, adapt.adapt_parameter),
        plans=reader.statements("plan", "plans", shapes.ParameterShape, adapt.adapt_parameter),
        motion=reader.statements("motion", "motion", shapes.ParameterShape, adapt.adapt_parameter),
        calibrations=reader.statements(
            "calibration", "calibration", shapes.CalibrationShape, adapt.adapt_calibration
        ),
        exercises=reader.statements(
            "exercise", "exercises", shapes.ExerciseShape, adapt.adapt_exercise
        ),
        cross_training=reader.statements(
            "cross_training",
            "cross_training",
            shapes.CrossTrainingShape,
            adapt.adapt_cross_training,
        ),
        return_phases=reader.return_phases(),
        clinician_questions=reader.clinician_questions(),
    )
    return KnowledgeReading(
        knowledge=knowledge,
        cases=tuple(reader.cases),
        others=reader.others(),
        drawn=reader.drawn() if with_drawings else frozenset(),
        files=reader.files,
        problems=tuple(reader.problems),
    )
