"""Which duties hold a target with the fewest person-hours: cover, evaluate exactly, exchange duties, again.

Covers of what each slot asks for alone (Erlang A, at the rate of arrivals and at the modified offered load of
Jennings, Mandelbaum, Massey and Whitt 1996) are where the search begins. A plan's table F[t, k] tells what
late calls would become if only slot t had k people (``slot_changes``): it ranks the exchanges of one or two
duties, of which the promising ones are evaluated exactly. At the end, tables serve as cuts (Atlason, Epelman
and Henderson 2004; Cezik and L'Ecuyer 2008) by which CP-SAT proposes plans from elsewhere. None of it is a
proof: a table is exact for one slot, and an estimate for several. What is returned was evaluated exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.alternatives.cover import Cover, Frame
from planner.alternatives.exchanges import Exchanges, Known
from planner.queueing.exact.chain import exact_days
from planner.queueing.formulas.offered_load import offered_load
from planner.queueing.formulas.required import required_heads_a
from planner.queueing.line import Line
from planner.queueing.timeline import Timeline, timeline
from planner.queueing.what_if.operators import Scenarios, library
from planner.queueing.what_if.slot_changes import slot_changes_by_row

CUTS, LOOKS, PATIENCE = 8, 48, 60
SPREAD_MIN = 120
"""How far below the fewest minutes so far a neighbour may lie."""
EFFORT = 2.0
"""Deterministic time of one search."""
_EXACT = 1e-9
_SHARES = tuple(n / 100 for n in range(40, 100, 2))
"""Asked of each slot alone: the day may hold its target with less or need more."""


@dataclass(frozen=True, slots=True)
class Span:
    """Slots from ``first`` to ``end`` (excluded) in which at most this share of the calls may be late."""

    first: int
    end: int
    late_share: float


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A day: its frame, line, demand by scenario and slot, limit, and spans one after the other."""

    frame: Frame
    line: Line
    demand: Scenarios
    limit_min: float
    spans: tuple[Span, ...]
    seed: int = 0

    @property
    def most_late(self) -> Floats:
        """Late calls allowed by span (N,), expected over the scenarios."""
        calls = self.demand.weights @ self.demand.calls_per_min * self.frame.slot_min
        return np.array([span.late_share * calls[span.first : span.end].sum() for span in self.spans])


@dataclass(frozen=True, slots=True, eq=False)
class Staffed:
    """The plan found: how many of each duty, their minutes, late calls by span (N,), plans evaluated.

    ``is_met``: the target is held; else this is the plan that came closest.
    """

    counts: tuple[int, ...]
    minutes: int
    late: Floats
    is_met: bool
    evaluated: int


def least_hours(asked: Asked) -> Staffed:
    """Return the plan with the fewest minutes that was found to hold the target in every span."""
    search = _Search(asked)
    search.cover_slots()
    search.exchange()
    if search.cut():
        search.exchange()
    return search.found()


def late_by_span(asked: Asked, plan: Timeline) -> Floats:
    """Return a plan's exact late calls by span (N,), expected over the scenarios."""
    found = exact_days(asked.line, plan, asked.demand.calls_per_min, (asked.limit_min,))
    late = asked.demand.weights @ found.late[0]
    return np.array([late[span.first : span.end].sum() for span in asked.spans])


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """A plan evaluated. ``violation``: late calls too many, of all spans."""

    counts: tuple[int, ...]
    minutes: int
    heads: Wholes
    late: Floats
    violation: float


class _Search:
    def __init__(self, asked: Asked) -> None:
        """A span's late calls are those of a day that ends with it but for one that ends before it."""
        self.asked = asked
        self.tried: dict[tuple[int, ...], _Tried] = {}
        self.best: _Tried | None = None
        self._expanded: set[tuple[int, ...]] = set()
        self._tables: dict[tuple[int, ...], Floats] = {}
        rates, frame = asked.demand.calls_per_min, asked.frame
        slots = np.arange(rates.shape[1])
        rows = np.concatenate([np.where(slots < span.end, rates, 0.0) for span in asked.spans])
        even = Scenarios(rows, np.full(len(rows), 1.0 / len(rows)))
        self._library = library(asked.line, frame.bounds_min, even, asked.limit_min, frame.most_heads)

    def look(self, counts: tuple[int, ...]) -> _Tried:
        """Evaluate a plan exactly and keep it."""
        if counts not in self.tried:
            asked, frame = self.asked, self.asked.frame
            late = late_by_span(asked, timeline(frame.shop(counts), frame.slot_min))
            violation = float(np.maximum(late - asked.most_late - _EXACT, 0.0).sum())
            self.tried[counts] = _Tried(counts, frame.minutes(counts), frame.heads(counts), late, violation)
        one = self.tried[counts]
        if not one.violation and (self.best is None or one.minutes < self.best.minutes):
            self.best = one
        return one

    def cover_slots(self) -> None:
        """Cover what each slot asks for alone, by what arrives and by what is in work."""
        line, rates = self.asked.line, self.asked.demand.weights @ self.asked.demand.calls_per_min
        lengths = np.full(len(rates), float(self.asked.frame.slot_min))
        in_work = offered_load(rates, lengths, line.handling_min) / line.handling_min
        for of in (rates, in_work):
            low, high = 0, len(_SHARES)
            while low < high:
                middle = (low + high) // 2
                if self.look(self._covered(of, _SHARES[middle])).violation:
                    low = middle + 1
                else:
                    high = middle

    def _covered(self, rates: Floats, share: float) -> tuple[int, ...]:
        """Return the cover of what Erlang A asks for in each slot, or of as much of it as there may be."""
        asked, line = self.asked, self.asked.line
        heads = [
            required_heads_a(float(rate), line.handling_min, line.patience_min, asked.limit_min, share)
            for rate in rates
        ]
        for least in range(asked.frame.most_heads, -1, -1):
            cover = Cover(asked.frame, asked.seed)
            cover.need([min(n, least) for n in heads])
            if (counts := cover.least_minutes(EFFORT)) is not None:
                return counts
        message = f"no plan of these duties has {asked.frame.least_heads} people in every slot"
        raise ValueError(message)

    def cut(self) -> bool:
        """Look elsewhere: the cheapest plan that all tables allow; tell whether one holds."""
        best, shown = self.best, [self.best or self._closest()]
        for _ in range(CUTS):
            counts = self._by_cuts(shown)
            if counts is None or any(counts == one.counts for one in shown):
                break
            shown.append(self.look(counts))
        return self.best is not best

    def exchange(self) -> None:
        """Go to cheaper plans by exchanges, from what nearly holds, until many in a row led nowhere."""
        exchanges, patience = Exchanges(self.asked.frame), PATIENCE
        while patience:
            most = self.best.minutes if self.best else max(one.minutes for one in self.tried.values())
            open_ = [o for o in self.tried.values() if o.counts not in self._expanded and o.minutes <= most]
            if not open_:
                return
            at = min(open_, key=lambda one: (one.violation, one.minutes, one.counts))
            self._expanded.add(at.counts)
            best = self.best
            self._look_around(exchanges, at, most - 1)
            patience = PATIENCE if self.best is not best else patience - 1

    def _look_around(self, exchanges: Exchanges, at: _Tried, most: int) -> None:
        """Evaluate the promising neighbours of a plan that take at most so many minutes."""
        known = Known(at.counts, at.heads, at.late, self._table(at))
        for counts in exchanges.promising(known, self.asked.most_late, (most - SPREAD_MIN, most), LOOKS):
            self.look(counts)

    def _table(self, one: _Tried) -> Floats:
        """Return a plan's table (N, K, most_heads + 1)."""
        if one.counts not in self._tables:
            asked, frame = self.asked, self.asked.frame
            plan = timeline(frame.shop(one.counts), frame.slot_min)
            by_end = slot_changes_by_row(self._library, plan).reshape(
                len(asked.spans), len(asked.demand.weights), len(plan.heads), frame.most_heads + 1
            )
            mean = np.tensordot(asked.demand.weights, by_end, axes=(0, 1))
            self._tables[one.counts] = np.diff(mean, axis=0, prepend=0.0)
        return self._tables[one.counts]

    def _by_cuts(self, shown: Sequence[_Tried]) -> tuple[int, ...] | None:
        """Return the plan of fewest minutes that all tables allow, cheaper than the best so far."""
        cover = Cover(self.asked.frame, self.asked.seed)
        if self.best is not None:
            cover.at_most(self.best.minutes - 1)
        for one in self.tried.values():
            if one.violation > 0.0:  # no more people anywhere would be no better
                cover.need_more(one.heads.tolist())
        tables = [(one, self._table(one)) for one in shown]
        late = [
            [cover.late(table[n], one.heads.tolist(), float(one.late[n])) for one, table in tables]
            for n in range(len(self.asked.spans))
        ]
        for of_span, most in zip(late, self.asked.most_late, strict=True):
            for table in of_span:
                cover.keep(table, float(most))
        return cover.least_minutes(EFFORT, sum(of_span[-1] for of_span in late))

    def _closest(self) -> _Tried:
        return min(self.tried.values(), key=lambda one: (one.violation, one.minutes))

    def found(self) -> Staffed:
        """Return the best plan, or the one that came closest."""
        one = self.best or self._closest()
        return Staffed(one.counts, one.minutes, one.late, self.best is not None, len(self.tried))
