"""How a desk whose calls have two phases moves: sparse tables over (place, people in phase 2).

Place is the number in the system, or, for one caller, how many stand ahead in the line. State (place, m) of
``heads`` people stands at place x (heads + 1) + m. Tables read from state to state; a caller's have one state
more, the last: answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import sparse
from scipy.special import comb

from forecasts.distribution import Floats
from planner.queueing.arrivals import Flags
from planner.queueing.line import Line
from planner.queueing.phases.phases import Phases

Move = tuple[int | Floats, int | Floats, Floats]
"""By how much place and phase 2 change, and the rate or chance, each by place and m (places, heads + 1)."""

Table = sparse.csr_array[np.float64]

_KEPT = 64


@dataclass(frozen=True, slots=True)
class Rules:
    """What every table of a line needs: its calls' phases, and how many places are told apart."""

    line: Line
    phases: Phases
    places: int

    def grid(self, heads: int) -> tuple[Floats, Floats]:
        """Return place and people in phase 2, (places, 1), (1, heads + 1)."""
        return np.arange(self.places, dtype=float)[:, None], np.arange(heads + 1, dtype=float)[None]

    def busy(self, heads: int) -> tuple[Floats, Floats]:
        """Return people in phase 1 and in phase 2 by number in the system and m (places, heads + 1)."""
        number, second = self.grid(heads)
        first = np.minimum(number, heads) - second
        return np.maximum(first, 0.0), np.where(first >= 0, second, 0.0)


@lru_cache(maxsize=_KEPT)
def working(rules: Rules, heads: int) -> Table:
    """Return the rates at which calls end, go on or hang up while so many people work."""
    number, _ = rules.grid(heads)
    waiting = np.maximum(number - heads, 0.0)
    moves = list(_done(rules.phases, *rules.busy(heads), waiting > 0))
    moves.append((-1, 0, waiting * rules.line.leaving_per_min))
    return _rates(_table(rules.places, heads, heads, moves))


@lru_cache(maxsize=_KEPT)
def arriving(rules: Rules, heads: int) -> Table:
    """Return the rates of one arrival a minute; at the last place it is lost, with the day's probability."""
    number, _ = rules.grid(heads)
    first = np.where(number < heads, rules.phases.first_share, 1.0)
    moves = [(1, 0, first), (1, 1, 1.0 - first)]
    size = rules.places * (heads + 1)
    return (_table(rules.places, heads, heads, moves) - sparse.eye_array(size)).tocsr()


@lru_cache(maxsize=_KEPT)
def advancing(rules: Rules, heads: int) -> Table:
    """Return the rates at which a waiting caller moves up, is answered, or hangs up (leaves the table)."""
    ahead, second = np.broadcast_arrays(*rules.grid(heads))
    first, own = heads - second, rules.line.measured_leaving_per_min
    moves = list(_done(rules.phases, first, second, ahead > 0))
    moves.append((-1, 0, ahead * rules.line.leaving_per_min))
    # In front of the line every call that is done answers the caller: its move leads out of the places.
    done = first * rules.phases.first_per_min * (1.0 - rules.phases.on_share)
    ends = np.where(ahead == 0, done + second * rules.phases.second_per_min, 0.0)
    found = _table(rules.places, heads, heads, moves, ends)
    return _rates(found, np.append(np.full(found.shape[0] - 1, own), 0.0))


@lru_cache(maxsize=_KEPT)
def leaving(rules: Rules, heads: int, people: int) -> Table:
    """Return the chances where any ``people`` of the heads leave, each with the call in hand."""
    moves = [(-a - b, -b, share) for (a, b), share in taken_along(rules, heads, people).items()]
    return _table(rules.places, heads, heads - people, moves)


@lru_cache(maxsize=_KEPT)
def passing_on(rules: Rules, heads: int, people: int) -> Table:
    """Return the chances where people leave and their calls pass to the others.

    A call for which nobody is free goes back to the front of the line and starts anew.
    """
    number, second = rules.grid(heads)
    busy = np.minimum(number, heads)
    moves = _kept(busy, second, np.minimum(busy, heads - people))
    return _table(rules.places, heads, heads - people, ((0, by, share) for by, share in moves))


@lru_cache(maxsize=_KEPT)
def coming(rules: Rules, heads: int, held: tuple[int, int], free: int) -> Table:
    """Return the chances where people come: ``free`` ones, and some held by a call in phase 1 or 2."""
    number, _ = rules.grid(heads)
    taken = np.minimum(np.maximum(number - heads, 0.0), free)
    moves = ((sum(held), held[1] + by, share) for by, share in _started(rules.phases, taken, heads, free))
    return _table(rules.places, heads, heads + sum(held) + free, moves)


@lru_cache(maxsize=_KEPT)
def seeing_leave(rules: Rules, heads: int, people: int, back: int) -> Table:
    """Return the chances of a caller who sees people leave; ``back`` of their calls come in front."""
    ahead, second = rules.grid(heads)
    moves = _kept(np.full_like(ahead, heads), second, np.full_like(ahead, heads - people))
    return _table(
        rules.places, heads, heads - people, ((back, by, s) for by, s in moves), 0 * (ahead + second)
    )


@lru_cache(maxsize=_KEPT)
def seeing_come(rules: Rules, heads: int, held: tuple[int, int], free: int) -> Table:
    """Return the chances of a caller who sees people come, who take the first ones of the line."""
    ahead, second = rules.grid(heads)
    is_next = (ahead < free) & (second >= 0)
    taken = np.where(ahead < free, 0.0, free)
    moves = (
        (-free, held[1] + by, np.where(is_next, 0.0, share))
        for by, share in _started(rules.phases, taken, heads, free)
    )
    return _table(rules.places, heads, heads + sum(held) + free, moves, is_next.astype(float))


def taken_along(rules: Rules, heads: int, people: int) -> dict[tuple[int, int], Floats]:
    """Return the chances that any ``people`` are on so many calls in phase 1 and 2 (places, heads + 1)."""
    first, second = rules.busy(heads)
    idle = heads - first - second
    ways = float(comb(heads, people))
    return {
        (a, b): np.asarray(comb(first, a) * comb(second, b) * comb(idle, people - a - b) / ways)
        for a in range(people + 1)
        for b in range(people + 1 - a)
    }


def _done(phases: Phases, first: Floats, second: Floats, is_followed: Flags) -> Iterable[Move]:
    """Yield what the ends of phases do; where a call waits, who is free answers it at once."""
    one = first * phases.first_per_min * (1.0 - phases.on_share)
    two = second * phases.second_per_min
    begins = np.where(is_followed, phases.first_share, 1.0)
    yield -1, 0, one * begins + np.where(is_followed, two * (1.0 - phases.first_share), 0.0)
    yield -1, 1, np.where(is_followed, one * (1.0 - phases.first_share), 0.0)
    yield -1, -1, two * begins
    yield 0, 1, first * phases.first_per_min * phases.on_share


def _started(phases: Phases, taken: Floats, heads: int, most: int) -> Iterable[tuple[int, Floats]]:
    """Yield the chances that so many of the calls taken start in phase 2 (binomial), (places, heads + 1)."""
    second = 1.0 - phases.first_share
    for by in range(most + 1):
        fits = np.maximum(taken - by, 0.0)
        share = np.where(taken >= by, comb(taken, by) * second**by * phases.first_share**fits, 0.0)
        yield by, np.repeat(share, heads + 1, axis=1)


def _kept(busy: Floats, second: Floats, kept: Floats) -> Iterable[tuple[int, Floats]]:
    """Yield the chances that the calls kept, any of the busy ones, have so many fewer in phase 2."""
    ways = np.maximum(comb(busy, kept), 1.0)
    for gone in range(int((busy - kept).max(initial=0.0)) + 1):
        yield -gone, comb(second, second - gone) * comb(busy - second, kept - second + gone) / ways


def _table(
    places: int, before: int, after: int, moves: Iterable[Move], answered: Floats | None = None
) -> Table:
    """Put moves into a table; what leaves its places is left out."""
    place, second = np.indices((places, before + 1))
    here = place * (before + 1) + second
    size, target = places * (before + 1), places * (after + 1)
    rows, columns, values = [], [], []
    for by, of_second, share in moves:
        to, then = place + by, second + of_second
        value = np.broadcast_to(share, place.shape)
        is_kept = (value > 0) & (to >= 0) & (to < places) & (then >= 0) & (then <= after)
        rows.append(here[is_kept])
        columns.append((to * (after + 1) + then)[is_kept])
        values.append(value[is_kept])
    if answered is not None:
        value = np.append(np.broadcast_to(answered, place.shape), 1.0)
        rows.append(np.flatnonzero(value))
        columns.append(np.full(rows[-1].size, target))
        values.append(value[rows[-1]])
        size, target = size + 1, target + 1
    at = np.concatenate(rows).astype(np.int64), np.concatenate(columns).astype(np.int64)
    return sparse.coo_array((np.concatenate(values), at), shape=(size, target)).tocsr()


def _rates(moves: Table, lost: Floats | None = None) -> Table:
    """Turn rates of moves into a generator; ``lost``: rates of leaving the table for good."""
    off = moves - sparse.diags_array(moves.diagonal())
    out = off.sum(axis=1) + (0.0 if lost is None else lost)
    return (off - sparse.diags_array(out)).tocsr()


def times(table: Table, columns: Floats) -> Floats:
    """Return the product with every column, whatever axes (X, …) they stand in."""
    moved = table @ columns.reshape(columns.shape[0], -1)
    return np.asarray(moved, dtype=np.float64).reshape(table.shape[0], *columns.shape[1:])
