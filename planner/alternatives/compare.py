"""Every alternative designed and judged on the same paths with the same inquiries, one recommended."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from forecasts.distribution import Floats
from forecasts.slots import Period
from planner.alternatives.alternative import Alternative, Effort, PatternProof
from planner.alternatives.blocks import Block, DayFigures, blocks
from planner.alternatives.choose import Candidate, chosen
from planner.alternatives.effort import DayMinutes, effort, prices_of, size
from planner.alternatives.feasible import Allows, Conditions, always
from planner.alternatives.frontier import plainly_different
from planner.alternatives.levers import Lever, levers_of
from planner.alternatives.outcome import least_hour, outcome, slot_in_time
from planner.alternatives.question import pattern_question
from planner.alternatives.recommend import recommended
from planner.alternatives.solver import designed
from planner.alternatives.what_if import PlanFigures
from planner.desk import Desk
from planner.following import followed, moved_calls
from planner.formation import Formation, Pattern, standing_formation
from planner.staffing import DayPlan, late_table, measured_windows, needed_heads, service
from planner.workload import Workload

SOLVERS = 2  # side by side: a laptop has two cores
DESIGNING, CHOOSING, JUDGING = "designing_pattern", "choosing_change", "judging"

Progress = Callable[[str, float], None]
"""Told what is being done (a code for ``planner.wording``) and how much of it is done (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How finely alternatives are judged: realisations of every path, and their seed; which are looked at."""

    replications: int = 8
    seed: int = 0
    allows: Allows = always


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """A formation with the pattern found for it."""

    formation: Formation
    pattern: Pattern
    proof: PatternProof

    @property
    def day_plan(self) -> DayPlan:
        """What a day of it offers."""
        return DayPlan(self.formation, self.pattern)

    @property
    def work_min(self) -> int:
        """Minutes worked on a day of it, without breaks."""
        return sum(seat.work_min for seat in self.pattern.seats)


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What a comparison found.

    ``alternatives``: judged, 現状維持 first, exactly one recommended. ``designs`` and ``figures`` (on
    the paths of the work) of every setting of the levers, for whoever asks about another change.
    """

    alternatives: tuple[Alternative, ...]
    designs: Mapping[Lever, Design]
    figures: PlanFigures


def compared(
    work: Workload,
    desk: Desk,
    window: Period,
    settings: Settings,
    progress: Progress,
    fresh: Workload | None = None,
) -> Compared:
    """Compare the alternatives of a desk over all days of the work.

    Each kind of change stands with the lever and the block of days that are its smallest to hold the target
    (``choose``); all other days keep the standing formation. Patterns are designed for the mean day of
    ``window``, the peak. What is chosen on the paths of ``work`` is judged on those of ``fresh`` (the same
    days, paths drawn anew; None: the same paths): the best of many is partly lucky. Paths and seed are the
    same for all (common random numbers). Only what the settings allow is looked at. At most five are
    returned, plainly different ones (``frontier``).
    """
    found = _Comparison(work, desk, window, settings, progress)
    return found.compared(work if fresh is None else fresh)


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
        self._formation = standing_formation(desk)
        self._tables: dict[tuple[int, int], Floats] = {}
        self._slots: dict[Formation, tuple[float | None, ...]] = {}
        self._worst: dict[Formation, float] = {}
        self._prices = prices_of(desk)
        self._conditions = Conditions(settings.allows, self._holds)
        progress(DESIGNING, 0.0)
        self._designs: dict[Lever, Design] = {}
        self._standing = self._design(Lever())

    def compared(self, fresh: Workload) -> Compared:
        levers = levers_of(self._desk)
        self._design_all(levers)
        figures = {}
        for number, lever in enumerate(levers):
            self._progress(CHOOSING, 0.4 + 0.3 * number / len(levers))
            figures[lever] = self._figures(self._design(lever))
        found = []
        best = self._chosen(figures)
        for number, one in enumerate(best.values()):
            self._progress(JUDGING, 0.7 + 0.3 * number / len(best))
            found.append(self._judged(one, fresh))
        self._progress(JUDGING, 1.0)
        order = self._desk.levers.order
        shown = plainly_different(recommended(found, self._desk.target, order), order)
        kept = PlanFigures(
            days=self._work.days,
            levers=figures,
            minutes={lever: self._minutes(lever) for lever in levers},
            prices=self._prices,
            target=self._desk.target,
            shortest_days=self._desk.levers.shortest_days,
        )
        return Compared(shown, dict(self._designs), kept)

    def _design_all(self, wanted: Sequence[Lever]) -> None:
        """Design several changes side by side: each solver has one thread, so the answers stay the same."""
        with ThreadPoolExecutor(SOLVERS) as pool:
            for number, _ in enumerate(pool.map(self._design, wanted)):
                self._progress(DESIGNING, 0.4 * number / len(wanted))

    def _design(self, lever: Lever) -> Design:
        if lever not in self._designs:
            self._designs[lever] = self._designed(lever)
        return self._designs[lever]

    def _designed(self, lever: Lever) -> Design:
        change = lever.change(self._desk, self._window)
        formation = change.applied(self._formation)
        hours = formation.opens_min, formation.closes_min
        if hours not in self._tables:
            most = self._formation.total_heads + self._desk.levers.extra_heads
            work = self._followed(self._work, formation, self._work.days)
            self._tables[hours] = late_table(work, self._days, formation, self._desk.target, most)
        question = pattern_question(self._desk, change, self._tables[hours], self._settings.seed)
        return Design(formation, *designed(question))

    def _followed(self, work: Workload, formation: Formation, days: Sequence[date]) -> Workload:
        return followed(work, self._formation, formation, self._desk.following, days=days)

    def _figures(self, design: Design) -> DayFigures:
        """Judge a design on every day, once: calls exactly, what may wait in one realisation."""
        work, target = self._followed(self._work, design.formation, self._work.days), self._desk.target
        plans = [design.day_plan] * len(work.days)
        found = service(work, plans, target, 1, self._settings.seed)
        self._slots[design.formation] = slot_in_time(found, self._days)
        self._worst[design.formation] = least_hour(found, self._days)
        return DayFigures.of(found)

    def _chosen(self, figures: Mapping[Lever, DayFigures]) -> dict[str, Candidate]:
        days, target = self._work.days, self._desk.target
        some = [*blocks(len(days), self._desk.levers.shortest_days), Block(0, len(days))]
        return chosen(figures, some, measured_windows(days), target, self._size, self._conditions)

    def _holds(self, lever: Lever, block: Block) -> bool:
        """Tell whether every hour of the peak keeps its floor; days of it without the change keep theirs."""
        floor, inside = self._desk.target.least_hour, self._work.days[block.first : block.end]
        standing = set(self._days) - set(inside) if lever != Lever() else set[date]()
        used = [self._design(lever), *([self._standing] if standing else [])]
        return all(self._worst[design.formation] >= floor for design in used)

    def _size(self, lever: Lever, days: int) -> tuple[float, ...]:
        return size(lever, days, self._effort(lever, days), self._prices.order)

    def _judged(self, one: Candidate, fresh: Workload) -> Alternative:
        desk, design = self._desk, self._design(one.lever)
        block = self._work.days[one.block.first : one.block.end]
        is_change = one.lever != Lever()
        days = block if is_change else ()
        work = self._followed(fresh, design.formation, days)
        inside = frozenset(days)
        plans = [(design if d in inside else self._standing).day_plan for d in work.days]
        found = service(work, plans, desk.target, self._settings.replications, self._settings.seed)
        return Alternative(
            key=one.lever.key,
            change=one.lever.change(desk, Period.through(block[0], block[-1]) if is_change else self._window),
            formation=design.formation,
            pattern=design.pattern,
            outcome=outcome(found, desk.target, self._days),
            effort=self._effort(one.lever, len(days)),
            proof=design.proof,
            needed=_floats(needed_heads(work, self._days, design.formation, desk.target)),
            scheduled=_floats(design.pattern.heads(desk.grid)),
            slot_in_time=self._slots[design.formation],
            days_changed=days,
            reasons=self._moved_reasons(design.formation),
        )

    def _effort(self, lever: Lever, days: int) -> Effort:
        return effort(lever, days, self._minutes(lever), self._prices)

    def _minutes(self, lever: Lever) -> DayMinutes:
        design = self._design(lever)
        extra = sum(seat.work_min for seat in design.pattern.seats if seat.is_extra)
        return DayMinutes(design.work_min - self._standing.work_min, extra)

    def _moved_reasons(self, formation: Formation) -> tuple[tuple[str, str], ...]:
        moved = moved_calls(self._work, self._formation, formation, self._desk.following, days=self._days)
        named = (("calls_lost", moved.lost), ("calls_gained", moved.new))
        return tuple((code, f"{calls:.1f}") for code, calls in named if calls >= 0.05)  # shown as 0.1


def _floats(values: Sequence[float] | Floats) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
