"""Small plans for the tests of the exact chain, drawn ones and the published day's."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from benchmarks.shared_data import shared
from forecasts.distribution import Floats
from planner.queueing.line import Line
from planner.queueing.timeline import Timeline

REFERENCE = "facts/transient_reference_90calls.csv"


def plan(heads: Sequence[int], slot_min: int = 15, swaps: Sequence[int] = ()) -> Timeline:
    """Return segments of one length; ``swaps``: people replaced at each bound, beside who comes or goes."""
    swapped = [0, *swaps, *[0] * len(heads)]
    leaves, joins = [0], [0]
    for k in range(1, len(heads)):
        change = heads[k] - heads[k - 1]
        leaves.append(max(-change, 0) + swapped[k])
        joins.append(max(change, 0) + swapped[k])
    bounds = tuple(range(0, slot_min * len(heads) + 1, slot_min))
    return Timeline(bounds, tuple(heads), tuple(leaves), tuple(joins))


@dataclass(frozen=True, slots=True)
class SmallDay:
    """A plan with its rates (K,) a minute and its line."""

    line: Line
    timeline: Timeline
    calls_per_min: tuple[float, ...]

    @property
    def rates(self) -> Floats:
        """The same rates as one row (1, K)."""
        return np.array([self.calls_per_min])


patience = st.sampled_from([2.0, 5.0, 20.0, float("inf")])
limits = st.sampled_from([0.0, 1 / 3, 1.0, 4.0, 7.0, 20.0])


@st.composite
def small_days(
    draw: st.DrawFn, *, most_heads: int = 4, most_segments: int = 4, least_heads: int = 0
) -> SmallDay:
    """Draw up to four segments of uneven length, people who come and go at once, and up to 1.5 of load."""
    count = draw(st.integers(1, most_segments))
    heads = draw(st.lists(st.integers(least_heads, most_heads), min_size=count, max_size=count))
    lengths = draw(st.lists(st.sampled_from([3, 5, 10, 15]), min_size=count, max_size=count))
    leaves, joins = [0], [0]
    for before, now in pairwise(heads):
        gone = draw(st.integers(max(before - now, 0), before))
        leaves.append(gone)
        joins.append(now - before + gone)
    bounds = tuple(int(b) for b in np.cumsum([0, *lengths]))
    handling = draw(st.sampled_from([3.0, 9.0]))
    measured = draw(st.sampled_from([None, 3.0, float("inf")]))
    rates = draw(st.lists(st.floats(0.0, 1.5), min_size=count, max_size=count))
    per_min = tuple(rate * max(most_heads - 1, 1) / handling for rate in rates)
    timeline = Timeline(bounds, tuple(heads), tuple(leaves), tuple(joins))
    return SmallDay(Line(handling, draw(patience), measured), timeline, per_min)


@dataclass(frozen=True, slots=True, eq=False)
class Published:
    """The published day under one convention and limit: its plan, and its columns by name (K,)."""

    timeline: Timeline
    columns: dict[str, Floats]

    @property
    def rates(self) -> Floats:
        """Calls a minute (1, K)."""
        return self.columns["lam_per_min"][None]


@cache
def published(shift_end: str, limit_min: float) -> Published:
    """Read one part of the reference; handling 9 minutes, patience 5."""
    with shared(REFERENCE).open(encoding="utf-8", newline="") as file:
        rows = [
            r
            for r in csv.DictReader(file)
            if r["convention"] == shift_end and abs(float(r["T_min"]) - limit_min) < 1e-9
        ]
    names = [n for n in rows[0] if n not in {"convention", "T_min", "slot", "s", "leave", "join"}]
    bounds = tuple(range(0, 15 * len(rows) + 1, 15))
    counts = ((int(r[n]) for r in rows) for n in ("s", "leave", "join"))
    timeline = Timeline(bounds, *(tuple(c) for c in counts))
    return Published(timeline, {n: np.array([float(r[n]) for r in rows]) for n in names})
