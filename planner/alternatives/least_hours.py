"""Which duties hold a target with the fewest person-hours: propose by tables, evaluate exactly, learn, again.

A plan's table F[t, k] tells what late calls would become if only slot t had k people (``slot_changes``). Each
plan that was evaluated leaves its table as a cut (Atlason, Epelman and Henderson 2004; Cezik and L'Ecuyer
2008). The cuts are no proof: a table is exact for one slot, and an estimate for several. What is returned was
evaluated exactly; where no cheaper plan keeps all cuts, a few are sought by the least violation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.alternatives.cover import Cover, Frame, LateCalls
from planner.queueing.exact.chain import exact_days
from planner.queueing.formulas.required import required_heads_a
from planner.queueing.line import Line
from planner.queueing.timeline import Timeline, timeline
from planner.queueing.what_if.operators import Library, Scenarios, library
from planner.queueing.what_if.slot_changes import slot_changes_by_row

ROUNDS, TRIES, CHANGES = 24, 5, 6
EFFORT = 2.0
"""Deterministic time of one search."""
_EXACT = 1e-9


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
    search.look(search.by_erlang_a())
    tries = 0
    for _ in range(ROUNDS):
        counts = search.by_cuts()
        if counts is None and (search.best is None or tries == TRIES):
            break
        if counts is None:
            counts, tries = search.by_violation(is_near=tries % 2 == 0), tries + 1
        if counts is None:
            break
        if search.look(counts):
            tries = 0
    return search.found()


def late_by_span(asked: Asked, plan: Timeline) -> Floats:
    """Return a plan's exact late calls by span (N,), expected over the scenarios."""
    found = exact_days(asked.line, plan, asked.demand.calls_per_min, (asked.limit_min,))
    late = asked.demand.weights @ found.late[0]
    return np.array([late[span.first : span.end].sum() for span in asked.spans])


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """A plan evaluated: ``table`` (N, K, most_heads + 1), ``violation``: late calls too many, all spans."""

    counts: tuple[int, ...]
    minutes: int
    heads: Wholes
    late: Floats
    table: Floats
    violation: float


@dataclass(slots=True)
class _Search:
    asked: Asked
    tried: list[_Tried] = field(default_factory=list)
    best: _Tried | None = None
    _library: Library = field(init=False)

    def __post_init__(self) -> None:
        """A span's late calls are those of a day that ends with it but for one that ends before it."""
        asked = self.asked
        rates = asked.demand.calls_per_min
        slots = np.arange(rates.shape[1])
        rows = np.concatenate([np.where(slots < span.end, rates, 0.0) for span in asked.spans])
        even = Scenarios(rows, np.full(len(rows), 1.0 / len(rows)))
        frame = asked.frame
        self._library = library(asked.line, frame.bounds_min, even, asked.limit_min, frame.most_heads)

    def look(self, counts: tuple[int, ...]) -> bool:
        """Evaluate a plan exactly and keep its table; tell whether it holds the target."""
        asked, frame = self.asked, self.asked.frame
        plan = timeline(frame.shop(counts), frame.slot_min)
        late = late_by_span(asked, plan)
        by_end = slot_changes_by_row(self._library, plan).reshape(
            len(asked.spans), len(asked.demand.weights), len(plan.heads), frame.most_heads + 1
        )
        table = np.diff(np.tensordot(asked.demand.weights, by_end, axes=(0, 1)), axis=0, prepend=0.0)
        violation = float(np.maximum(late - asked.most_late, 0.0).sum())
        one = _Tried(counts, frame.minutes(counts), np.array(plan.heads), late, table, violation)
        self.tried.append(one)
        is_met = bool((late <= asked.most_late + _EXACT).all())
        if is_met and (self.best is None or one.minutes < self.best.minutes):
            self.best = one
        return is_met

    def by_erlang_a(self) -> tuple[int, ...]:
        """Return the cover of what Erlang A asks for in each slot, or of as much of it as there may be."""
        asked, line = self.asked, self.asked.line
        share = 1.0 - min(span.late_share for span in asked.spans)
        rates = asked.demand.weights @ asked.demand.calls_per_min
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

    def by_cuts(self) -> tuple[int, ...] | None:
        """Return the plan of fewest minutes that all tables allow, cheaper than the best so far."""
        cover = self._cover()
        late = self._late(cover, self.tried)
        for tables, most in zip(late, self.asked.most_late, strict=True):
            for table in tables:
                cover.keep(table, float(most))
        return cover.least_minutes(EFFORT, sum(tables[-1] for tables in late))

    def by_violation(self, *, is_near: bool) -> tuple[int, ...] | None:
        """Return a cheaper plan that violates the last tables least, or near one that nearly held."""
        cover = self._cover()
        cheaper = [one for one in self.tried if self.best and one.minutes < self.best.minutes]
        if is_near and cheaper:
            cover.near(min(cheaper, key=lambda one: one.violation).counts, CHANGES)
        return cover.least_violation(
            EFFORT, self._late(cover, self.tried[-8:]), self.asked.most_late.tolist()
        )

    def found(self) -> Staffed:
        """Return the best plan, or the one that came closest."""
        one = self.best or min(self.tried, key=lambda tried: (tried.violation, tried.minutes))
        return Staffed(one.counts, one.minutes, one.late, self.best is not None, len(self.tried))

    def _cover(self) -> Cover:
        cover = Cover(self.asked.frame, self.asked.seed)
        if self.best is not None:
            cover.at_most(self.best.minutes - 1)
        for one in self.tried:
            if one.violation > 0.0:
                cover.need_more(one.heads.tolist())
        return cover

    def _late(self, cover: Cover, tried: Sequence[_Tried]) -> list[list[LateCalls]]:
        spans = range(len(self.asked.spans))
        return [
            [cover.late(one.table[n], one.heads.tolist(), float(one.late[n])) for one in tried] for n in spans
        ]
