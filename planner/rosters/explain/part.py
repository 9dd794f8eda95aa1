"""A part of the question: some of its rows, with only the decisions that can help to keep them."""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.rosters.linear import NO, YES, Linear, Row
from planner.rosters.rule import Literal, Term


@dataclass(frozen=True, slots=True)
class Part:
    """``linear``: a question of its own; ``whole``: for each of its decisions that of the whole question."""

    linear: Linear
    whole: tuple[Literal, ...]

    def widened(self, values: Sequence[int], whole: Linear) -> list[int]:
        """Return the values of the whole; decisions that the part does not read are 0 (no duty)."""
        out = [0] * whole.size
        for own, literal in enumerate(self.whole):
            out[literal] = values[own]
        return whole.completed(out)


def part_of(linear: Linear, rows: Sequence[Row]) -> Part:
    """Return the question whether these rows can all be kept; most are solved in milliseconds."""
    helpful = _helpful(linear, rows)
    kept = [row for row in _reduced(rows, helpful) if not _is_idle(row)]
    read = sorted({NO, YES} | read_by(linear, (t for row in kept for t in row.terms)) & {NO, YES, *helpful})
    own = {literal: Literal(n) for n, literal in enumerate(read)}
    out = copy.copy(linear)
    out.places = {own[x]: linear.places[x] for x in read if x in linear.places}
    out.unions = {
        own[x]: tuple(own[m] for m in linear.unions[x] if m in own) for x in read if x in linear.unions
    }
    out.rows = [replace(row, terms=tuple((w, own[x]) for w, x in row.terms)) for row in kept]
    out.charges = []
    return Part(out, tuple(read))


def reduced(linear: Linear, rows: Sequence[Row]) -> list[Row]:
    """Return rows without the decisions that none of them asks for.

    A duty that no row asks for only uses up limits: left out as not worked, it makes nothing impossible. Most
    duties of a large menu go this way.
    """
    return _reduced(rows, _helpful(linear, rows))


def read_by(linear: Linear, terms: Iterable[Term]) -> set[Literal]:
    """Return the decisions that sums read, the members of derived ones included."""
    out: set[Literal] = set()
    left = [literal for _, literal in terms]
    while left:
        literal = left.pop()
        if literal not in out:
            out.add(literal)
            left.extend(linear.unions.get(literal, ()))
    return out


def _helpful(linear: Linear, rows: Sequence[Row]) -> set[Literal]:
    """Return the decisions that may have to be true: what a row asks for, and what follows from that."""
    asked = (
        (weight, literal)
        for row in rows
        for weight, literal in row.terms
        if (weight > 0 and row.at_least is not None) or (weight < 0 and row.at_most is not None)
    )
    out = read_by(linear, asked)
    for literal, members in linear.unions.items():
        if not out.isdisjoint(members):
            out.add(literal)
    return out


def _reduced(rows: Sequence[Row], helpful: set[Literal]) -> list[Row]:
    return [replace(row, terms=tuple(term for term in row.terms if term[1] in helpful)) for row in rows]


def _is_idle(row: Row) -> bool:
    """Tell whether a row holds whatever is decided."""
    least, most = sum(min(w, 0) for w, _ in row.terms), sum(max(w, 0) for w, _ in row.terms)
    return (row.at_least is None or row.at_least <= least) and (row.at_most is None or most <= row.at_most)
