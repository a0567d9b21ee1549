"""Where the runner was: lengths between fixes, and fixes that are single-point jumps.

Whether a length counts towards the distance is decided in ``distance``.
"""

import numpy as np
from numpy.typing import NDArray

from sidestep.domain.activity.recording import Column

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of WGS 84; on a sphere a length is at most 0.6 % off."""


def haversine_m(latitude_deg: Column, longitude_deg: Column) -> Column:
    """Return great-circle lengths between successive positions.

    Parameters
    ----------
    latitude_deg, longitude_deg
        Shape (n,), degrees, without NaN.

    Returns
    -------
    Shape (max(n - 1, 0),), metres.
    """
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    return _lengths_m(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])


def _lengths_m(
    latitude_a: Column, longitude_a: Column, latitude_b: Column, longitude_b: Column
) -> Column:
    half_chord_squared = (
        np.sin((latitude_b - latitude_a) / 2.0) ** 2
        + np.cos(latitude_a) * np.cos(latitude_b) * np.sin((longitude_b - longitude_a) / 2.0) ** 2
    )
    # Rounding can carry antipodes past 1.
    lengths: Column = 2.0 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half_chord_squared, 1.0)))
    return lengths


def find_fixes(latitude_deg: Column, longitude_deg: Column) -> NDArray[np.intp]:
    """Return the indices of samples that have a position."""
    return np.flatnonzero(~(np.isnan(latitude_deg) | np.isnan(longitude_deg)))


def track_length_m(latitude_deg: Column, longitude_deg: Column) -> float:
    """Return the length of a track over all its fixes, pauses included.

    Parameters
    ----------
    latitude_deg, longitude_deg
        Shape (n,), degrees; NaN where there is no fix.
    """
    fixes = find_fixes(latitude_deg, longitude_deg)
    return float(haversine_m(latitude_deg[fixes], longitude_deg[fixes]).sum())


def drop_jumps(
    time_s: Column, latitude_deg: Column, longitude_deg: Column, *, fastest_m_s: float
) -> tuple[Column, Column, int]:
    """Take out single fixes that lie a jump away from both neighbours.

    A fix is a jump when reaching it and leaving it would both be faster than ``fastest_m_s``
    while its neighbours lie within reach of each other. The first (last) fix is one when only
    the step after (before) it is too fast: receivers often start from where they were switched
    off. Jumps that stay, such as a drive, are left in place to be asked about.

    Parameters
    ----------
    time_s
        Shape (n,), seconds, strictly increasing.
    latitude_deg, longitude_deg
        Shape (n,), degrees; NaN where there is no fix.

    Returns
    -------
    latitude_deg, longitude_deg
        With NaN at the jumps; the same arrays when there are none.
    dropped
        How many fixes were taken out.
    """
    fixes = find_fixes(latitude_deg, longitude_deg)
    kept = fixes
    while True:
        is_jump = _is_jump(time_s[kept], latitude_deg[kept], longitude_deg[kept], fastest_m_s)
        if not is_jump.any():
            break
        kept = kept[~is_jump]
    dropped = len(fixes) - len(kept)
    if not dropped:
        return latitude_deg, longitude_deg, 0
    is_kept = np.zeros(len(time_s), dtype=np.bool_)
    is_kept[kept] = True
    return (
        np.where(is_kept, latitude_deg, np.nan),
        np.where(is_kept, longitude_deg, np.nan),
        dropped,
    )


def _is_jump(
    time_s: Column, latitude_deg: Column, longitude_deg: Column, fastest_m_s: float
) -> NDArray[np.bool_]:
    n = len(time_s)
    is_jump = np.zeros(n, dtype=np.bool_)
    if n < 3:
        return is_jump
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    lengths = _lengths_m(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])
    is_fast = lengths > fastest_m_s * np.diff(time_s)
    if not is_fast.any():
        return is_jump
    across = _lengths_m(latitude[:-2], longitude[:-2], latitude[2:], longitude[2:])
    within_reach = across <= fastest_m_s * (time_s[2:] - time_s[:-2])
    is_jump[1:-1] = is_fast[:-1] & is_fast[1:] & within_reach
    is_jump[0] = is_fast[0] and not is_fast[1]
    is_jump[-1] = is_fast[-1] and not is_fast[-2]
    return every_other_of_each_row(is_jump)


def every_other_of_each_row(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep the first, third, fifth ... of each unbroken row of True.

    Two neighbours that each look like the odd one out cannot both be: the second is judged again
    once the first is gone.
    """
    index = np.arange(len(flags))
    row_start = np.maximum.accumulate(np.where(flags, -1, index))
    kept: NDArray[np.bool_] = flags & ((index - row_start) % 2 == 1)
    return kept
