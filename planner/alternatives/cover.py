"""The duties of a day as CP-SAT sees them: how many of each, heads by slot, rows about heads.

Duties are counted, not named. Heads of a slot are order literals z[t, k] = (heads_t >= k), so that whatever
is said of a slot's heads (a table of late calls, "somewhere more people than in this plan") is linear
(METHODS.md section 2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from forecasts.distribution import Floats, Wholes
from planner.queueing.shop import Shop, Stretch

LATE_SCALE = 10_000
"""Whole units a late call."""
LateCalls = cp_model.LinearExprT


@dataclass(frozen=True, slots=True)
class DutyType:
    """A duty that may be asked for: its stretches at reception, and the working minutes it takes."""

    code: str
    stretches: tuple[Stretch, ...]
    work_min: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Reception from opening to closing in K slots, and the duties that may be asked for.

    ``present``: who is there in any case, each with own stretches; their minutes are not counted. All begin
    and end on the grid. ``most_heads``: at reception at a time; ``least_heads``: in each slot.

    Raises ValueError naming the duties off the grid.
    """

    opens_min: int
    closes_min: int
    slot_min: int
    duties: tuple[DutyType, ...]
    present: tuple[tuple[Stretch, ...], ...] = ()
    most_heads: int = 12
    least_heads: int = 1

    def __post_init__(self) -> None:
        """Refuse what does not lie on the grid."""
        ends = {d.code: [m for stretch in d.stretches for m in stretch] for d in self.duties}
        ends |= {f"present[{n}]": [m for s in person for m in s] for n, person in enumerate(self.present)}
        ends["reception"] = [self.closes_min]
        off = [
            code
            for code, minutes in ends.items()
            if any((m - self.opens_min) % self.slot_min for m in minutes)
        ]
        if off:
            message = f"not on the grid of {self.slot_min} min from {self.opens_min}: {', '.join(off)}"
            raise ValueError(message)

    @property
    def bounds_min(self) -> tuple[int, ...]:
        """Where slots begin, and the closing (K + 1)."""
        return tuple(range(self.opens_min, self.closes_min + 1, self.slot_min))

    def presence(self, stretches: Sequence[Stretch]) -> Wholes:
        """Return one person's presence by slot (K,), 0 or 1."""
        starts = np.array(self.bounds_min[:-1])
        inside = [(start <= starts) & (starts < end) for start, end in stretches]
        return np.asarray(np.any([starts < 0, *inside], axis=0), dtype=np.int64)

    def heads(self, counts: Sequence[int]) -> Wholes:
        """Return people at reception by slot (K,), for so many of each duty."""
        everybody = [self.presence(stretches) for stretches in self._everybody(counts)]
        return np.asarray(np.sum(everybody, axis=0, initial=0), dtype=np.int64)

    def shop(self, counts: Sequence[int]) -> Shop:
        """Return the day as planned, for so many of each duty."""
        return Shop(self.opens_min, self.closes_min, self._everybody(counts))

    def minutes(self, counts: Sequence[int]) -> int:
        """Return the working minutes of so many of each duty."""
        return sum(n * duty.work_min for n, duty in zip(counts, self.duties, strict=True))

    def _everybody(self, counts: Sequence[int]) -> tuple[tuple[Stretch, ...], ...]:
        asked = (duty.stretches for n, duty in zip(counts, self.duties, strict=True) for _ in range(n))
        return (*self.present, *asked)


class Cover:
    """One search: rows are added, then the least minutes or the least violation is asked for."""

    def __init__(self, frame: Frame, seed: int = 0) -> None:
        """Count duties; tie them to the heads of each slot."""
        self._frame, self._seed = frame, seed
        self._cp = cp_model.CpModel()
        self._counts = [self._cp.new_int_var(0, frame.most_heads, "") for _ in frame.duties]
        self._unit = int(np.gcd.reduce([duty.work_min for duty in frame.duties]))
        work = [duty.work_min // self._unit for duty in frame.duties]
        self._minutes = cp_model.LinearExpr.weighted_sum(self._counts, work)
        self._reached = [self._order(t) for t in range(len(frame.bounds_min) - 1)]
        self.need([frame.least_heads] * len(self._reached))

    def _order(self, t: int) -> list[cp_model.IntVar]:
        reached = [self._cp.new_bool_var("") for _ in range(self._frame.most_heads)]
        for lower, higher in pairwise(reached):
            self._cp.add_implication(higher, lower)
        frame = self._frame
        always = sum(int(frame.presence(stretches)[t]) for stretches in frame.present)
        there = [
            n for n, duty in zip(self._counts, frame.duties, strict=True) if frame.presence(duty.stretches)[t]
        ]
        self._cp.add(sum(there) + always == sum(reached))
        return reached

    def need(self, heads: Sequence[int]) -> None:
        """Ask for at least so many people in each slot."""
        for reached, least in zip(self._reached, heads, strict=True):
            if least > len(reached):
                self._cp.add_bool_or([])  # more than may be there
            elif least:
                self._cp.add(reached[least - 1] == 1)

    def need_more(self, heads: Sequence[int]) -> None:
        """Ask for more people than these in some slot."""
        known = zip(self._reached, heads, strict=True)
        self._cp.add_bool_or([reached[int(n)] for reached, n in known if n < len(reached)])

    def late(self, table: Floats, at: Sequence[int], late: float) -> LateCalls:
        """Return late calls in units of ``LATE_SCALE`` by a table (K, most_heads + 1) made at a plan's heads.

        ``late``: what the plan itself has.
        """
        steps = np.rint(np.diff(table, axis=1) * LATE_SCALE).astype(np.int64)
        known = round(late * LATE_SCALE) - sum(
            int(row[: int(n)].sum()) for row, n in zip(steps, at, strict=True)
        )
        literals = [literal for reached in self._reached for literal in reached]
        return cp_model.LinearExpr.weighted_sum(literals, steps.ravel().tolist()) + known

    def keep(self, late: LateCalls, most: float) -> None:
        """Ask for at most so many late calls."""
        self._cp.add(late <= int(np.floor(most * LATE_SCALE)))

    def at_most(self, minutes: int) -> None:
        """Ask for no more minutes than these."""
        self._cp.add(self._minutes <= minutes // self._unit)

    def least_minutes(self, effort: float, then: LateCalls | None = None) -> tuple[int, ...] | None:
        """Return counts of the least minutes, of these the least of ``then``; None where none was found.

        ``effort``: deterministic time of a search, about seconds.
        """
        self._cp.minimize(self._minutes)
        first = self._search(effort)
        if first is None or then is None:
            return None if first is None else self._read(first)
        self._cp.add(self._minutes <= round(first.objective_value))
        self._cp.minimize(then)
        return self._read(self._search(effort) or first)

    def _read(self, solver: cp_model.CpSolver) -> tuple[int, ...]:
        return tuple(solver.value(n) for n in self._counts)

    def _search(self, effort: float) -> cp_model.CpSolver | None:
        """Search with one worker and a fixed seed: the same question, the same plan."""
        solver = cp_model.CpSolver()
        solver.parameters.catch_sigint_signal = False  # Ctrl+C ends the program, not this one search
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self._seed
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = effort
        is_found = solver.solve(self._cp) in {cp_model.OPTIMAL, cp_model.FEASIBLE}
        return solver if is_found else None
