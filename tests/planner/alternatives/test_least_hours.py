"""The fewest hours that hold a target: small days counted out, and what no plan can reach."""

import numpy as np
import pytest

from benchmarks.alternatives_counted import counted_out, drawn, frame
from planner.alternatives.cover import Cover, DutyType, Frame
from planner.alternatives.least_hours import Asked, Span, late_by_span, least_hours
from planner.queueing.line import Line
from planner.queueing.timeline import timeline
from planner.queueing.what_if.operators import Scenarios

LINE = Line(9.0, 5.0)
ALL = Span(0, 8, 0.2)


def asked(of: Frame, rates: list[float], spans: tuple[Span, ...] = (ALL,), seed: int = 0) -> Asked:
    return Asked(of, LINE, Scenarios(np.array([rates]), np.ones(1)), 1.0, spans, seed)


@pytest.mark.parametrize("seed", range(12))
def test_small_days_need_what_counting_out_says(seed: int) -> None:
    of = drawn(seed)
    best, found = counted_out(of), least_hours(of)
    assert found.is_met == (best is not None)
    if best is not None:
        assert found.minutes == best


def test_the_late_calls_told_are_those_of_the_plan() -> None:
    of = drawn(3)
    found = least_hours(of)
    late = late_by_span(of, timeline(of.frame.shop(found.counts), of.frame.slot_min))
    np.testing.assert_allclose(found.late, late)
    assert found.minutes == of.frame.minutes(found.counts)


def test_a_target_that_nobody_reaches_gives_the_plan_that_comes_closest() -> None:
    of = asked(frame((0, 8), most_heads=2), [0.5] * 8)
    found = least_hours(of)
    assert not found.is_met
    assert found.counts == (2,)
    assert (found.late > of.most_late).all()


def test_more_may_be_late_and_no_more_hours_are_needed() -> None:
    duties = frame((0, 8), (0, 4), (4, 8), (2, 6))
    hours = [
        least_hours(asked(duties, [0.15, 0.2, 0.3, 0.3, 0.2, 0.15, 0.1, 0.1], (Span(0, 8, late),))).minutes
        for late in (0.05, 0.1, 0.2, 0.4)
    ]
    assert hours == sorted(hours, reverse=True)


def test_who_is_there_in_any_case_costs_nothing() -> None:
    alone = frame((0, 8), (0, 4), (4, 8))
    present = Frame(540, 780, 30, alone.duties, (((540, 780),),), 4)
    rates = [0.05] * 8
    with_him, without = (least_hours(asked(of, rates)) for of in (present, alone))
    assert with_him.minutes <= without.minutes - 240


def test_duties_off_the_grid_are_named() -> None:
    with pytest.raises(ValueError, match="early"):
        Frame(540, 780, 30, (DutyType("early", ((550, 700),), 150),))


def test_a_table_is_exact_at_its_own_plan() -> None:
    of = frame((0, 8), (0, 4))
    table = np.arange(40.0).reshape(8, 5)[:, ::-1]
    cover = Cover(of)
    heads = of.heads((1, 1)).tolist()
    cover.keep(cover.late(table, heads, 3.0), 3.0)
    cover.need(heads)
    assert cover.least_minutes(1.0) == (1, 1)
    cover.keep(cover.late(table, heads, 3.0), 2.9)
    assert cover.least_minutes(1.0) != (1, 1)


def test_more_people_than_may_be_there_is_no_plan() -> None:
    cover = Cover(frame((0, 8), most_heads=2))
    cover.need([3] * 8)
    assert cover.least_minutes(1.0) is None
