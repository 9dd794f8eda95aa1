"""The desks go through what is wanted, and chance may say who leaves without changing the plan."""

import numpy as np
import pytest

from benchmarks.staffing_desks import DESKS, LIMITS_MIN, MOST_PEOPLE, PATIENCES_MIN, SLOTS_MIN, desk, shuffled

ALL = [desk(number) for number in range(DESKS)]


def test_the_desks_cover_what_is_wanted() -> None:
    assert DESKS >= 20
    assert {len(d.shop.stretches) for d in ALL} == set(range(2, MOST_PEOPLE + 1))
    assert {d.line.patience_min for d in ALL} == set(PATIENCES_MIN)
    assert {d.limit_min for d in ALL} == set(LIMITS_MIN)
    assert {d.slot_min for d in ALL} == set(SLOTS_MIN)
    assert any(min(d.timeline.heads) == 0 for d in ALL)


def test_loads_go_from_slack_to_overload() -> None:
    loads = [
        d.rate.sum() * d.line.handling_min / (d.timeline.lengths_min @ np.array(d.timeline.heads))
        for d in ALL
    ]
    assert min(loads) == pytest.approx(0.35, abs=0.01)
    assert max(loads) == pytest.approx(1.10, abs=0.01)


@pytest.mark.parametrize("number", range(DESKS))
def test_calls_come_while_reception_is_open(number: int) -> None:
    of = desk(number)
    assert of.rate[of.open_slots].sum() == pytest.approx(of.rate.sum())
    assert (of.calls_per_min[0] * of.timeline.lengths_min).sum() == pytest.approx(of.rate.sum())
    assert of.rate.tolist() == desk(number).rate.tolist()


@pytest.mark.parametrize("number", [0, 3, 10])
def test_a_shuffled_shop_keeps_heads_leavers_and_joiners(number: int) -> None:
    day = ALL[number].timeline
    rng = np.random.default_rng(1)
    shops = {shuffled(day, rng) for _ in range(5)}
    assert len(shops) > 1
    for shop in shops:
        again = type(ALL[number])(shop, ALL[number].line, ALL[number].rate, ALL[number].limit_min).timeline
        assert (again.heads, again.leaves, again.joins) == (day.heads, day.leaves, day.joins)
        assert again.returns == ()
