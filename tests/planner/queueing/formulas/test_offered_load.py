"""Modified offered load: how the load follows the rates."""

from math import exp, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from planner.queueing.formulas.offered_load import offered_load

rates = st.lists(st.floats(0, 10), min_size=1, max_size=12)


def in_hand(calls_per_min: list[float], length_min: float, handling_min: float, minute: float) -> float:
    """Calls still in hand: each segment's calls, times the chance to last until the minute."""
    total = 0.0
    for k, rate in enumerate(calls_per_min):
        start, end = k * length_min, min((k + 1) * length_min, minute)
        if end > start:
            total += (
                rate
                * handling_min
                * (exp(-(minute - end) / handling_min) - exp(-(minute - start) / handling_min))
            )
    return total


def test_the_load_is_the_mean_of_calls_in_hand() -> None:
    found = offered_load(np.array([1.0, 3.0, 0.0, 2.0]), np.full(4, 15.0), 9.0)
    for k in range(4):
        area, _ = quad(lambda u: in_hand([1.0, 3.0, 0.0, 2.0], 15.0, 9.0, u), 15.0 * k, 15.0 * (k + 1))
        assert found[k] == pytest.approx(area / 15.0, rel=1e-10)


def test_a_steady_rate_keeps_its_load() -> None:
    assert offered_load(np.full(5, 0.5), np.full(5, 15.0), 9.0, 4.5) == pytest.approx(np.full(5, 4.5))
    assert offered_load(np.array([0.5]), np.array([1e6]), 9.0)[0] == pytest.approx(4.5, rel=1e-4)


def test_short_calls_follow_the_rates_and_long_ones_lag() -> None:
    day = np.array([1.0, 2.0, 1.0])
    quick = offered_load(day, np.full(3, 15.0), 0.01)
    assert quick == pytest.approx(day * 0.01, rel=1e-3)
    slow = offered_load(day, np.full(3, 15.0), 60.0)
    assert slow[0] < slow[1] < slow[2] < 60.0


@given(calls=rates, handling=st.floats(0.1, 120), length=st.floats(1, 60), start=st.floats(0, 50))
def test_work_is_conserved(calls: list[float], handling: float, length: float, start: float) -> None:
    """Minutes spent = minutes that came in less those that are left, told by a last, long empty segment."""
    found = offered_load(
        np.array([*calls, 0.0]), np.array([length] * len(calls) + [100 * handling]), handling, start
    )
    spent = length * found[:-1].sum() + 100 * handling * found[-1]
    assert spent == pytest.approx(handling * (length * sum(calls) + start), rel=1e-9, abs=1e-9)
    assert (found >= 0).all()


@given(calls=rates, handling=st.floats(0.1, 120), length=st.floats(1, 60), part=st.floats(0.01, 0.99))
def test_a_cut_changes_nothing(calls: list[float], handling: float, length: float, part: float) -> None:
    whole = offered_load(np.array(calls), np.full(len(calls), length), handling)
    lengths = np.tile([part * length, (1 - part) * length], len(calls))
    parts = (offered_load(np.repeat(calls, 2), lengths, handling) * lengths).reshape(-1, 2).sum(axis=1)
    assert parts == pytest.approx(whole * length, rel=1e-9, abs=1e-12)


def test_days_and_paths_go_in_one_call() -> None:
    day_rates = np.random.default_rng(1).gamma(2.0, size=(2, 3, 8))
    lengths = np.array([15.0, 15.0, 5.0, 10.0, 15.0, 30.0, 15.0, 15.0])
    starts = np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
    found = offered_load(day_rates, lengths, 9.0, starts)
    assert found.shape == (2, 3, 8)
    assert found[1, 2] == pytest.approx(offered_load(day_rates[1, 2], lengths, 9.0, 5.0))


def test_bad_input_is_refused_by_name() -> None:
    lengths = np.full(2, 15.0)
    with pytest.raises(ValueError, match=r"calls_per_min\[1, 0\] is -1\.0: 0 or more"):
        offered_load(np.array([[1.0, 1.0], [-1.0, 1.0]]), lengths, 9.0)
    with pytest.raises(ValueError, match=r"calls_per_min\[1\] is nan"):
        offered_load(np.array([1.0, nan]), lengths, 9.0)
    with pytest.raises(ValueError, match=r"handling_min is 0\.0: above 0"):
        offered_load(np.ones(2), lengths, 0.0)
    with pytest.raises(ValueError, match=r"at_start is -1\.0"):
        offered_load(np.ones(2), lengths, 9.0, -1.0)
    for wrong in ([15.0, 0.0], [15.0], [[15.0, 15.0]]):
        with pytest.raises(ValueError, match=r"lengths_min is .*: one length above 0 .* shape \(2,\)"):
            offered_load(np.ones(2), np.array(wrong), 9.0)
