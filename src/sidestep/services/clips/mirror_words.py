"""A session at the mirror in plain sentences; what was counted is decided elsewhere."""

from sidestep.domain.motion.views import FROM, View
from sidestep.domain.vocabulary.side import Side
from sidestep.domain.vocabulary.uncertainty import Unknown
from sidestep.services.clips.measure_words import WORDS, in_words, sides_in_words
from sidestep.services.clips.mirror_session import MirrorSession, SideSteps

NOT_CORRECTED = (
    "The mirror does not know how the camera stands. Compare these values only with your own, "
    "from the same camera place."
)


MOVE_THE_CAMERA = (
    "Those steps are counted, and not measured. Move the camera until nothing stands between it "
    "and you."
)


def mirror_sentences(session: MirrorSession) -> list[str]:
    """Return what to tell the person at the end, one sentence or two in each string."""
    if session.delay_ms is None:
        return ["It was stopped before the first picture."]
    said = [_counted(session)]
    if session.n_steps:
        said.append(_measured(session))
        if session.limit is not None:
            said.append(_over(session))
        if any(not isinstance(steps.value, Unknown) for steps in session.sides.values()):
            said.append(NOT_CORRECTED)
    if session.hidden_s:
        stood = f"For {session.hidden_s:.0f} s something stood between the camera and you."
        said.append(f"{stood} {MOVE_THE_CAMERA}")
    if session.other_view is not None:
        said.append(_seen_from(session.other_view, session))
    said.append(_delay(session, *session.delay_ms))
    if session.is_too_slow:
        said.append(
            f"Only {session.rate_hz:.0f} pictures a second were shown, so steps may be missing. "
            "Close other programs, or film with fewer pixels."
        )
    if session.broke_off:
        said.append(f"It ended early: {session.broke_off}")
    return said


def _seen_from(other: View, session: MirrorSession) -> str:
    seen = (
        f"For {session.other_view_s:.0f} s you were seen {FROM[other]}, and the mirror was "
        f"set to see you {FROM[session.view]}."
    )
    to_do = (
        "Put the camera behind you or in front of you."
        if other is View.SIDE
        else f"Start again with --view {other.value}, or move the camera."
    )
    return f"{seen} Those steps are counted, and not measured. {to_do}"


def _counted(session: MirrorSession) -> str:
    lasted = f"{session.duration_s:.0f} s"
    if not session.n_steps:
        return f"No steps were seen in {lasted}. The mirror needs both legs, down to the feet."
    left, right = (session.sides[side].n_steps for side in Side)
    counted = f"{session.n_steps} steps in {lasted}: {left} left, {right} right."
    cadence = session.cadence_spm
    if isinstance(cadence, Unknown):
        return f"{counted} The cadence was not measured. {cadence.reason}"
    return f"{counted} Cadence: {cadence.value:.1f} steps a minute (± {cadence.error:.1f})."


def _measured(session: MirrorSession) -> str:
    values = {side: session.sides[side].value for side in Side}
    return f"{WORDS[session.watched].title}: {_lower(sides_in_words(session.watched, values))}"


def _over(session: MirrorSession) -> str:
    limit = in_words(session.watched, session.limit or 0.0)
    left, right = (_of(session.sides[side]) for side in Side)
    return f"Beyond your own limit of {limit}: left {left}, right {right}."


def _of(steps: SideSteps) -> str:
    if not steps.n_measured:
        return "not measured"
    return f"{steps.n_over} of {steps.n_measured} steps"


def _delay(session: MirrorSession, median: float, high: float) -> str:
    shown = f"{session.n_shown} pictures shown, {session.n_dropped} left out"
    return (
        f"Delay: {median:.0f} ms, for 19 of 20 pictures under {high:.0f} ms ({shown}). What camera "
        "and screen add is not in it."
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
