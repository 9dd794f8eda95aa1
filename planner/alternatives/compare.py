"""Every alternative designed and judged on the same paths with the same inquiries, one recommended."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from forecasts.distribution import Floats
from forecasts.slots import Period
from planner.alternatives.alternative import Alternative, Effort, PatternProof
from planner.alternatives.levers import Hours, changed, changes, hours_variants
from planner.alternatives.outcome import outcome, slot_in_time
from planner.alternatives.question import pattern_question
from planner.alternatives.recommend import recommended
from planner.alternatives.solver import designed
from planner.cost import contract_cost_yen, person_hours, reference_cost_yen
from planner.desk import Desk
from planner.formation import Formation, FormationChange, Pattern, standing_formation
from planner.staffing import DayPlan, Service, late_table, needed_heads, service
from planner.workload import Workload

HOURS_PATHS = 20  # enough to put five ways of moving the hours in order
SOLVERS = 2  # side by side: a laptop has two cores
DESIGNING, JUDGING = "designing_pattern", "judging"

Progress = Callable[[str, float], None]
"""Told what is being done (a code for ``planner.wording``) and how much of it is done (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How finely alternatives are judged: realisations of every path, and their seed."""

    replications: int = 8
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Design:
    """A change with the pattern found for it."""

    change: FormationChange
    formation: Formation
    pattern: Pattern
    proof: PatternProof

    @property
    def day_plan(self) -> DayPlan:
        return DayPlan(self.formation, self.pattern)

    @property
    def work_min(self) -> int:
        return sum(seat.work_min for seat in self.pattern.seats)


def alternatives(
    work: Workload, desk: Desk, window: Period, settings: Settings, progress: Progress
) -> tuple[Alternative, ...]:
    """Return the alternatives of a desk over all days of the work, 現状維持 first, exactly one recommended.

    A change holds on the office days of ``window``; every other day keeps the standing formation and its
    pattern. Paths and seed are the same for all (common random numbers). "Hours" is the way of moving
    reception hours with the fewest failures: late calls, work not done the same day, and calls that the
    moved hours leave out, judged with the standing people on 20 paths; the same hours go with extra people.
    """
    return _Comparison(work, desk, window, settings, progress).alternatives()


class _Comparison:
    """One comparison: the work, the desk, and the standing design that all others are measured against."""

    def __init__(
        self, work: Workload, desk: Desk, window: Period, settings: Settings, progress: Progress
    ) -> None:
        self._work, self._desk, self._window, self._settings = work, desk, window, settings
        self._progress = progress
        self._days = tuple(d for d in work.days if d in window)
        if not self._days:
            message = f"no day of the work lies in the window {window.start} to {window.last}"
            raise ValueError(message)
        self._tables: dict[tuple[int, int], Floats] = {}
        self._designs: dict[FormationChange, _Design] = {}
        progress(DESIGNING, 0.0)
        self._standing = self._design(FormationChange(window))

    def alternatives(self) -> tuple[Alternative, ...]:
        chosen = changes(self._desk, self._window, self._best_hours())
        self._progress(DESIGNING, 0.3)
        self._design_all(chosen.values())
        found = []
        for number, (key, change) in enumerate(chosen.items()):
            self._progress(JUDGING, 0.5 + 0.5 * number / len(chosen))
            found.append(self._judged(key, self._design(change)))
        self._progress(JUDGING, 1.0)
        return recommended(found, self._desk.target)

    def _design_all(self, wanted: Iterable[FormationChange]) -> None:
        """Design several changes side by side: each solver has one thread, so the answers stay the same."""
        with ThreadPoolExecutor(SOLVERS) as pool:
            list(pool.map(self._design, wanted))

    def _design(self, change: FormationChange) -> _Design:
        if change not in self._designs:
            self._designs[change] = self._designed(change)
        return self._designs[change]

    def _designed(self, change: FormationChange) -> _Design:
        formation = change.applied(standing_formation(self._desk))
        hours = formation.opens_min, formation.closes_min
        if hours not in self._tables:
            most = standing_formation(self._desk).total_heads + self._desk.levers.extra_heads
            self._tables[hours] = late_table(self._work, self._days, formation, self._desk.target, most)
        question = pattern_question(self._desk, change, self._tables[hours], self._settings.seed)
        return _Design(change, formation, *designed(question))

    def _best_hours(self) -> Hours | None:
        variants = hours_variants(self._desk.levers)
        if len(variants) < 2:  # nothing to choose between
            return variants[0] if variants else None
        some = self._work.only(self._days)
        some = replace(some, rates=some.rates[:HOURS_PATHS])
        moved = [changed(self._desk, self._window, 0, hours) for hours in variants]
        self._design_all(moved)
        failures = [self._failures(some, self._design(change)) for change in moved]
        return variants[int(np.argmin(failures))]

    def _failures(self, work: Workload, design: _Design) -> float:
        """Return late calls, work not done the same day and calls left out, per path over the window."""
        found = service(work, [design.day_plan] * len(work.days), self._desk.target, 1, self._settings.seed)
        late = (found.offered - found.in_time).sum() + (found.deferred - found.same_day).sum()
        lost, _ = self._calls_moved(design.formation)
        return float(late) / len(work.rates) + lost * len(work.days)

    def _judged(self, key: str, design: _Design) -> Alternative:
        desk, days = self._desk, self._days
        changed_days = () if design.change.is_none else days
        found = self._service(design)
        return Alternative(
            key=key,
            change=design.change,
            formation=design.formation,
            pattern=design.pattern,
            outcome=outcome(found, desk.target, days),
            effort=self._effort(design, len(changed_days)),
            proof=design.proof,
            needed=_floats(needed_heads(self._work, days, design.formation, desk.target)),
            scheduled=_floats(design.pattern.heads(desk.grid)),
            slot_in_time=slot_in_time(found, days),
            days_changed=changed_days,
            reasons=self._moved_reasons(design.formation),
        )

    def _service(self, design: _Design) -> Service:
        inside = frozenset(self._days)
        plans = [(design if d in inside else self._standing).day_plan for d in self._work.days]
        return service(self._work, plans, self._desk.target, self._settings.replications, self._settings.seed)

    def _effort(self, design: _Design, days: int) -> Effort:
        desk, change = self._desk, design.change
        price = desk.grade(change.extra_grade).monthly_price_yen if change.extra_heads else 0
        reference = reference_cost_yen(change.extra_heads, price, days)
        return Effort(
            extra_heads=change.extra_heads,
            extra_person_hours=person_hours(design.work_min - self._standing.work_min, days),
            extra_reception_hours=(change.opens_earlier_min + change.closes_later_min) * days / 60,
            reference_cost_yen=reference,
            contract_cost_yen=contract_cost_yen(desk.terms.cost_rule, reference),
        )

    def _moved_reasons(self, formation: Formation) -> tuple[tuple[str, str], ...]:
        named = zip(("calls_lost", "calls_gained"), self._calls_moved(formation), strict=True)
        return tuple((code, f"{calls:.1f}") for code, calls in named if calls >= 0.05)  # shown as 0.1

    def _calls_moved(self, formation: Formation) -> tuple[float, float]:
        """Return measured calls of a mean day of the window that moved hours leave out, and take in."""
        standing = standing_formation(self._desk)
        measured = [k for k, c in enumerate(self._work.classes) if c.is_measured and c.waiting == "immediate"]
        inside = [self._work.days.index(d) for d in self._days]
        calls = self._work.rates[:, inside][..., measured].mean(axis=(0, 1)).sum(axis=1)
        starts = np.arange(self._work.grid.slots) * self._work.grid.slot_min
        before, now = ((f.opens_min <= starts) & (starts < f.closes_min) for f in (standing, formation))
        return float(calls[before & ~now].sum()), float(calls[now & ~before].sum())


def _floats(values: Sequence[float] | Floats) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
