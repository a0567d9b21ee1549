"""Runs the mirror on this machine's camera and screen; nothing else.

What a picture comes to is ``mirror_loop``'s.
"""

from sidestep.domain.motion.mirror import Mirror
from sidestep.errors import UnreadableFileError
from sidestep.services.clips.mirror_loop import MirrorLoop
from sidestep.services.clips.mirror_session import MirrorSession
from sidestep.services.ports.clips import LivePoses
from sidestep.services.ports.frames import FrameSource
from sidestep.services.ports.mirror_screen import MirrorScreen


def run_mirror(
    frames: FrameSource, poses: LivePoses, mirror: Mirror, screen: MirrorScreen
) -> MirrorSession:
    """Show the newest picture again and again until there are no more or the person has enough.

    Nothing plays before the poses are ready, so that no second of a file is lost. Stopping the
    program from the keyboard is one way of having enough.

    Raises
    ------
    InputError
        A limit is given for a measure that cannot be read in this view.
    UnreadableFileError
        The source gave no picture at all.
    StorageError
        The pictures were to be saved and cannot be.
    """
    loop, broke_off = MirrorLoop(mirror=mirror, poses=poses), ""
    try:
        _get_ready(frames, poses)
        while (frame := frames.newest()) is not None:
            picture = loop.look(frame)
            is_wanted = screen.show(picture)
            if (side := loop.note(picture, frames.age_s(frame))) is not None:
                screen.sound(side)
            if not is_wanted:
                break
    except KeyboardInterrupt:
        pass
    except UnreadableFileError as broken:
        if not loop.n_shown:
            raise
        broke_off = broken.message
    return loop.session(frames.dropped, broke_off)


def _get_ready(frames: FrameSource, poses: LivePoses) -> None:
    first = frames.first()
    if first is not None:
        poses.prepare(first)
    frames.begin()
