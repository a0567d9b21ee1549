"""Which part of a run is its start and which its end; what is compared in them is not here."""

MINUTE_S = 60.0


def part_length_s(span_s: float) -> float:
    """Return how long the first and the last part of a run are that are held against each other.

    A minute each, or a third when the run is under two minutes.

    Parameters
    ----------
    span_s
        From the first to the last step, in seconds.
    """
    return MINUTE_S if span_s >= 2 * MINUTE_S else span_s / 3
