"""The fewest hours that hold a target: small days counted out, and what no plan can reach."""

from itertools import product
from random import Random

import numpy as np
import pytest

from planner.alternatives.cover import Cover, DutyType, Frame
from planner.alternatives.least_hours import Asked, Span, late_by_span, least_hours
from planner.queueing.line import Line
from planner.queueing.timeline import timeline
from planner.queueing.what_if.operators import Scenarios

LINE = Line(9.0, 5.0)
ALL = Span(0, 8, 0.2)


def frame(*duties: tuple[int, int], most_heads: int = 4) -> Frame:
    """Reception from 9:00 to 13:00 by the half hour; duties from and to a slot."""
    made = tuple(DutyType(f"{a}-{b}", ((540 + 30 * a, 540 + 30 * b),), 30 * (b - a)) for a, b in duties)
    return Frame(540, 780, 30, made, (), most_heads)


def asked(of: Frame, rates: list[float], spans: tuple[Span, ...] = (ALL,), seed: int = 0) -> Asked:
    return Asked(of, LINE, Scenarios(np.array([rates]), np.ones(1)), 1.0, spans, seed)


def drawn(seed: int) -> Asked:
    """Four to six duties, calls with a hill, a target of the day or of both halves."""
    rng = Random(seed)  # noqa: S311  # drawn, not secret
    ends = [(0, 8), (0, 4), (4, 8), (2, 6), (0, 6), (2, 8)]
    rates = [rng.uniform(0.02, 0.12) + (0.12 if 2 <= t < 5 else 0.0) for t in range(8)]
    late = rng.choice((0.1, 0.2, 0.3))
    spans = rng.choice(((Span(0, 8, late),), (Span(0, 4, late), Span(4, 8, late))))
    return asked(frame(*rng.sample(ends[1:], rng.randint(3, 5)), ends[0]), rates, spans)


def counted_out(of: Asked) -> int | None:
    """Return the fewest minutes of all plans that hold the target, each evaluated exactly."""
    best = None
    for counts in product(range(of.frame.most_heads + 1), repeat=len(of.frame.duties)):
        minutes, heads = of.frame.minutes(counts), of.frame.heads(counts)
        if heads.min() < 1 or heads.max() > of.frame.most_heads or (best is not None and minutes >= best):
            continue
        late = late_by_span(of, timeline(of.frame.shop(counts), of.frame.slot_min))
        if (late <= of.most_late + 1e-9).all():
            best = minutes
    return best


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
