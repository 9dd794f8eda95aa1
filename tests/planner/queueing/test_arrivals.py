"""What comes: the rates asked for, the same for the same seed, in order."""

import numpy as np
import pytest

from planner.queueing.arrivals import contacts
from tests.planner.queueing_builder import flat, make_arrivals, make_kinds


def test_counts_follow_the_rates() -> None:
    calls = flat(0.5, paths=300, days=2, opens=540, closes=600)
    calls[:, 1] *= 3
    drawn = contacts(make_arrivals(calls, flat(0.1, paths=300, days=2)), seed=1, replication=0)
    day, is_call = drawn.row % 2, drawn.kind == 0
    for d, expected in ((0, 300 * 2.0), (1, 300 * 6.0)):
        assert abs(((day == d) & is_call).sum() - expected) < 4 * np.sqrt(expected)
    assert ((drawn.minute[is_call] >= 540) & (drawn.minute[is_call] < 600)).all()
    assert abs((~is_call).sum() - 300 * 2 * 9.6) < 4 * np.sqrt(300 * 2 * 9.6)


def test_counts_of_a_row_are_poisson() -> None:
    drawn = contacts(make_arrivals(flat(0.25, paths=4000)), seed=2, replication=0)
    counts = np.bincount(drawn.row, minlength=4000)
    assert counts.mean() == pytest.approx(24.0, rel=0.02)
    assert counts.var() / counts.mean() == pytest.approx(1.0, abs=0.1)


def test_handling_and_patience_have_the_asked_moments() -> None:
    kinds = make_kinds(handling_min=12.0, cv=0.7, patience_min=5.0)
    drawn = contacts(make_arrivals(flat(1.0, paths=1000), kinds=kinds), seed=3, replication=0)
    assert drawn.handling_min.mean() == pytest.approx(12.0, rel=0.02)
    assert drawn.handling_min.std() / drawn.handling_min.mean() == pytest.approx(0.7, rel=0.03)
    assert drawn.patience_min.mean() == pytest.approx(5.0, rel=0.02)


def test_exponential_handling_has_the_asked_mean_whatever_the_cv() -> None:
    kinds = make_kinds(handling_min=12.0, cv=0.3, law="exponential")
    drawn = contacts(make_arrivals(flat(1.0, paths=1000), kinds=kinds), seed=3, replication=0)
    assert drawn.handling_min.mean() == pytest.approx(12.0, rel=0.02)
    for minutes in (1.0, 12.0, 40.0):
        assert (drawn.handling_min > minutes).mean() == pytest.approx(np.exp(-minutes / 12.0), abs=0.01)
    usual = contacts(make_arrivals(flat(1.0, paths=1000), kinds=make_kinds(12.0, 0.3)), seed=3, replication=0)
    assert (usual.minute == drawn.minute).all()


def test_rows_and_minutes_stand_in_order() -> None:
    drawn = contacts(make_arrivals(flat(0.3, paths=5, days=3)), seed=4, replication=0)
    assert (np.diff(drawn.row * 1440.0 + drawn.minute) >= 0).all()
    assert drawn.row.max() == 14
    assert ((drawn.minute >= 0) & (drawn.minute < 1440)).all()


def test_the_same_seed_draws_the_same() -> None:
    arrivals = make_arrivals(flat(0.3, paths=3))
    first, again = contacts(arrivals, 5, 1), contacts(arrivals, 5, 1)
    assert (first.minute == again.minute).all()
    assert (first.handling_min == again.handling_min).all()
    assert contacts(arrivals, 5, 2).minute.sum() != first.minute.sum()


def test_no_demand_draws_nothing() -> None:
    assert contacts(make_arrivals(flat(0.0)), 1, 0).row.size == 0
