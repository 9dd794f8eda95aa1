"""How long until a share of the calls is answered: the distribution of waits, turned round."""

from collections.abc import Sequence

import numpy as np
from scipy.interpolate import PchipInterpolator

from forecasts.distribution import Floats
from planner.queueing.exact.chain import Days, exact_days
from planner.queueing.line import Conventions, Line
from planner.queueing.timeline import Timeline

# Waits asked for, minutes: dense where desks promise something, up to an hour.
_FIRST_MIN = tuple(60.0 * (n / 14) ** 3 for n in range(15))
_BETWEEN = 6


def answered_within(
    line: Line,
    timeline: Timeline,
    calls_per_min: Floats,
    shares: Sequence[float],
    conventions: Conventions | None = None,
) -> Floats:
    """Return the minutes within which a share of the day's calls is answered, (B, Q): quantiles of the wait.

    Of all calls, those who hang up among them: inf where so many are not answered within an hour, and NaN on
    a day without calls. Found on exact shares, then on closer ones in the range of the answers, in between by
    a monotone cubic.

    Raises ValueError for a share outside 0 to 1, and as ``exact_days``.
    """
    if not all(0.0 <= share <= 1.0 for share in shares):
        message = f"shares are {tuple(shares)}: 0 to 1 is wanted"
        raise ValueError(message)

    def solved(limits: Sequence[float]) -> Floats:
        return exact_days(line, timeline, calls_per_min, limits, conventions).in_time()

    coarse = _inverse(solved(_FIRST_MIN), _FIRST_MIN, shares)
    limits = sorted({*_FIRST_MIN, *_around(coarse)})
    return _inverse(solved(limits), limits, shares)


def occupancy(found: Days, timeline: Timeline) -> Floats:
    """Return the share of the time at reception that calls take, by segment (B, K); NaN with nobody there."""
    there = np.array(timeline.heads) * timeline.lengths_min
    return np.asarray(
        np.divide(found.busy_min, there, out=np.full(found.busy_min.shape, np.nan), where=there > 0)
    )


def _around(minutes: Floats) -> list[float]:
    """Return waits between the least and the largest answer, closer than the first ones."""
    found = minutes[np.isfinite(minutes) & (minutes > 0)]
    if not found.size:
        return []
    low, high = 0.93 * found.min(), 1.07 * found.max()
    return [float(m) for m in np.geomspace(low, high, _BETWEEN * min(found.size, 4))]


def _inverse(in_time: Floats, limits: Sequence[float], shares: Sequence[float]) -> Floats:
    """Turn shares in time (L, B) at limits (L,) round: (B, Q)."""
    out = np.full((in_time.shape[1], len(shares)), np.inf)
    # Equal but for rounding where nobody waits any longer.
    for b, reached in enumerate(np.maximum.accumulate(in_time, axis=0).T):
        if np.isnan(reached).any():
            out[b] = np.nan
            continue
        rising = np.concatenate(([True], np.diff(reached) > 0))
        known, at = reached[rising], np.array(limits)[rising]
        back = PchipInterpolator(known, at) if known.size > 1 else None
        for q, share in enumerate(shares):
            if share <= known[0]:
                out[b, q] = 0.0
            elif share <= known[-1] and back is not None:
                out[b, q] = float(back(share))
    return out
