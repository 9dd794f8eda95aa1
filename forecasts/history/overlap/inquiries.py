"""Single inquiries of overlapping files: which row is which inquiry.

With a number, the number tells. Without one, two rows of different files are the same inquiry if they agree
in all that both say of time, channel, kind, category and bureau; the n-th such row of a file is the n-th of
the other, so the larger count stays. A blank says nothing, and a file that lacks a column says nothing in
it: an export without categories does not double one that has them. Rows equal in everything find each other
first, then those that agree in most.

A row without a number and one with a number are the same if they are of different files and agree in time
and channel. Rows of one file are different inquiries: ``beside`` tells how many rows with a number stand
beside a row without one in its file. So of one time and channel there are as many inquiries as the numbers
together, or as the longest file has rows, whichever is more.

Limits: two files that each hold one of two inquiries alike in all that is said (same minute, same channel,
same words) are taken to speak of one; a corrected time, channel or category makes another inquiry of a row
without a number. Both end where exports have numbers.
"""

from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasts.history.overlap.batch import NONE, Batch, Changes, Rows
from forecasts.history.overlap.matching import Joined, identified, occurrence, partners

BESIDE = "beside"
"""Column of a state besides those of the kind (int64): see above."""
CONTENT = ("kind", "category", "bureau")
_TIMED = 1 << len(CONTENT)  # the bit of the time of day, beside one bit for each of CONTENT
_DAY_US = 86_400_000_000
Mask = NDArray[np.bool_]


def inquiry_changes(state: pd.DataFrame, batch: Batch) -> Changes:
    """Return what a batch of inquiries changes."""
    both = Joined(state, _with_beside(batch.values, state.columns))
    is_numbered = (both.column("number") != "").to_numpy(dtype=np.bool_)
    partner, is_repeat = _by_number(both, is_numbered)
    bare = np.flatnonzero(~is_numbered[both.size :])
    partner[bare] = _by_content(both, is_numbered, batch.supplied)
    matched = np.flatnonzero((partner != NONE) & ~is_repeat)
    new = np.flatnonzero((partner == NONE) & ~is_repeat)

    rows = np.concatenate([np.arange(both.size), both.size + new])
    special = {
        name: _replaced(both, name, rows, partner[matched], matched)
        for name in (("received_at", "is_timed", *batch.supplied, BESIDE) if len(matched) else ())
        if name in state.columns and name != "number"
    }
    is_changed = np.zeros(len(matched), dtype=np.bool_)
    for name, source in special.items():
        if name == BESIDE:
            continue
        codes = both.codes(name)
        is_changed |= codes[source[partner[matched]]] != codes[partner[matched]]
    after = both.taken(rows, special)

    known = _known_elsewhere(state, after, len(new), is_numbered)
    added = len(new) - known
    corrected = int(is_changed.sum())
    at = partner[matched][is_changed]
    return Changes(
        after,
        added=added,
        corrected=corrected,
        unchanged=len(matched) - corrected + known,
        repeated=int(is_repeat.sum()),
        removed=0,
        added_on_known_days=min(added, _on_known_days(both, new)),
        was=at,
        now=at,
    )


def _with_beside(values: pd.DataFrame, columns: pd.Index) -> pd.DataFrame:
    """Return the rows of a batch with the columns of a state."""
    is_numbered = (values["number"] != "").to_numpy(dtype=np.bool_)
    beside = np.zeros(len(values), dtype=np.int64)
    if is_numbered.any() and not is_numbered.all():
        # Of several rows of one number the last one stands for it.
        is_counted = is_numbered & ~values["number"].duplicated(keep="last").to_numpy()
        own = Joined(values, values.iloc[:0])
        ids = identified([own.codes(name) for name in ("received_at", "is_timed", "channel")], len(values))
        beside[~is_numbered] = np.bincount(ids[is_counted], minlength=len(values))[ids[~is_numbered]]
    return values.assign(**{BESIDE: beside})[list(columns)]


def _by_number(both: Joined, is_numbered: Mask) -> tuple[Rows, Mask]:
    """Match rows by number; of several rows of one number in a file the last one counts."""
    size = both.size
    partner = np.full(len(is_numbered) - size, NONE, dtype=np.int64)
    is_repeat = np.zeros(len(partner), dtype=np.bool_)
    if not is_numbered[size:].any():
        return partner, is_repeat
    ids = both.codes("number")
    first, second = np.flatnonzero(is_numbered[:size]), np.flatnonzero(is_numbered[size:])
    numbers = ids[size:][second]
    place = np.full(int(ids.max()) + 1, NONE, dtype=np.int64)
    place[numbers] = second
    is_repeat[second] = place[numbers] != second
    place[:] = NONE
    place[ids[:size][first]] = first
    partner[second] = place[numbers]
    return partner, is_repeat


def _by_content(both: Joined, is_numbered: Mask, supplied: tuple[str, ...]) -> Rows:
    """Match the rows without a number: first those equal in all that the file says, then by content."""
    size = both.size
    second = np.flatnonzero(~is_numbered[size:]) + size
    day = both.codes("received_at") // _DAY_US
    is_near = ~is_numbered[:size]
    if len(second):
        is_near &= (day[:size] >= day[second].min()) & (day[:size] <= day[second].max())
    first = np.flatnonzero(is_near)
    partner = np.full(len(second), NONE, dtype=np.int64)
    if not (len(first) and len(second)):
        return partner
    rows = np.concatenate([first, second])
    names = dict.fromkeys(("received_at", "is_timed", "channel", *supplied))
    ids = identified([both.codes(n)[rows] for n in names if n != "number"], len(rows))
    found = partners(ids, len(first))
    is_found = found != NONE
    partner[is_found] = first[found[is_found]]
    is_free = np.ones(len(first), dtype=np.bool_)
    is_free[found[is_found]] = False
    rest = np.flatnonzero(~is_found)
    partner[rest] = same_content(both, first[is_free], second[rest], CONTENT)
    return partner


def same_content(
    both: Joined, first: Rows, second: Rows, names: tuple[str, ...], beside: Rows | None = None
) -> Rows:
    """Match rows that agree in time, channel and what both say of ``names``; who agree in most go first."""
    beside = np.zeros(len(second), dtype=np.int64) if beside is None else beside
    partner = np.full(len(second), NONE, dtype=np.int64)
    if not (len(first) and len(second)):
        return partner
    said = _said(both, names)
    said_1, said_2 = said[first], said[second]
    is_free = np.ones(len(first), dtype=np.bool_)
    for one, other in sorted(product(np.unique(said_1), np.unique(said_2)), key=_disagreement):
        left = np.flatnonzero((said_1 == one) & is_free)
        right = np.flatnonzero((said_2 == other) & (partner == NONE))
        if not (len(left) and len(right)):
            continue
        rows = np.concatenate([first[left], second[right]])
        ids = _content_ids(both, rows, int(one & other), names)
        found = partners(ids, len(left), beside[right])
        is_found = found != NONE
        partner[right[is_found]] = first[left[found[is_found]]]
        is_free[left[found[is_found]]] = False
    return partner


def _said(both: Joined, names: tuple[str, ...]) -> Rows:
    """Return for each row the bits of what it says."""
    said = both.codes("is_timed") * _TIMED
    for n, name in enumerate(names):
        said += both.is_said(name).astype(np.int64) << n
    return said


def _disagreement(pair: tuple[np.int64, np.int64]) -> tuple[int, int]:
    one, other = int(pair[0]), int(pair[1])
    return -(one & other).bit_count(), (one ^ other).bit_count()


def _content_ids(both: Joined, rows: Rows, common: int, names: tuple[str, ...]) -> Rows:
    time = both.codes("received_at")[rows]
    columns = [time if common & _TIMED else time // _DAY_US, both.codes("channel")[rows]]
    columns += [both.codes(name)[rows] for n, name in enumerate(names) if common & (1 << n)]
    return identified(columns, len(rows))


def _replaced(both: Joined, name: str, rows: Rows, at: Rows, matched: Rows) -> Rows:
    """Return whence each row of the new state has a column: from the batch, unless that says less."""
    says_less = _says_less(both, name, at, matched)
    source = rows.copy()
    source[at] = np.where(says_less, at, both.size + matched)
    return source


def _says_less(both: Joined, name: str, at: Rows, matched: Rows) -> Mask:
    new = both.size + matched
    if name in {"received_at", "is_timed"}:
        # The day alone does not take away the time of day that another file knew.
        day, timed = both.codes("received_at") // _DAY_US, both.codes("is_timed")
        less: Mask = (timed[new] < timed[at]) & (day[new] == day[at])
        return less
    if name == BESIDE:
        return both.codes(name)[new] < both.codes(name)[at]
    if name in CONTENT:
        # With a number a blank is a correction; without one it was no ground to tell the rows apart.
        is_bare = (both.column("number") == "").to_numpy(dtype=np.bool_)[new]
        return is_bare & ~both.is_said(name)[new]
    return np.zeros(len(at), dtype=np.bool_)


def _on_known_days(both: Joined, new: Rows) -> int:
    day = both.codes("received_at") // _DAY_US
    return int(np.isin(day[both.size + new], pd.unique(day[: both.size])).sum())


def _known_elsewhere(before: pd.DataFrame, after: pd.DataFrame, new: int, is_numbered: Mask) -> int:
    """Return how many new rows tell of inquiries that were known with, or without, a number."""
    if not new or is_numbered.all() or not is_numbered.any():
        return 0
    grown = len(settled_inquiries(after)) - len(settled_inquiries(before))
    return new - min(max(grown, 0), new)


def settled_inquiries(state: pd.DataFrame) -> pd.DataFrame:
    """Return a state without the unnumbered rows that numbered ones of the same time and channel stand for.

    Not done in the fold: without the numbered rows, after an undo, the others count again.
    """
    beside = state[BESIDE].to_numpy()
    state = state.drop(columns=BESIDE)
    is_numbered = (state["number"] != "").to_numpy(dtype=np.bool_)
    if is_numbered.all() or not is_numbered.any():
        return state
    numbered, bare = np.flatnonzero(is_numbered), np.flatnonzero(~is_numbered)
    both = Joined(state, state.iloc[:0])
    found = same_content(both, numbered, bare, (), _siblings(both, bare, beside[bare]))
    kept = np.ones(len(state), dtype=np.bool_)
    kept[bare[found != NONE]] = False
    return state[kept]


def _siblings(both: Joined, bare: Rows, beside: Rows) -> Rows:
    """Return for each row without a number how many numbers of its time and channel cannot stand for it.

    All rows of one time and channel get what the longest file leaves: its rows less those without a number.
    """
    ids = identified([both.codes(name)[bare] for name in ("received_at", "is_timed", "channel")], len(bare))
    order = np.argsort(-beside, kind="stable")
    longest = np.zeros(len(bare), dtype=np.int64)
    np.maximum.at(longest, ids[order], beside[order] + occurrence(ids[order]) + 1)
    return (longest - np.bincount(ids, minlength=len(bare)))[ids]
