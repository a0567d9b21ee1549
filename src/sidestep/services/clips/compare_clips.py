"""Compares two clips of a kind, kept or new; what counts as a change is the domain's business."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sidestep.domain.motion.comparison import (
    Change,
    ClipComparison,
    Name,
    RunComparison,
    compare_runs,
    compare_squats,
)
from sidestep.domain.motion.run_analysis import RunMeasure
from sidestep.domain.motion.squat_analysis import SquatMeasure
from sidestep.domain.motion.views import View
from sidestep.domain.vocabulary.uncertainty import Measured
from sidestep.errors import InputError
from sidestep.services.clips.list_clips import newest_clips_first
from sidestep.services.clips.measure_document import measure_document
from sidestep.services.clips.measure_words import (
    WORDS,
    MeasureName,
    change_in_words,
    in_words,
    is_our_own,
)
from sidestep.services.clips.run_document import run_from
from sidestep.services.clips.squat_document import squat_from
from sidestep.services.kept_documents import DocumentKind
from sidestep.services.ports import ClipFolder, Knowledge, Store, StoredDocument

NOTHING_CHANGED = "Nothing changed by more than measuring alone can make. That is an answer too."
NO_CLEAR_CHANGE = "No change is clear."
NOTHING_IN_BOTH = "Nothing was measured in both clips, so it is not known whether anything changed."
ONLY_CADENCE_IN_BOTH = (
    "But for cadence nothing was measured in both clips, so it is not known whether anything "
    "else changed."
)
NOT_IN_PRINT = (
    "That is more than measuring alone can make. By how much squats differ from day to day with "
    "nothing changed is not in print, so nobody can say whether it means anything."
)

MUST_BE_THE_SAME: Mapping[str, str] = {
    "run": "A change is yours only where the phone's place, your speed and shoes were alike.",
    "squat": "A change is yours only where the phone's place, your shoes and the depth were alike.",
}
"""What has to be alike in two clips of a kind, said above what changed."""

_CADENCE = "Cadence"
_IN_WORDS = {DocumentKind.CLIP_RUN: "a running clip", DocumentKind.CLIP_SQUAT: "a squat clip"}

Analyse = Callable[[Path, DocumentKind], StoredDocument]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsMeasuredNow:
    """How a file would be measured now: a kept result of it that was made alike counts for it.

    ``view`` is the one that was asked for, ``None`` where it is found out.
    """

    versions: Mapping[str, str]
    view: View | None = None


def find_clips(
    named: tuple[str, str],
    kind: DocumentKind | None,
    *,
    store: Store,
    folder: ClipFolder,
    now: AsMeasuredNow,
    analyse: Analyse,
) -> tuple[StoredDocument, StoredDocument]:
    """Return two clips by their files or by the ids of kept results.

    A file is analysed, unless its content was measured before just as it would be now.

    Parameters
    ----------
    kind
        What the files show. ``None``: what a file showed when it was measured last, else the same
        as the other clip, else a run.

    Raises
    ------
    InputError
        There is neither such a file nor such a result, both are one and the same, or one is a run
        and the other a squat.
    StorageError
        The records cannot be read.
    """
    newest_first = newest_clips_first(store)
    kept = [None if Path(each).exists() else _kept(each, newest_first) for each in named]
    if _are_one(kept, named):
        raise _one_and_the_same()
    known = [
        _kind_of(each, Path(name), kind, newest_first, folder)
        for each, name in zip(kept, named, strict=True)
    ]
    other = next((each for each in known if each is not None), DocumentKind.CLIP_RUN)
    kinds = [each or other for each in known]
    if kinds[0] is not kinds[1]:
        first, second = (
            f"{name} is {_IN_WORDS[each]}" for name, each in zip(named, kinds, strict=True)
        )
        raise InputError(
            f"{first}, {second}; two runs or two squats can be compared",
            hint="See your clips with: sidestep clip list. "
            "What files show is said with: --kind run or --kind squat",
        )
    alike = [
        each or _measured_alike(Path(name), kinds[0], newest_first, folder, now)
        for each, name in zip(kept, named, strict=True)
    ]
    if _are_one(alike, named):
        raise _one_and_the_same()
    before, after = (
        each or analyse(Path(name), kinds[0]) for each, name in zip(alike, named, strict=True)
    )
    return before, after


def _measured_alike(
    file: Path,
    kind: DocumentKind,
    newest_first: list[StoredDocument],
    folder: ClipFolder,
    now: AsMeasuredNow,
) -> StoredDocument | None:
    """Return the newest result of this very film that measuring it now would only repeat."""
    clip_id = folder.id_of(file)
    return next(
        (
            each
            for each in newest_first
            if each.kind == kind
            and each.content["clip_id"] == clip_id
            and each.content["versions"] == now.versions
            # Of one that was refused the view may have been named wrongly.
            and each.content["quality"]["usable"]
            and now.view in (None, each.content["view"])
        ),
        None,
    )


def _one_and_the_same() -> InputError:
    return InputError(
        "a clip cannot be compared with itself",
        hint="Choose two clips. See yours with: sidestep clip list",
    )


def _are_one(kept: list[StoredDocument | None], named: tuple[str, str]) -> bool:
    """Whether both are the same result or the same file: comparing them would tell nothing."""
    first, second = kept
    if first is not None and second is not None:
        return first.id == second.id
    return first is None and second is None and Path(named[0]).samefile(named[1])


def _kept(named: str, newest_first: list[StoredDocument]) -> StoredDocument:
    for each in newest_first:
        if named in (each.id, each.content["clip_id"]):
            return each
    raise InputError(
        f"{named} is neither a file nor the id of a measured clip",
        hint="See the clips you have measured with: sidestep clip list",
    )


def _kind_of(
    kept: StoredDocument | None,
    file: Path,
    wanted: DocumentKind | None,
    newest_first: list[StoredDocument],
    folder: ClipFolder,
) -> DocumentKind | None:
    if kept is not None:
        return DocumentKind(kept.kind)
    if wanted is not None:
        return wanted
    clip_id = folder.id_of(file)
    kinds = (each.kind for each in newest_first if each.content["clip_id"] == clip_id)
    found = next(kinds, None)
    return None if found is None else DocumentKind(found)


def compare_kept(
    before: StoredDocument, after: StoredDocument, knowledge: Knowledge
) -> dict[str, Any]:
    """Return what changed between two kept clips of a kind as other programs read it."""
    clips = before.content, after.content
    if before.kind == DocumentKind.CLIP_RUN:
        first_run, second_run = (run_from(each) for each in clips)
        runs = compare_runs(first_run, second_run, knowledge.motion)
        return _document(before, after, runs, tuple(_our_own_limits(runs, knowledge)))
    first, second = (squat_from(each) for each in clips)
    return _document(before, after, compare_squats(first, second, knowledge.motion))


def _document(
    before: StoredDocument,
    after: StoredDocument,
    compared: ClipComparison[Name],
    our_own_limits: tuple[str, ...] = (),
) -> dict[str, Any]:
    cadence = compared.cadence_spm if isinstance(compared, RunComparison) else None
    return {
        "kind": before.content["kind"],
        "before": _named(before),
        "after": _named(after),
        "comparable": compared.reason is None,
        "reason": compared.reason,
        "summary": list(_in_words(compared, our_own_limits)),
        "our_own_limits": list(our_own_limits),
        **({} if cadence is None else {"cadence_spm": _change(cadence)}),
        **{side.value: _changes(changes) for side, changes in compared.sides.items()},
        "difference": _changes(compared.difference),
    }


def _our_own_limits(compared: RunComparison, knowledge: Knowledge) -> Iterator[str]:
    """Give the titles of what was compared whose smallest change that counts is not in print."""
    if is_our_own(knowledge.motion.get("real_change_cadence_spm")):
        yield _CADENCE
    for name in RunMeasure:
        changes = (each.get(name) for each in compared.sides.values())
        if is_our_own(knowledge.motion.get(f"real_change_{name}")) and any(
            change is not None and isinstance(change.change, Measured) for change in changes
        ):
            yield WORDS[name].title


def _named(kept: StoredDocument) -> dict[str, Any]:
    return {
        "id": kept.id,
        "measured_at": kept.made_at.isoformat(),
        "file": kept.content.get("file"),
        "view": kept.content["view"],
        "usable": kept.content["quality"]["usable"],
    }


def _changes(changes: Mapping[Name, Change]) -> dict[str, Any]:
    return {name.value: _change(change) for name, change in changes.items()}


def _change(change: Change) -> dict[str, Any]:
    return {
        "before": measure_document(change.before),
        "after": measure_document(change.after),
        "change": measure_document(change.change),
        "smallest_real_change": change.smallest,
        "clear": change.is_clear,
    }


def _in_words(compared: ClipComparison[Name], our_own_limits: Collection[str]) -> Iterator[str]:
    of_cadence: list[str] = list(_cadence_in_words(compared, our_own_limits))
    if compared.reason is not None:
        yield compared.reason
        yield from of_cadence
        return
    told = [
        (name, legs, change)
        for name, legs, change in _by_leg(compared)
        if change.is_beyond_error and name is not SquatMeasure.DEPTH
    ]
    clear, small, unsettled = (
        [each for each in told if each[2].is_clear is verdict] for verdict in (True, False, None)
    )
    if (small or of_cadence) and not (clear or unsettled or _is_cadence_clear(compared)):
        yield NO_CLEAR_CHANGE
    yield from of_cadence
    for name, legs, change in clear:
        yield f"{WORDS[name].title}, {legs}: {_amount(name, change)}. That is a clear change."
    for name, legs, change in unsettled:
        yield f"{WORDS[name].title}, {legs}: {_amount(name, change)}."
    if unsettled:
        yield NOT_IN_PRINT
    for name, legs, change in small:
        limit = in_words(name, change.smallest or 0.0)
        is_ours = WORDS[name].title in our_own_limits
        yield (
            f"{WORDS[name].title}, {legs}: {_amount(name, change)}. "
            f"{_too_small(limit, is_ours=is_ours)}"
        )
    if not any(isinstance(change.change, Measured) for _, _, change in _by_leg(compared)):
        yield ONLY_CADENCE_IN_BOTH if _is_cadence_in_both(compared) else NOTHING_IN_BOTH
    elif not (told or of_cadence):
        yield NOTHING_CHANGED
    yield from _other_depth(compared)


def _too_small(limit: str, *, is_ours: bool) -> str:
    """Say of a change beyond its error that it is not beyond what means anything."""
    if is_ours:
        return (
            f"That is more than measuring alone can make, but less than the {limit} that we ask "
            "for out of caution, as nothing is in print: nothing to rest anything on."
        )
    return (
        f"That is more than measuring alone can make, but less than the {limit} that legs differ "
        "by from day to day: nothing to rest anything on."
    )


def _cadence_in_words(
    compared: ClipComparison[Name], our_own_limits: Collection[str]
) -> Iterator[str]:
    """Say that the steps came faster or slower, which can be told from anywhere."""
    cadence = compared.cadence_spm if isinstance(compared, RunComparison) else None
    if cadence is None or not isinstance(cadence.change, Measured) or not cadence.is_beyond_error:
        return
    is_clear, error = cadence.is_clear, cadence.change.error
    amount = f"{abs(cadence.change.value):.{0 if is_clear else 1}f}"
    more = "more" if cadence.change.value > 0 else "fewer"
    limit = f"{cadence.smallest or 0.0:.0f} steps a minute"
    yield (
        f"Cadence: {amount} steps a minute {more} than before (± {error:.1f}). "
        + (
            "That is a clear change."
            if is_clear
            else _too_small(limit, is_ours=_CADENCE in our_own_limits)
        )
    )


def _is_cadence_in_both(compared: ClipComparison[Name]) -> bool:
    return isinstance(compared, RunComparison) and isinstance(compared.cadence_spm.change, Measured)


def _is_cadence_clear(compared: ClipComparison[Name]) -> bool:
    return isinstance(compared, RunComparison) and bool(compared.cadence_spm.is_clear)


def _by_leg(compared: ClipComparison[Name]) -> Iterator[tuple[MeasureName, str, Change]]:
    """Give every measure of each leg; one that is the same on both is given once."""
    (left, lefts), (right, rights) = compared.sides.items()
    for name in lefts:
        if lefts[name] == rights[name]:
            yield name, "both legs", lefts[name]
        else:
            yield name, left.value, lefts[name]
            yield name, right.value, rights[name]


def _other_depth(compared: ClipComparison[Name]) -> Iterator[str]:
    """Say that the squats went less or more deep, which alone moves every other number."""
    depths = [
        f"{legs} {_amount(name, change)}"
        for name, legs, change in _by_leg(compared)
        if name is SquatMeasure.DEPTH and change.is_beyond_error
    ]
    if depths:
        yield (
            f"How deep you went: {', '.join(depths)}. Depth alone can move the knees, so compare "
            "squats of the same depth."
        )


def _amount(name: MeasureName, change: Change) -> str:
    if not isinstance(change.change, Measured):
        return "not known"
    value = change_in_words(name, change.change.value)
    return f"{value} than before (± {in_words(name, change.change.error)})"
