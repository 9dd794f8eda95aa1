"""What links people: sums over everybody's decisions, each free within a range and paid for outside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from planner.rosters.linear import Charge, Row
from planner.rosters.lines.features import Floats
from planner.rosters.lines.own import Parted
from planner.rosters.roster import Stage
from planner.rosters.rule import Literal, Term

_Key = tuple[tuple[int, Literal], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Sums (L,): ``sums`` (L, literals) of weights; ``low`` and ``high`` bound what is free.

    A unit below costs ``under``, a unit above ``over`` points (S, L); infinite: a hard row's bound.
    ``shared``: derived decisions of several people, variables of the master.
    """

    sums: sparse.csr_array
    low: Floats
    high: Floats
    under: Floats
    over: Floats
    shared: tuple[Literal, ...]


@dataclass(slots=True)
class _Range:
    terms: tuple[Term, ...]
    low: float = -np.inf
    high: float = np.inf
    under: tuple[int, int] | None = None
    over: tuple[int, int] | None = None


def links_of(parted: Parted, stages: Sequence[Stage], size: int) -> Links:
    """Return the links of a question; two charges on one sum, below and above, are one link."""
    hard = [_hard(row) for row in parted.rows]
    soft: dict[_Key, list[_Range]] = {}
    for charge in parted.charges:
        if charge.stage in stages:
            _add(soft, charge, stages.index(charge.stage))
    ranges = [*hard, *(r for found in soft.values() for r in found)]
    return Links(
        sums=_matrix([r.terms for r in ranges], size),
        low=np.array([r.low for r in ranges], dtype=np.float64),
        high=np.array([r.high for r in ranges], dtype=np.float64),
        under=_costs([r.under for r in ranges], [np.isfinite(r.low) for r in ranges], len(stages)),
        over=_costs([r.over for r in ranges], [np.isfinite(r.high) for r in ranges], len(stages)),
        shared=tuple(sorted(parted.shared)),
    )


def _hard(row: Row) -> _Range:
    low = -np.inf if row.at_least is None else row.at_least
    high = np.inf if row.at_most is None else row.at_most
    return _Range(row.terms, low, high)


def _add(soft: dict[_Key, list[_Range]], charge: Charge, stage: int) -> None:
    terms = tuple(sorted(charge.terms, key=lambda term: term[1]))
    is_under = bool(terms) and terms[0][0] < 0
    if is_under:
        terms = tuple((-weight, x) for weight, x in terms)
    found = soft.setdefault(terms, [])
    limit = -charge.above if is_under else charge.above
    for other in found:
        if is_under and other.under is None and limit <= other.high:
            other.low, other.under = limit, (stage, charge.cost)
            return
        if not is_under and other.over is None and limit >= other.low:
            other.high, other.over = limit, (stage, charge.cost)
            return
    new = _Range(terms)
    if is_under:
        new.low, new.under = limit, (stage, charge.cost)
    else:
        new.high, new.over = limit, (stage, charge.cost)
    found.append(new)


def _costs(paid: Sequence[tuple[int, int] | None], is_bound: Sequence[bool], n_stages: int) -> Floats:
    out = np.zeros((n_stages, len(paid)))
    for n, cost in enumerate(paid):
        if cost is not None:
            out[cost[0], n] = cost[1]
        elif is_bound[n]:
            out[:, n] = np.inf
    return out


def _matrix(terms: Sequence[Sequence[Term]], size: int) -> sparse.csr_array:
    rows = [n for n, found in enumerate(terms) for _ in found]
    literals = [x for found in terms for _, x in found]
    weights = [float(w) for found in terms for w, _ in found]
    return sparse.csr_array((weights, (rows, literals)), shape=(len(terms), size))
