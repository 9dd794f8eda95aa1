"""The desk's own rosters: how near to the best, how soon, how much memory, and how that grows.

Invented desks (架空データ) by fixed seeds. Small: four residents and two people shared with a sister
contract, who are there on one morning in seven; large: forty residents. Everybody may work any of 108 duties
a day (nine starts, six places of the break, with and without an hour of overtime); heads wanted by quarter of
an hour follow Erlang A of a drawn day with a peak after the transfers; leave, a 36協定, all rules in force.
Figures by case:

- ``gap``: the worst stage's (value - bound) / value, each stage with the earlier ones held;
- ``first_feasible_s``, ``seconds``: wall time until the first lawful roster, and until the checked answer;
- ``peak_mb``: memory of the process that did it alone; ``decisions``: yes-or-no decisions.
"""

import multiprocessing
import resource
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

import numpy as np

from benchmarks.benchmark import Run
from forecasts.calendar import Calendar
from planner.desk import Grade, Labour, Person
from planner.formation import Away, Seat
from planner.queueing.formulas.required import required_heads_a
from planner.rosters.roster import Elsewhere, Need, RosterProblem, Stage
from planner.rosters.solve import solved

FIRST = date(2027, 3, 28)
OPEN_MIN = (450, 1155)
STARTS_MIN = (450, 480, 510, 540, 555, 570, 585, 600, 615)
BREAK_AFTER_MIN = tuple(range(180, 331, 30))
STANDING_MIN = ((510, 1050), (555, 1095))
SLOT_MIN = 15
# Calls by three quarters of an hour from the opening, relative.
SHAPE = (0.3, 0.5, 0.8, 1, 1.3, 1.4, 1.2, 0.9, 0.8, 1.1, 1.2, 1.0, 0.9, 0.7, 0.4, 0.2, 0.1)
GRADES = (
    Grade("junior", "初級SE", 800_000),
    Grade("standard", "一般SE", 900_000),
    Grade("senior", "中級SE", 1_100_000),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A desk: people, weeks, and calls on an ordinary day."""

    name: str
    residents: int
    shared: int
    weeks: int
    calls: float


CASES = (
    Case("desk_1_week", 4, 2, 1, 45.0),
    Case("desk_4_weeks", 4, 2, 4, 45.0),
    Case("desk_13_weeks", 4, 2, 13, 45.0),
    Case("forty_people", 40, 0, 4, 450.0),
)


def figures(run: Run) -> Mapping[str, float]:
    """Solve each desk in a process of its own."""
    out: dict[str, float] = {}
    for case in run.of(CASES, CASES[:1]):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            measured = pool.apply(measure, (case,))
        out |= {f"{case.name}.{name}": value for name, value in measured.items()}
    return out | {f"{c.name}_gap": out[f"{c.name}.gap"] for c in CASES if f"{c.name}.gap" in out}


def measure(case: Case) -> dict[str, float]:
    """Solve one desk; the checkers look at the answer before it is returned (``solved``)."""
    question = problem(case)
    started, first = time.perf_counter(), list[float]()

    def told(stage: Stage, _: float) -> None:
        if stage != "service" and not first:
            first.append(time.perf_counter() - started)

    roster = solved(question, seed=0, progress=told)
    seconds = time.perf_counter() - started
    stages = {f"{s.stage}_gap": s.gap for s in roster.stages} | {
        f"{s.stage}_value": float(s.value) for s in roster.stages
    }
    return {
        "decisions": float(sum(len(question.menu[day]) for day in question.days) * len(question.people)),
        "first_feasible_s": first[0] if first else seconds,
        "seconds": seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "gap": max(stage.gap for stage in roster.stages),
        **stages,
    }


def problem(case: Case) -> RosterProblem:
    """Invent a desk and its quarter."""
    rng = np.random.default_rng(1)
    calendar = Calendar()
    span = (FIRST + timedelta(days=n) for n in range(7 * case.weeks))
    days = tuple(day for day in span if calendar.is_office_day(day))
    needs = {day: tuple(_needs(_calls(case.calls, n, day, rng))) for n, day in enumerate(days)}
    residents = tuple(_resident(n, days, rng) for n in range(case.residents))
    shared = tuple(Person(f"s{n}", f"共用{n}", "standard") for n in range(case.shared))
    manager = Person("m", "責任者", "senior", is_resident=False, may_manage=True)
    return RosterProblem(
        days=days,
        people=(*residents, *shared, manager),
        seats=dict.fromkeys(days, ()),
        open_min=dict.fromkeys(days, OPEN_MIN),
        standing={p.id: STANDING_MIN[n % 2] for n, p in enumerate(residents)},
        reachable=frozenset((manager.id, day) for day in days),
        labour=Labour(has_art36_agreement=True),
        grades=GRADES,
        menu=dict.fromkeys(days, _menu()),
        needs=needs,
        elsewhere=tuple(
            Elsewhere(person.id, day, 480, 690, 210)
            for n, person in enumerate(shared)
            for k, day in enumerate(days)
            if (k + 3 * n) % 7 == 0
        ),
    )


def _menu() -> tuple[Seat, ...]:
    return tuple(
        Seat("", start, start + 540 + overtime, (Away(start + pause, start + pause + 60, "break"),))
        for start in STARTS_MIN
        for overtime in (0, 60)
        for pause in BREAK_AFTER_MIN
    )


def _resident(n: int, days: tuple[date, ...], rng: np.random.Generator) -> Person:
    leave = frozenset(days[i] for i in rng.choice(len(days), max(1, len(days) // 20), replace=False))
    return Person(f"p{n:02}", f"要員{n}", ("standard", "junior")[n % 2], may_manage=n < 2, leave=leave)


def _calls(usual: float, n: int, day: date, rng: np.random.Generator) -> float:
    """More calls after the transfers of 1 April and on Mondays, and a day's own noise."""
    monday = 1.15 if day.weekday() == 0 else 1.0
    return usual * (1 + 0.8 * exp(-n / 10)) * monday * exp(float(rng.normal(0, 0.08)))


def _needs(calls: float) -> Iterator[Need]:
    """Yield heads by quarter of an hour: Erlang A, 16 min handling, 3 min patience, 80 % within a minute."""
    for start in range(*OPEN_MIN, SLOT_MIN):
        part = float(np.interp((start - OPEN_MIN[0]) / 45, range(len(SHAPE)), SHAPE)) / sum(SHAPE)
        heads = required_heads_a(calls * part / 45, 16.0, 3.0, 1.0, 0.8, 0.9)
        yield Need(start, start + SLOT_MIN, heads)
