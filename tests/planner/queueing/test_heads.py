"""Needed people and late shares of a slot."""

import numpy as np
import pytest

from planner.queueing.erlang import erlang_a_waiting
from planner.queueing.heads import SlotLoad, equal_groups


def test_needed_is_the_least_that_keeps_the_target() -> None:
    load = SlotLoad((0.3, 0.5), 9.0, 5.0)
    needed = load.needed(1.0, 0.8, 0.9)
    assert load.late_share(needed, 1.0) <= 0.2
    assert load.lost_share(needed, 1.0) <= 0.1
    assert load.late_share(needed - 1, 1.0) > 0.2 or load.lost_share(needed - 1, 1.0) > 0.1


def test_the_answer_rate_can_ask_for_more_than_the_limit() -> None:
    load = SlotLoad((0.5,), 9.0, 5.0)
    assert load.needed(20.0, 0.5, 0.99) > load.needed(20.0, 0.5, 0.5)


def test_nobody_is_needed_where_no_call_comes() -> None:
    assert SlotLoad((0.0,), 9.0, 5.0).needed(1.0, 0.8, 0.9) == 0
    assert SlotLoad((0.0,), 9.0, 5.0).late_share(0, 1.0) == 0.0


def test_patient_callers_need_more_people_than_the_load() -> None:
    load = SlotLoad((1.0,), 9.0, None)
    assert load.late_share(9, 1.0) == load.lost_share(9, 1.0) == 1.0
    assert load.needed(1.0, 0.8, 0.9) > 9


def test_uncertain_demand_is_weighed_by_calls() -> None:
    load = SlotLoad((0.2, 0.6), 9.0, 5.0)
    late = [1 - erlang_a_waiting(rate, 9.0, 5.0, 5, 1.0).in_time for rate in (0.2, 0.6)]
    assert load.late_share(5, 1.0) == pytest.approx((0.2 * late[0] + 0.6 * late[1]) / 0.8)
    assert load.late_share(5, 1.0) > SlotLoad((0.4,), 9.0, 5.0).late_share(5, 1.0)


def test_equal_groups_keep_the_mean() -> None:
    values = np.random.default_rng(1).gamma(2.0, size=(100, 3))
    groups = equal_groups(values, 5)
    assert groups.shape == (5, 3)
    assert groups.mean(axis=0) == pytest.approx(values.mean(axis=0))
    assert equal_groups(values[:2], 5).shape == (2, 3)
