"""What a process gives up before it reads a stranger's file: memory, time, files, the network.

Each fence is put up as far as the system can, and named when it stands. Only the standard library
is imported: on Linux, leaving the network needs a process with a single thread, and numpy's
arithmetic starts more.

Linux has all of them. macOS takes the limits of time and of file size, but neither that of memory
nor the one of the network. Windows takes none; there, only the watch on silence of the process that
waits (``limited_child``) stops a reader that hangs.
"""

import ctypes
import os
import platform
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20

_NEAR_FRAC = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one upload may take.

    Attributes
    ----------
    memory_bytes
        Address space. It counts what is reserved, not what is used: an interpreter with the pose
        network reserves far more than it fills.
    cpu_s
        Time on the processor, all threads together.
    silence_s
        Longest time without a sign of progress.
    file_bytes
        Largest file it may write.
    """

    memory_bytes: int
    cpu_s: int
    silence_s: float
    file_bytes: int = 4096 * MIB


def put_up(limits: Limits) -> tuple[str, ...]:
    """Put up every fence that the system has and return their names.

    Must be called before anything starts a thread.
    """
    fences = [*_give_up_network(), *_give_up_resources(limits)]
    if hasattr(os, "nice"):
        os.nice(10)  # Pages are answered first.
    return tuple(fences)


def is_short_of_memory(limits: Limits) -> bool:
    """Whether this process came near its limit of memory, so that an error may be due to it.

    A library in C tells of it in its own way, seldom as ``MemoryError``. Linux only.
    """
    with suppress(OSError, StopIteration, ValueError):
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        peak = next(line for line in lines if line.startswith("VmPeak:"))
        return int(peak.split()[1]) * 1024 > _NEAR_FRAC * limits.memory_bytes
    return False


def die_with_parent() -> None:
    """Let the system end this process with the one that started it, where it can (Linux)."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)


def _give_up_resources(limits: Limits) -> list[str]:
    if sys.platform == "win32":
        return []
    import resource

    wanted = {
        "memory": (resource.RLIMIT_AS, limits.memory_bytes, 0),
        # The signal that says why comes at the first number, the end at the second.
        "processor": (resource.RLIMIT_CPU, limits.cpu_s, 5),
        "file_size": (resource.RLIMIT_FSIZE, limits.file_bytes, 0),
        "core": (resource.RLIMIT_CORE, 0, 0),
    }
    standing = []
    for name, (which, most, more) in wanted.items():
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(which)
            end = most + more if hard == resource.RLIM_INFINITY else min(most + more, hard)
            resource.setrlimit(which, (min(most, end), end))
            standing.append(name)
    return standing


_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _give_up_network() -> list[str]:
    if sys.platform != "linux":
        return []
    standing = []
    if _leave_network():
        standing.append("network_namespace")
    if _refuse_sockets():
        standing.append("no_sockets")
    return standing


def _leave_network() -> bool:
    """Move into a network of one's own, in which there is nothing, not even a loopback."""
    user, group = os.geteuid(), os.getegid()
    if _libc().unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        # Some systems let nobody have a user namespace, but an administrator a network.
        return bool(_libc().unshare(_CLONE_NEWNET) == 0)
    with suppress(OSError):
        # Without these, files would seem to be nobody's.
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True


# The calls that make a socket, and the one through which they could be made unseen, by processor:
# the number with which the kernel names it, socket, io_uring_setup.
_CALLS = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}
_X32_BIT = 0x40000000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_ALLOW, _REFUSE, _END = 0x7FFF0000, 0x00050000 | 1, 0x80000000


class _Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def _refuse_sockets() -> bool:
    """Have the kernel refuse every new socket; it needs no rights and holds in containers too."""
    known = _CALLS.get(platform.machine())
    if known is None:
        return False
    architecture, socket, ring = known
    steps = (
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _END),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_IF_AT_LEAST, 3, 0, _X32_BIT),
        (_IF_EQUAL, 2, 0, socket),
        (_IF_EQUAL, 1, 0, ring),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    packed = b"".join(struct.pack("=HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)
