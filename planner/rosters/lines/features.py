"""What every option of a day adds to every sum of a person's own: the input of the graph.

An option is a day off or one decision. Options that add the same to all sums are one kind: to the person's
rows they look the same, and only their prices tell them apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.rosters.linear import Charge, Row
from planner.rosters.lines.own import Own
from planner.rosters.roster import Stage
from planner.rosters.rule import Literal, Term

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FREE = np.iinfo(np.int32).max // 4
"""No bound."""


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Sums over several days: rows and charges alike.

    ``first``, ``last``: days between which a sum is open (M,). ``at_least``, ``at_most``: hard bounds (M,),
    ``FREE`` where there are none. ``above``: where a charge begins (M,), ``cost`` of a unit by stage (S, M),
    0 for rows. ``jumps``: what becoming true of a union adds (U, M).
    """

    first: Ints
    last: Ints
    at_least: Ints
    at_most: Ints
    above: Ints
    cost: Ints
    jumps: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """The options of a day: ``literals`` (0 = off) by kind, the kind of each, own charges by stage (S, O).

    ``adds``: what a kind adds to a sum (K, M); ``makes``: which unions it makes true (K, U).
    """

    literals: Ints
    kind: Ints
    price: Floats
    adds: Ints
    makes: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """One person's days and sums; unions are open between ``union_first`` and ``union_last`` (U,)."""

    days: tuple[Day, ...]
    sums: Sums
    union_first: Ints
    union_last: Ints


def features_of(own: Own, stages: Sequence[Stage]) -> Features:
    """Return what the options of a person's days add; charges of other stages are left out."""
    return _Reading(own, stages).features()


@dataclass(frozen=True, slots=True)
class _Item:
    """A row or a charge, its sum split into plain decisions and unions of several days."""

    plain: Mapping[Literal, int]
    jumps: Mapping[Literal, int]
    days: tuple[int, int]
    at_least: int
    at_most: int
    above: int = 0
    cost: int = 0
    stage: int = 0


class _Reading:
    def __init__(self, own: Own, stages: Sequence[Stage]) -> None:
        self.own = own
        self.stages = stages
        self.day_of = {x: n for n, day in enumerate(own.days) for x in day}
        self.long = [x for x, members in own.unions.items() if len({self.day_of[m] for m in members}) > 1]
        items = [self._row(row) for row in own.rows]
        items += [self._charge(c) for c in own.charges if c.stage in stages]
        self.items = items

    def features(self) -> Features:
        short = [i for i in self.items if i.days[0] == i.days[1] and not i.jumps]
        spread = [i for i in self.items if not (i.days[0] == i.days[1] and not i.jumps)]
        spans = [sorted(self.day_of[m] for m in self.own.unions[x]) for x in self.long]
        return Features(
            tuple(self._day(n, short, spread) for n in range(len(self.own.days))),
            Sums(
                first=_ints(i.days[0] for i in spread),
                last=_ints(i.days[1] for i in spread),
                at_least=_ints(i.at_least for i in spread),
                at_most=_ints(i.at_most for i in spread),
                above=_ints(i.above for i in spread),
                cost=self._costs(spread),
                jumps=np.array(
                    [[i.jumps.get(x, 0) for i in spread] for x in self.long], dtype=np.int64
                ).reshape(len(self.long), len(spread)),
            ),
            _ints(span[0] for span in spans),
            _ints(span[-1] for span in spans),
        )

    def _row(self, row: Row) -> _Item:
        least = -FREE if row.at_least is None else row.at_least
        most = FREE if row.at_most is None else row.at_most
        return _Item(*self._read(row.terms), least, most)

    def _charge(self, charge: Charge) -> _Item:
        stage = self.stages.index(charge.stage)
        return _Item(*self._read(charge.terms), -FREE, FREE, charge.above, charge.cost, stage)

    def _read(self, terms: Sequence[Term]) -> tuple[dict[Literal, int], dict[Literal, int], tuple[int, int]]:
        plain: dict[Literal, int] = {}
        jumps: dict[Literal, int] = {}
        for weight, literal in terms:
            if literal in self.long:
                jumps[literal] = jumps.get(literal, 0) + weight
            else:  # a union of one day is the sum of its members: one of them holds at most
                for x in self.own.unions.get(literal, (literal,)):
                    plain[x] = plain.get(x, 0) + weight
        days = [self.day_of[x] for x in plain] + [self.day_of[m] for x in jumps for m in self.own.unions[x]]
        return plain, jumps, (min(days), max(days))

    def _costs(self, items: Sequence[_Item]) -> Ints:
        """Return what a unit of each sum costs by stage (S, M)."""
        out = np.zeros((len(self.stages), len(items)), dtype=np.int64)
        for n, item in enumerate(items):
            out[item.stage, n] = item.cost
        return out

    def _day(self, n: int, short: Sequence[_Item], spread: Sequence[_Item]) -> Day:
        options, prices = [], []
        today = [i for i in short if i.days[0] == n]
        for x in (Literal(0), *self.own.days[n]):
            sums = [(i, i.plain.get(x, 0)) for i in today]
            if all(i.at_least <= found <= i.at_most for i, found in sums):
                options.append(x)
                prices.append(self._costs(today) @ _ints(max(0, found - i.above) for i, found in sums))
        adds = _table([i.plain.get(x, 0) for i in spread] for x in options)
        makes = _table([x in self.own.unions[u] for u in self.long] for x in options)
        looks = np.concatenate(
            [adds.reshape(len(options), len(spread)), makes.reshape(len(options), len(self.long))], axis=1
        )
        kinds, kind = (
            np.unique(looks, axis=0, return_inverse=True) if options else (looks, np.zeros(0, np.int64))
        )
        order = np.argsort(kind, kind="stable")
        return Day(
            literals=_ints(options)[order],
            kind=kind.reshape(-1)[order],
            price=np.array(prices, dtype=np.float64).reshape(len(options), len(self.stages)).T[:, order],
            adds=kinds[:, : len(spread)],
            makes=kinds[:, len(spread) :].astype(np.bool_),
        )


def _table(rows: Iterable[Sequence[int]]) -> Ints:
    return np.array(list(rows), dtype=np.int64)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
