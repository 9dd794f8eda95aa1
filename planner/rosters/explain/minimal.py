"""The smallest set of rows that clash: rows are added until they clash, and what is not needed is left out.

The last row of the shortest clashing beginning belongs to the conflict; everything after it does not matter
(dichotomic search, as in QuickXplain, Junker 2004). Rotation then finds others that belong to it.
"""

from collections.abc import Sequence

from planner.rosters.explain.rotation import rotated
from planner.rosters.explain.trials import Trials
from planner.rosters.linear import Row

STEP = 32
"""Rows of the first trial; as many again are added until they clash, so that a local conflict stays cheap."""

Witnesses = dict[int, Sequence[int] | None]
"""Member of a conflict → values of a roster that keeps all other members and breaks it; None: not proved."""


def minimal(trials: Trials, rows: Sequence[int]) -> Witnesses:
    """Return a minimal conflict among rows, in their order; empty where none is proved.

    A roster beside every member proves that the conflict is minimal. Where a trial ends without proof the
    member is kept, so that what is returned clashes in any case.
    """
    alone = next((n for n in rows if _cannot_hold(trials.linear.rows[n])), None)
    if alone is not None:
        return {alone: [0] * trials.linear.size}
    n_left = _shortest(trials, [], rows, exact_to=STEP)
    if n_left is None:
        return {}
    members: Witnesses = {}
    left = list(reversed(rows[:n_left]))  # what clashes with the last rows stands near to them
    while n_left := _shortest(trials, list(members), left):
        last, left = left[n_left - 1], left[: n_left - 1]
        values = members[last] = trials.witness([*members, *left])
        if values is not None:
            found = rotated(trials.reading, values, last, {*members, *left})
            members |= {n: w for n, w in found.items() if members.get(n) is None}
        left = [n for n in left if n not in members]
    if n_left is None:  # nothing more can be proved: what is left stays, for together they clash
        members |= dict.fromkeys(left)
    return {n: members[n] for n in rows if n in members}


def _shortest(trials: Trials, held: Sequence[int], rows: Sequence[int], exact_to: int = 1) -> int | None:
    """Return how many of the first rows clash with those held; None where all together are not proved to."""
    if held and trials.is_possible(held) is False:
        return 0
    low, high = 0, STEP
    while trials.is_possible([*held, *rows[:high]]) is not False:
        if high >= len(rows):
            return None
        low, high = high, 2 * high
    high = min(high, len(rows))
    while high - low > exact_to:
        middle = (low + high) // 2
        if trials.is_possible([*held, *rows[:middle]]) is False:
            high = middle
        else:
            low = middle
    return high


def _cannot_hold(row: Row) -> bool:
    least, most = sum(min(w, 0) for w, _ in row.terms), sum(max(w, 0) for w, _ in row.terms)
    return (row.at_least is not None and most < row.at_least) or (
        row.at_most is not None and least > row.at_most
    )
