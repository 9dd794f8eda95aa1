"""Rosters that differ duty by duty and break one row each: model rotation (Belov and Marques-Silva 2011).

A roster that breaks just one row of those that clash proves that this row belongs to the conflict. One duty
more or less often turns it into a roster that breaks just one other row: a proof without a search.
"""

from collections.abc import Collection, Iterator, Sequence

from planner.rosters.explain.part import read_by
from planner.rosters.explain.reading import Reading, is_within
from planner.rosters.rule import Literal


def rotated(
    reading: Reading, values: Sequence[int], broken: int, rows: Collection[int]
) -> dict[int, Sequence[int]]:
    """Return other rows of these that some roster breaks alone, each with the values of such a roster.

    ``values``: a roster that breaks ``broken`` and no other of ``rows`` (numbers of rows).
    """
    roster, among = _Roster(reading, values), set(rows)
    out: dict[int, Sequence[int]] = {}
    path = [(broken, Literal(0), roster.duties_of(broken))]
    while path:
        row, flipped, literals = path[-1]
        literal = next(literals, None)
        if literal is None:
            path.pop()
            if flipped:
                roster.flip(flipped)
            continue
        alone = [n for n in sorted({row, *roster.flip(literal)} & among) if roster.is_broken(n)]
        if len(alone) == 1 and alone[0] not in {broken, *out}:
            out[alone[0]] = tuple(roster.values)
            path.append((alone[0], literal, roster.duties_of(alone[0])))
        else:
            roster.flip(literal)
    return out


class _Roster:
    """The values of all decisions and the sums of all rows, kept up to date."""

    def __init__(self, reading: Reading, values: Sequence[int]) -> None:
        self._reading, self._linear = reading, reading.linear
        self.values = list(values)
        self._sums = reading.sums(values)

    def duties_of(self, row: int) -> Iterator[Literal]:
        """Yield the free decisions that a row reads."""
        return iter(sorted(read_by(self._linear, self._linear.rows[row].terms) & self._linear.places.keys()))

    def flip(self, literal: Literal) -> set[int]:
        """Turn a decision, and the derived ones that follow; return the rows whose sums have changed."""
        self.values[literal] = 1 - self.values[literal]
        touched = set()
        for n, weight in self._reading.weights.get(literal, ()):
            self._sums[n] += weight if self.values[literal] else -weight
            touched.add(n)
        for derived in self._reading.derived.get(literal, ()):
            if self.values[derived] != max(self.values[x] for x in self._linear.unions[derived]):
                touched |= self.flip(derived)
        return touched

    def is_broken(self, row: int) -> bool:
        """Tell whether a row does not hold."""
        return not is_within(self._linear.rows[row], self._sums[row])
