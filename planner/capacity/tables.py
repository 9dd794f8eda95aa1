"""Everything that is computed once for a desk and a horizon: demand, days designed, tables solved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from forecasts.distribution import Forecast
from forecasts.slots import Period
from planner.capacity.crews import Crew, crews, patterns
from planner.capacity.demand import Demand, demand_of
from planner.capacity.scenario import Scenario
from planner.capacity.service import ClassTable, Served, class_tables, method_of, served
from planner.desk import Desk
from planner.formation import Pattern, standing_formation
from planner.intake import Question
from planner.queueing.choice import Method
from planner.staffing import late_table
from planner.workload import workload

_MEAN_DAYS = 40
"""Days, evenly spread, of which the mean day is taken that patterns are designed for."""


@dataclass(slots=True, eq=False)
class Solved:
    """What crews deliver under scenarios: days designed once, tables solved once a handling time."""

    desk: Desk
    demand: Demand
    designed: dict[Crew, Pattern]
    asked: tuple[Demand, ...]
    seed: int
    _tables: dict[tuple[Crew, float], tuple[ClassTable, ...]] = field(default_factory=dict)
    _served: dict[tuple[Crew, Scenario], Served] = field(default_factory=dict)

    def has(self, crew: Crew) -> bool:
        """Whether a crew can be had."""
        return crew in self.designed

    def method(self) -> Method:
        """Return how calls of this desk are judged elsewhere."""
        return method_of(self.desk, self.demand, max(len(p.seats) for p in self.designed.values()))

    def served(self, crew: Crew, scenario: Scenario) -> Served:
        """Return what a crew delivers on every path-day. Raises KeyError for a crew that cannot be had."""
        key = crew, scenario
        if key not in self._served:
            demand, is_exact = self.demand.under(scenario), self.method().is_exact
            self._served[key] = served(self._tables_of(crew, scenario), demand, is_exact=is_exact)
        return self._served[key]

    def _tables_of(self, crew: Crew, scenario: Scenario) -> tuple[ClassTable, ...]:
        key = crew, scenario.handling_times
        if key not in self._tables:
            longer = self.demand.under(Scenario(handling_times=scenario.handling_times))
            self._tables[key] = class_tables(self.desk, self.designed[crew], longer, self.asked, self.seed)
        return self._tables[key]


def solved_for(
    question: Question,
    desk: Desk,
    forecast: Forecast,
    scenarios: Sequence[Scenario],
    seed: int,
    done: Callable[[float], None],
) -> Solved:
    """Take the paths apart and design the day of every crew; tables are solved when they are asked for."""
    some = sorted({round(n * (len(forecast.days) - 1) / _MEAN_DAYS) for n in range(_MEAN_DAYS + 1)})
    mean_days = [forecast.days[n] for n in some]
    work = workload(forecast.only(mean_days), desk, question.handling, question.patience)
    demand = demand_of(forecast, work.classes, desk.reception.opens_min, desk.reception.closes_min)
    wanted = crews(desk)
    most = len(desk.residents) + max(c.added for c in wanted)
    late = late_table(work, mean_days, standing_formation(desk), desk.target, most)
    period = Period.through(forecast.days[0], forecast.days[-1])
    designed = patterns(desk, wanted, period, late, seed, done)
    return Solved(desk, demand, designed, tuple(demand.under(s) for s in scenarios), seed)
