"""Trials: can these rows all be kept? Each answer is a proof, or None where none came in time."""

from collections.abc import Iterable, Sequence

from planner.rosters.engine import Ask, Engine, Watch
from planner.rosters.explain.part import part_of, reduced
from planner.rosters.explain.reading import Reading
from planner.rosters.linear import Linear

LIMIT_S = 1.0
"""Deterministic seconds of one trial; rows of one desk and month take milliseconds."""
MOST_UNPROVED = 4
"""Trials without proof after which nothing more is tried: what is slow once is slow again."""


class Trials:
    """Trials over the rows of one question; a roster once found answers later trials without a search."""

    def __init__(self, linear: Linear, engine: Engine, seed: int = 0, watch: Watch = lambda: True) -> None:
        """Begin without a roster."""
        self.linear = linear
        self.reading = Reading(linear)
        self._rows = reduced(linear, linear.rows)
        self.n_searches = 0
        self._engine, self._seed, self._watch = engine, seed, watch
        self._n_unproved = 0
        self._known: list[tuple[frozenset[int], Sequence[int]]] = []

    def is_possible(self, rows: Iterable[int]) -> bool | None:
        """Tell whether some roster keeps all rows of these numbers; None: not proved."""
        numbers = sorted(rows)
        if self.witness(numbers) is not None:
            return True
        if self._n_unproved >= MOST_UNPROVED or not self._watch():
            return None
        self.n_searches += 1
        part = part_of(self.linear, [self._rows[n] for n in numbers])
        answer = self._engine(Ask(part.linear, None, seed=self._seed, limit_s=LIMIT_S, watch=self._watch))
        if answer.values is not None:
            values = part.widened(answer.values, self.linear)
            broken = self.reading.broken(values)
            self._known.append((broken, values))
            # The rows are counted again here: an engine that errs proves nothing.
            return True if broken.isdisjoint(numbers) else None
        self._n_unproved += not answer.is_infeasible
        return False if answer.is_infeasible else None

    def witness(self, rows: Iterable[int]) -> Sequence[int] | None:
        """Return the values of a roster found before that keeps these rows."""
        numbers = set(rows)
        return next((values for broken, values in self._known if broken.isdisjoint(numbers)), None)
