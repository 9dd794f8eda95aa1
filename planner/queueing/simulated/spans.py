"""Minutes that people spend on what they do: when, taken from which plan, and past its end."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.queueing.arrivals import Flags
from planner.queueing.line import Conventions
from planner.queueing.simulated.bins import minutes_by_bin


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Contacts with somebody on them (n,), flat.

    ``leaves``: end of the stretch in which the person began; ``returns``, ``until``: start and end of the
    next one, inf or equal to ``leaves`` where the duty was over.
    """

    row: Wholes
    start: Floats
    end: Floats
    leaves: Floats
    returns: Floats
    until: Floats

    def only(self, chosen: Flags) -> Self:
        """Return some of them."""
        return type(self)(*(getattr(self, f.name)[chosen] for f in fields(self)))


def busy_by_bin(spans: Spans, rows: int) -> Floats:
    """Return the minutes by row and bin, when they were spent (rows, BINS)."""
    return minutes_by_bin(spans.row, spans.start, spans.end, rows)


def planned_by_bin(spans: Spans, rows: int, conventions: Conventions) -> Floats:
    """Return the planned minutes that are taken by row and bin (rows, BINS).

    They differ from the minutes spent where a contact outlasts a stretch: a break that is moved takes from
    the next stretch, and overtime takes nothing from the plan.
    """
    planned_end = np.clip(spans.leaves, spans.start, spans.end)
    again = _taken_again(spans, conventions)
    more = again > 0
    back = spans.returns[more]
    return minutes_by_bin(
        np.concatenate((spans.row, spans.row[more])),
        np.concatenate((spans.start, back)),
        np.concatenate((planned_end, back + again[more])),
        rows,
    )


def overtime_by_row(spans: Spans, rows: int, conventions: Conventions) -> Floats:
    """Return the minutes past the end of stretches that no later stretch gives back, by row (rows,)."""
    over = spans.end - np.clip(spans.leaves, spans.start, spans.end)
    return np.bincount(spans.row, over - _taken_again(spans, conventions), minlength=rows).astype(np.float64)


def _taken_again(spans: Spans, conventions: Conventions) -> Floats:
    """Return the minutes by which each contact shortens the person's next stretch (n,), at most all of it."""
    over = spans.end - np.clip(spans.leaves, spans.start, spans.end)
    is_break = (over > 0) & np.isfinite(spans.returns) & (spans.returns > spans.leaves)
    late = over if conventions.returns == "full" else np.maximum(spans.end - spans.returns, 0.0)
    stretch = np.subtract(spans.until, spans.returns, out=np.zeros_like(over), where=is_break)
    return np.where(is_break, np.minimum(late, stretch), 0.0)
