"""Tables against the judge of every plan: the same paths, the same pattern, ``staffing.service``."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planner.capacity.calendar import months_of
from planner.capacity.crews import Crew
from planner.capacity.months import month_shares
from planner.capacity.scenario import Scenario
from planner.capacity.tables import Solved, solved_for
from planner.desk import Desk
from planner.formation import standing_formation
from planner.staffing import DayPlan, answer_rate, in_time_share, same_day_share, service
from planner.workload import workload
from tests.planner.alternatives.small_desk import make_desk
from tests.planner.capacity.year_desk import CALENDAR, Told, make_question

DAYS = CALENDAR.office_days(date(2026, 4, 1), date(2026, 5, 1))
SCENARIOS = (Scenario(), Scenario("users", users_times=0.8), Scenario("handling", handling_times=1.1))


def solved(told: Told, desk: Desk) -> Solved:
    forecast = told.forecast(DAYS, 25, 1)
    return solved_for(make_question(desk), desk, forecast, SCENARIOS, 1, lambda _share: None)


@pytest.mark.parametrize("firmness", [float("inf"), 60.0])
@pytest.mark.parametrize("a_day", [45.0, 75.0])
def test_a_month_is_what_the_judge_finds(a_day: float, firmness: float) -> None:
    desk, told = make_desk(), Told(a_day, firmness=firmness)
    found = solved(told, desk)
    month = months_of(DAYS)[0]
    work = workload(told.forecast(DAYS, 25, 1), desk)
    for crew in (Crew("", 0), Crew("", 1)):
        shares = month_shares(found.demand, [found.served(crew, Scenario())], month, [month])
        plan = DayPlan(standing_formation(desk), found.designed[crew])
        judged = service(work, [plan] * len(DAYS), desk.target, 8, 5)
        off = 0.004 if np.isinf(firmness) else 0.025  # single days stray: the table knows their mean
        assert shares.in_time[0].mean() == pytest.approx(in_time_share(judged).mean(), abs=0.01)
        assert shares.in_time[0] == pytest.approx(in_time_share(judged), abs=off)
        assert shares.answer_rate[0] == pytest.approx(answer_rate(judged), abs=off)
        assert shares.same_day[0].mean() == pytest.approx(same_day_share(judged).mean(), abs=0.015)


def test_more_people_and_fewer_users_serve_better_longer_handling_worse() -> None:
    desk = make_desk()
    found = solved(Told(70.0), desk)
    month = months_of(DAYS)[0]

    def shares(crew: Crew, scenario: Scenario) -> tuple[float, ...]:
        demand = found.demand.under(scenario)
        one = month_shares(demand, [found.served(crew, scenario)], month, [month])
        return one.in_time.mean(), one.answer_rate.mean(), one.same_day.mean()

    now = shares(Crew("", 0), SCENARIOS[0])
    more = shares(Crew("", 1), SCENARIOS[0])
    fewer_users, longer = (shares(Crew("", 0), s) for s in SCENARIOS[1:])
    for usual, better in ((now, more), (now, fewer_users), (longer, now)):
        assert all(b > a for a, b in zip(usual, better, strict=True))


def test_mail_that_nobody_interrupts_is_drawn_not_solved() -> None:
    desk = make_desk()
    exact, drawn = solved(Told(60.0), desk), solved(Told(60.0), replace(desk, is_mail_interrupted=False))
    assert exact.method().is_exact
    assert not drawn.method().is_exact
    sums = [s.served(Crew("", 0), Scenario()).in_time.sum() for s in (exact, drawn)]
    assert sums[1] < 0.97 * sums[0], "a call waits for the mail in hand"


def test_users_are_fewer_from_their_date_on() -> None:
    since = DAYS[10]
    demand = solved(Told(60.0), make_desk()).demand
    fewer = demand.under(Scenario("users", users_times=0.5, users_from=since))
    assert (fewer.calls[:, :10] == demand.calls[:, :10]).all()
    assert fewer.calls[:, 10:] == pytest.approx(demand.calls[:, 10:] / 2)
    assert fewer.due_min[:, 10:] == pytest.approx(demand.due_min[:, 10:] / 2)
