"""Needed people and late shares of a slot."""

from math import nan

import numpy as np
import pytest

from planner.queueing.formulas.erlang import erlang_a_waiting
from planner.queueing.formulas.heads import SlotLoad, equal_groups
from planner.queueing.formulas.required import required_heads_a


def test_needed_is_the_least_that_keeps_the_target() -> None:
    load = SlotLoad((0.3, 0.5), 9.0, 5.0)
    needed = load.needed(1.0, 0.8, 0.9)
    assert load.late_share(needed, 1.0) <= 0.2
    assert load.lost_share(needed, 1.0) <= 0.1
    assert load.late_share(needed - 1, 1.0) > 0.2 or load.lost_share(needed - 1, 1.0) > 0.1


def test_one_certain_rate_is_erlang_a() -> None:
    for calls in (0.05, 0.5, 5.0, 50.0):
        needed = SlotLoad((calls,), 9.0, 5.0).needed(1.0, 0.8, 0.9)
        assert needed == required_heads_a(calls, 9.0, 5.0, 1.0, 0.8, 0.9)


def test_all_in_time_is_answered_too() -> None:
    needed = SlotLoad((0.5,), 9.0, 5.0).needed(0.0, 1.0, 1.0)
    assert SlotLoad((0.5,), 9.0, 5.0).late_share(needed, 0.0) == 0.0
    assert needed < 40


def test_bad_input_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="calls_per_min is empty"):
        SlotLoad((), 9.0, 5.0)
    with pytest.raises(ValueError, match=r"calls_per_min\[1\] is -0\.5"):
        SlotLoad((0.5, -0.5), 9.0, 5.0)
    with pytest.raises(ValueError, match="handling_min is nan"):
        SlotLoad((0.5,), nan, 5.0)
    with pytest.raises(ValueError, match=r"patience_min is 0\.0"):
        SlotLoad((0.5,), 9.0, 0.0)
    with pytest.raises(ValueError, match=r"within_share is 1\.2: from 0 to 1"):
        SlotLoad((0.5,), 9.0, 5.0).needed(1.0, 1.2, 0.9)
    with pytest.raises(ValueError, match="answer_rate is nan"):
        SlotLoad((0.5,), 9.0, 5.0).needed(1.0, 0.8, nan)
    with pytest.raises(ValueError, match=r"within_min is -1\.0"):
        SlotLoad((0.5,), 9.0, 5.0).needed(-1.0, 0.8, 0.9)


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
