"""Who is at reception when, as tables over the minutes of a day that every call can look up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasts.distribution import Floats, Wholes
from forecasts.slots import DAY_MIN
from planner.queueing.line import Conventions
from planner.queueing.shop import Shop, Stretch, joined

TABLE_MIN = 2 * DAY_MIN
"""Length of the tables: work may run past midnight."""

_USUAL = Conventions()


@dataclass(frozen=True, slots=True, eq=False)
class Crew:
    """The tables of G different shops, M places each (padded with nobody), and the shop of every day (D,).

    At [place, shop x TABLE_MIN + minute]: ``ready`` is the start of the stretch in which the person is or
    which comes next (inf: no more); ``leaves`` its end; ``returns`` the start of the one after (inf: none).
    """

    shops: tuple[Shop, ...]
    shop_of_day: Wholes
    ready: Floats
    leaves: Floats
    returns: Floats
    conventions: Conventions = _USUAL

    @property
    def places(self) -> int:
        """The largest number of people of any shop."""
        return int(self.ready.shape[0])

    def hours(self) -> tuple[Floats, Floats]:
        """Return the minutes at which reception opens and closes, by day: (D,), (D,)."""
        opens = np.array([float(s.opens_min) for s in self.shops])
        closes = np.array([float(s.closes_min) for s in self.shops])
        return opens[self.shop_of_day], closes[self.shop_of_day]

    def staffed(self, bin_min: int) -> Floats:
        """Return planned minutes of people at reception by day and bin of the day (D, B)."""
        minutes = np.zeros((len(self.shops), DAY_MIN))
        for g, shop in enumerate(self.shops):
            for start, end in (stretch for person in shop.stretches for stretch in person):
                minutes[g, start:end] += 1.0
        by_bin = minutes.reshape(len(self.shops), -1, bin_min).sum(axis=2)
        return np.asarray(by_bin[self.shop_of_day])


def crew(days: Sequence[Shop], conventions: Conventions = _USUAL) -> Crew:
    """Return the tables for the shops of the days, one shop a day.

    Raises ValueError for a call that passes to the others when its person leaves: it is not simulated.
    """
    if conventions.shift_end != "exhaustive":
        message = (
            f"shift_end is {conventions.shift_end!r}: only 'exhaustive' is simulated, ask the exact chain"
        )
        raise ValueError(message)
    shops = tuple(dict.fromkeys(days))
    places = max([1, *(len(s.stretches) for s in shops)])
    ready, leaves, returns = (np.full((places, len(shops) * TABLE_MIN), np.inf) for _ in range(3))
    for g, shop in enumerate(shops):
        for m, person in enumerate(shop.stretches):
            _fill([t[m, g * TABLE_MIN : (g + 1) * TABLE_MIN] for t in (ready, leaves, returns)], person, shop)
    shop_of_day = np.array([shops.index(s) for s in days], dtype=np.int64)
    return Crew(shops, shop_of_day, ready, leaves, returns, conventions)


def _fill(tables: list[NDArray[np.float64]], stretches: Sequence[Stretch], shop: Shop) -> None:
    """Write one person's stretches into the tables.

    Who is there to the closing stays until the queue is empty: the last stretch goes on, and one "returns"
    at once to the next call. Anybody else leaves after the call in hand.
    """
    ready, leaves, returns = tables
    before = 0
    ordered = joined(stretches)
    for (start, end), following in zip(ordered, [*ordered[1:], None], strict=True):
        until, back = end, np.inf
        if following is not None:
            back = following[0]
        elif end >= shop.closes_min:
            until, back = TABLE_MIN, end
        ready[before:until], leaves[before:until], returns[before:until] = start, end, back
        before = end
