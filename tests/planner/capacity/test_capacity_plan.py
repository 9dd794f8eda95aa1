"""The whole answer for a small desk."""

from dataclasses import replace
from datetime import date

import pytest

from planner.capacity.answer import CapacityAnswer
from planner.capacity.calendar import months_of, weeks_of
from planner.capacity.cases import case_of
from planner.capacity.decision import Limits
from planner.capacity.plan import Ask, answered
from planner.capacity.scenario import Scenario
from planner.capacity.tables import Solved, solved_for
from planner.desk_levers import Levers
from tests.forecasts.event_builder import make_event
from tests.planner.alternatives.small_desk import make_desk
from tests.planner.capacity.year_desk import CALENDAR, Told, make_question

APRIL = make_event(date(2026, 4, 1), headcount=100, announced_on=date(2026, 2, 20))
ASK = Ask(months=3, paths=25, seed=2, max_risk=0.2, limits=Limits(2, 4))
ONE = Levers(extra_heads=1, extra_grade="junior", starts_min=(9 * 60,))


def answer_of(told: Told, ask: Ask = ASK, **changes: object) -> CapacityAnswer:
    said: list[float] = []
    found = answered(
        make_question(make_desk(**{"levers": ONE, **changes}), (APRIL,)),
        told,
        ask,
        lambda _code, share: said.append(share),
    )
    assert said == sorted(said)
    assert said[-1] == 1.0
    return found


@pytest.fixture(scope="module")
def usual() -> CapacityAnswer:
    return answer_of(Told(50.0, more=1.6))


def test_a_peak_is_served_by_temporary_people_beside_the_present_ones(usual: CapacityAnswer) -> None:
    first = usual.cases[0]
    assert first.missed == (date(2026, 4, 1),)
    assert (first.plan.change, first.plan.left) == (0, ())
    assert first.plan.blocks
    assert first.plan.blocks[0].first < date(2026, 4, 20)
    assert all(b.weeks >= 2 for b in first.plan.blocks)
    assert first.plan.yen == usual.present_yen + first.plan.person_weeks * 200_000
    assert [m.needed > usual.present_total for m in usual.months] == [True, False, False]
    assert sum(n for _, n in usual.temporary) == first.plan.person_weeks


def test_the_peak_is_told_with_its_dates(usual: CapacityAnswer) -> None:
    (peak,) = usual.peaks
    assert peak.first == date(2026, 4, 1)
    assert peak.ratio > 1.3
    assert peak.events == (APRIL.name,)


def test_fewer_users_need_no_more_than_the_present(usual: CapacityAnswer) -> None:
    as_is, users, handling, fewer = usual.cases
    assert len(users.missed) <= len(as_is.missed) <= len(handling.missed)
    assert users.plan.yen <= as_is.plan.yen <= handling.plan.yen
    assert fewer.plan.total == usual.present_total - 1
    assert sum(n for _, n in fewer.formation) == usual.present_total - 1


def test_what_no_lever_reaches_is_told_by_how_much() -> None:
    found = answer_of(Told(150.0), replace(ASK, months=1))
    (month,) = found.months
    assert not month.is_reached
    assert month.needed == usual_most(found) + 1
    assert month.short > 0.1
    plan = found.cases[0].plan
    assert plan.left
    assert plan.left[0].short > 0
    assert plan.change == 2, "the best reachable"


def usual_most(answer: CapacityAnswer) -> int:
    return answer.present_total + 2 + answer.extra_heads


def test_without_temporary_people_residents_are_the_only_way() -> None:
    found = answer_of(
        Told(50.0, more=1.6), replace(ASK, months=1), levers=Levers(extra_heads=0, extra_grade="junior")
    )
    assert found.cases[0].plan.person_weeks == 0
    assert found.cases[0].plan.change > 0


@pytest.fixture(scope="module")
def solved() -> Solved:
    desk, days = make_desk(levers=ONE), CALENDAR.office_days(date(2026, 4, 1), date(2026, 6, 1))
    forecast = Told(60.0, more=1.3, events=(APRIL,)).forecast(days, 25, 2)
    return solved_for(make_question(desk), desk, forecast, [Scenario()], 2, lambda _share: None)


def value_of(
    solved: Solved, risk: float, heads: int = 1, limits: Limits = ASK.limits
) -> tuple[int, int, int]:
    """Return shortfall, months missed and price of the best plan."""
    desk = solved.desk
    levers, target = replace(desk.levers, extra_heads=heads), replace(desk.target, max_risk=risk)
    days = solved.demand.days
    asked = replace(solved, desk=replace(desk, levers=levers, target=target))
    case, levels = case_of(asked, Scenario(), (months_of(days), weeks_of(days)), limits)
    return levels.value[0], levels.value[1], case.plan.yen


def test_more_risk_never_costs_more(solved: Solved) -> None:
    values = [value_of(solved, risk) for risk in (0.0, 0.1, 0.3, 0.8)]
    assert values == sorted(values, reverse=True)
    assert values[0] > values[-1]


def test_a_lever_removed_never_improves(solved: Solved) -> None:
    usual = value_of(solved, 0.2)
    assert value_of(solved, 0.2, heads=0) >= usual
    assert value_of(solved, 0.2, limits=Limits(2, 0)) >= usual
    assert value_of(solved, 0.2, limits=Limits(4, 4)) >= usual
    assert value_of(solved, 0.2, limits=Limits(1, 9)) <= usual


def test_what_was_asked_for_is_a_case_of_its_own() -> None:
    asked = Scenario("asked", users_times=0.9, handling_times=1.2)
    found = answer_of(Told(40.0), replace(ASK, months=1, scenario=asked, limits=Limits(1, 2)))
    assert found.cases[-1].scenario == asked
    assert found.asked.limits == Limits(1, 2)


def test_the_same_question_gives_the_same_answer() -> None:
    ask = replace(ASK, months=1, paths=10)
    assert answer_of(Told(50.0), ask) == answer_of(Told(50.0), ask)


@pytest.mark.parametrize(
    "wrong", [{"max_risk": 1.0}, {"max_risk": -0.1}, {"paths": 0}, {"limits": Limits(0)}]
)
def test_what_cannot_be_asked_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="wanted"):
        answered(make_question(), Told(), replace(ASK, **wrong), lambda _c, _s: None)  # type: ignore[arg-type]
