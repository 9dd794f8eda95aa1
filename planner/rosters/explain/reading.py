"""Which rows and derived decisions read a decision: a roster's sums without going through every row."""

from collections.abc import Sequence

from planner.rosters.linear import Linear, Row
from planner.rosters.rule import Literal


class Reading:
    """``weights``: decision → (number of a row, weight in it); ``derived``: decision → derived ones of it."""

    def __init__(self, linear: Linear) -> None:
        """Go through the rows once."""
        self.linear = linear
        self.weights: dict[Literal, list[tuple[int, int]]] = {}
        self.derived: dict[Literal, list[Literal]] = {}
        for n, row in enumerate(linear.rows):
            for weight, literal in row.terms:
                self.weights.setdefault(literal, []).append((n, weight))
        for literal, members in linear.unions.items():
            for member in members:
                self.derived.setdefault(member, []).append(literal)

    def sums(self, values: Sequence[int]) -> list[int]:
        """Return what every row adds up to."""
        out = [0] * len(self.linear.rows)
        for literal, of in self.weights.items():
            if values[literal]:
                for n, weight in of:
                    out[n] += weight
        return out

    def broken(self, values: Sequence[int]) -> frozenset[int]:
        """Return the numbers of the rows that do not hold."""
        found = self.sums(values)
        return frozenset(n for n, row in enumerate(self.linear.rows) if not is_within(row, found[n]))


def is_within(row: Row, found: int) -> bool:
    """Tell whether a sum is one that a row allows."""
    return (row.at_least is None or found >= row.at_least) and (row.at_most is None or found <= row.at_most)
