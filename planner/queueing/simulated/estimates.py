"""What the simulation says of a day's plan, and how sure it is: shares and means with their standard errors.

Days are independent and simulated in parts of bounded size; only sums and sums of squares are kept.
"""

from dataclasses import dataclass, fields

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.arrivals import Arrivals, contacts
from planner.queueing.simulated.crew import Crew
from planner.queueing.simulated.simulation import Tally, tally

# Rows and contacts at a time. Small parts stay near the processor; larger ones have less to do in Python.
_ROWS_AT_ONCE = 4_000
_CONTACTS_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Of D plans, from ``days`` independent days of each.

    ``slot_share`` (D, S), ``day_share`` (D,): calls in time / calls offered, over all simulated days, NaN
    without calls; ``slot_error``, ``day_error`` their standard errors, as of a ratio of sums (Cochran,
    "Sampling techniques", 1977, ch. 6). ``mean``, ``error``: means of a day's tally and their standard
    errors, (D, S) or (D,).
    """

    days: int
    slot_share: Floats
    slot_error: Floats
    day_share: Floats
    day_error: Floats
    mean: Tally
    error: Tally


def estimates(arrivals: Arrivals, crew: Crew, within_min: float, days: int, seed: int) -> Estimates:
    """Simulate so many days of each of the crew's D plans; the same seed gives the same numbers.

    ``arrivals`` (P, D, S, K): the n-th day takes rate path n mod P. The errors count the paths' own spread as
    chance: right for one path, and for as many as days. Work that may wait carries over from plan to plan, as
    from day to day in ``simulated``.

    Raises ValueError for fewer than two days.
    """
    if days < 2:
        message = f"days is {days}: at least 2 are wanted for a standard error"
        raise ValueError(message)
    paths, plans = arrivals.rates.shape[:2]
    contacts_a_row = arrivals.rates.sum() / paths
    at_once = max(1, int(min(_ROWS_AT_ONCE / plans, _CONTACTS_AT_ONCE / max(contacts_a_row, 1.0))))
    sums = _Sums()
    for part, first in enumerate(range(0, days, at_once)):
        chosen = np.arange(first, min(first + at_once, days)) % paths
        some = Arrivals(arrivals.rates[chosen], arrivals.slot_min, arrivals.kinds)
        sums.add(tally(some, contacts(some, seed, part), crew, within_min))
    return sums.estimates(days)


class _Sums:
    """Sums over days of what the estimates need."""

    def __init__(self) -> None:
        names = [f.name for f in fields(Tally)]
        self.total: dict[str, Floats] = {name: np.zeros(1) for name in names}
        self.square: dict[str, Floats] = {name: np.zeros(1) for name in names}
        self.slot = np.zeros((5, 1, 1))
        self.day = np.zeros((5, 1))

    def add(self, found: Tally) -> None:
        """Take in a part: (rows, D, S) or (rows, D)."""
        for f in fields(Tally):
            value = getattr(found, f.name)
            self.total[f.name] = self.total[f.name] + value.sum(axis=0)
            self.square[f.name] = self.square[f.name] + np.square(value).sum(axis=0)
        self.slot = self.slot + _moments(found.in_time, found.offered)
        self.day = self.day + _moments(found.in_time.sum(axis=2), found.offered.sum(axis=2))

    def estimates(self, days: int) -> Estimates:
        """Return the estimates from so many days."""
        mean = {name: total / days for name, total in self.total.items()}
        error = {
            name: np.sqrt(np.maximum(self.square[name] / days - np.square(mean[name]), 0.0) / (days - 1))
            for name in mean
        }
        return Estimates(
            days, *_ratio(self.slot, days), *_ratio(self.day, days), Tally(**mean), Tally(**error)
        )


def _moments(part: Floats, whole: Floats) -> Floats:
    """Return the sums over rows of both, of both squares and of the product."""
    return np.stack([x.sum(axis=0) for x in (part, whole, part * part, whole * whole, part * whole)])


def _ratio(moments: Floats, days: int) -> tuple[Floats, Floats]:
    """Return the ratio of two sums over independent days, and its standard error."""
    part, whole, part_part, whole_whole, part_whole = moments
    nothing = np.full(whole.shape, np.nan)
    share = np.divide(part, whole, out=nothing.copy(), where=whole > 0)
    square = np.maximum(part_part - 2 * share * part_whole + share**2 * whole_whole, 0.0)
    error = np.sqrt(square * (days / (days - 1)))
    return share, np.divide(error, whole, out=nothing, where=whole > 0)
