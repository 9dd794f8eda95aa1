"""Simulated days are summed by slots, with the error of a ratio."""

import numpy as np
import pytest

from benchmarks.staffing_desks import desk
from benchmarks.staffing_lanes import Days, Sums, all_day, enough_days, grouped, summed

ONE = desk(11)


def test_the_error_is_that_of_a_ratio_of_sums() -> None:
    calls, late = np.array([4.0, 6.0, 5.0]), np.array([1.0, 3.0, 2.0])
    sums = Sums(3, *(np.array([x.sum()]) for x in (calls, late, calls * calls, calls * late, late * late)))
    rest = late - 6 / 15 * calls
    assert sums.late_share[0] == pytest.approx(0.4)
    assert sums.sd[0] == pytest.approx(rest.std() / calls.mean())
    assert sums.standard_error[0] == pytest.approx(rest.std() / calls.mean() / np.sqrt(3))


def test_groups_are_neighbours_and_take_in_the_whole_day() -> None:
    slots = ONE.open_slots
    by_two = grouped(ONE, lambda first, end: end - first == 2)
    assert by_two.sum(axis=0).tolist() == [float(slots.start <= s < slots.stop) for s in range(ONE.rate.size)]
    assert set(by_two.sum(axis=1)) <= {2.0, 3.0}
    assert grouped(ONE, lambda first, end: False).tolist() == by_two.sum(axis=0, keepdims=True).tolist()


def test_the_same_seed_gives_the_same_days() -> None:
    one, again, other = (summed(ONE, all_day(ONE), Days(300, seed)) for seed in (1, 1, 2))
    assert one.late.tolist() == again.late.tolist()
    assert one.late.tolist() != other.late.tolist()
    assert one.calls[0] / 300 == pytest.approx(ONE.rate.sum(), rel=0.03)


def test_busier_days_are_later() -> None:
    factors = np.repeat([0.5, 1.5], 200)
    calm, busy = (summed(ONE, all_day(ONE), Days(200, 3, factors=part)) for part in np.split(factors, 2))
    assert busy.calls[0] == pytest.approx(3 * calm.calls[0], rel=0.1)
    assert busy.late_share[0] > calm.late_share[0] + 0.2


def test_days_are_enough_for_the_errors_asked_for() -> None:
    groups = np.vstack([grouped(ONE, lambda first, end: end - first == 5), all_day(ONE)])
    days = enough_days(ONE, groups, 5, has_any_leaver=True)
    found = summed(ONE, groups, Days(days, 6, has_any_leaver=True))
    assert found.standard_error[-1] <= 0.001
    assert found.standard_error[:-1].max() <= 0.003
