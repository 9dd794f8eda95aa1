"""Estimates from independent days: what the simulation says, and errors as large as they say."""

from dataclasses import fields, replace

import numpy as np
import pytest

from planner.queueing.arrivals import contacts
from planner.queueing.simulated.crew import crew
from planner.queueing.simulated.estimates import Estimates, estimates
from planner.queueing.simulated.simulation import Tally, tally
from tests.planner.queueing_builder import flat, make_arrivals, make_shop

DAY = ((510, 720), (780, 1095))
TWO, THREE = make_shop(DAY, DAY), make_shop(DAY, DAY, DAY)
CALLS = flat(0.8, 1, 2, 510, 1095)


def test_one_part_is_the_tally() -> None:
    arrivals = make_arrivals(CALLS, flat(0.2, 1, 2))
    crews = crew([TWO, THREE])
    found = estimates(arrivals, crews, 1.0, 300, 7)
    many = replace(arrivals, rates=np.tile(arrivals.rates, (300, 1, 1, 1)))
    one = tally(many, contacts(many, 7, 0), crews, 1.0)
    for f in fields(Tally):
        values = getattr(one, f.name)
        assert getattr(found.mean, f.name) == pytest.approx(values.mean(axis=0))
        error = values.std(axis=0, ddof=1) / np.sqrt(300)
        assert getattr(found.error, f.name) == pytest.approx(error, abs=1e-9)
    in_time, offered = one.in_time.sum(axis=2), one.offered.sum(axis=2)
    share = in_time.sum(axis=0) / offered.sum(axis=0)
    assert found.day_share == pytest.approx(share)
    residuals = np.square(in_time - share * offered).sum(axis=0) * 300 / 299
    assert found.day_error == pytest.approx(np.sqrt(residuals) / offered.sum(axis=0))
    assert found.day_share[0] < found.day_share[1]


def test_errors_are_as_large_as_they_say() -> None:
    arrivals, crews = make_arrivals(flat(0.8, 1, 1, 510, 1095)), crew([TWO])
    runs = [estimates(arrivals, crews, 1.0, 150, seed) for seed in range(120)]
    for share, error in (("day_share", "day_error"), ("slot_share", "slot_error")):
        shares = np.stack([getattr(r, share)[0] for r in runs])
        errors = np.stack([getattr(r, error)[0] for r in runs])
        # At noon nobody is there and no call in time: nothing varies.
        known = errors.min(axis=0) > 0
        # The spread of 120 runs is itself known to 6.5 %, the mean of 39 slots better.
        ratio = shares.std(axis=0, ddof=1)[known] / errors.mean(axis=0)[known]
        assert ratio.mean() == pytest.approx(1.0, abs=0.2 if share == "day_share" else 0.05)


def test_slots_without_calls_have_no_share() -> None:
    found = estimates(make_arrivals(CALLS), crew([TWO, THREE]), 1.0, 50, 1)
    is_open = np.zeros(96, dtype=bool)
    is_open[34:73] = True
    assert (np.isfinite(found.slot_share) == is_open).all()
    assert (np.isfinite(found.slot_error) == is_open).all()
    assert not np.isnan(found.day_share).any()
    nothing = estimates(make_arrivals(flat(0.0)), crew([TWO]), 1.0, 5, 1)
    assert np.isnan(nothing.day_share).all()
    assert np.isnan(nothing.day_error).all()
    with pytest.raises(ValueError, match="days is 1"):
        estimates(make_arrivals(CALLS), crew([TWO, THREE]), 1.0, 1, 1)


def shares(found: Estimates) -> list[float]:
    return [float(found.day_share[0]), float(found.day_error[0])]


def test_parts_are_drawn_apart_and_the_same_seed_gives_the_same() -> None:
    arrivals, crews = make_arrivals(flat(0.1, 1, 1, 600, 660)), crew([make_shop(((510, 1095),))])
    half, whole = (estimates(arrivals, crews, 1.0, days, 3) for days in (4_000, 8_000))
    assert shares(estimates(arrivals, crews, 1.0, 8_000, 3)) == shares(whole)
    assert half.mean.offered.sum() != whole.mean.offered.sum()
    assert whole.error.offered[0, 40] == pytest.approx(half.error.offered[0, 40] / np.sqrt(2), rel=0.1)
    expected = arrivals.rates[0, 0, :, 0]
    apart = (whole.mean.offered[0] - expected)[expected > 0] / whole.error.offered[0][expected > 0]
    assert np.abs(apart).max() < 4


def test_days_take_the_rate_paths_in_turn() -> None:
    calls = flat(0.4, 2, 1, 510, 1095)
    calls[1] = 0.0
    found = estimates(make_arrivals(calls), crew([TWO]), 1.0, 401, 3)
    assert found.mean.offered.sum() == pytest.approx(0.4 * 39 * 201 / 401, rel=0.06)
