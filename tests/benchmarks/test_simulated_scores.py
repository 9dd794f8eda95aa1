"""Scores on invented desks: whoever knows the truth scores as the oracle does, whoever does not, worse."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from benchmarks.peers.drawn import Peer
from benchmarks.simulated_desks import Desk, desk
from benchmarks.simulated_scores import LEVELS, Case, crps, oracle_crps, rate_error, scored
from forecasts.distribution import Floats
from forecasts.model import Known
from forecasts.models.recent_mean import RecentMean

CASE = Case(1, 80, 3)


@dataclass(frozen=True, slots=True)
class Seer:
    """Draws whole futures of the desk as the desk itself does."""

    found: Desk

    def drawn(self, known: Known, days: Sequence[date], paths: int, seed: int) -> Floats:
        assert (known.as_of, tuple(days)) == (self.found.origin, self.found.days)
        rng = np.random.default_rng(seed)
        rates = self.found.true_rate[rng.integers(0, len(self.found.true_rate), size=paths)]
        return self.found.noise(rates, rng).astype(float)


def test_who_draws_as_the_desk_does_is_near_the_oracle_and_calibrated() -> None:
    cases = [Case(1, 80, n) for n in range(6)]
    found = [scored(c, (15,), [Peer("seer", Seer(desk(*_of(c))).drawn)], 500)[0] for c in cases]
    beside = np.exp(np.mean([np.log(s.crps / s.oracle) for s in found]))
    assert 1.0 < beside < 1.03
    assert np.mean([s.rate_error for s in found]) < 0.06
    hits, windows = sum(s.hits * s.windows for s in found if s.windows), sum(s.windows for s in found)
    assert windows >= 4
    assert 0.7 < hits / windows < 0.9


def _of(case: Case) -> tuple[int, int, int]:
    return case.version, case.rate, case.case


def test_who_knows_no_event_is_worse_and_every_length_is_scored() -> None:
    found = scored(CASE, (15, 27), [RecentMean()], 200)
    assert [(s.model, s.months) for s in found] == [("recent_mean", 15), ("recent_mean", 27)]
    assert all(s.crps > 1.1 * s.oracle for s in found)
    assert all(s.rate_error > 0.1 for s in found)


def test_the_true_rate_has_no_error_and_half_of_it_half() -> None:
    one = desk(1, 30, 2, 15)
    sure = replace(one, true_rate=np.broadcast_to(one.true_rate.mean(axis=0), one.true_rate.shape))
    assert rate_error(sure, sure.true_rate[0]) == pytest.approx(0.0, abs=1e-12)
    assert rate_error(sure, sure.true_rate[0] / 2) == pytest.approx(0.5)
    assert np.isnan(rate_error(replace(one, is_event=np.zeros_like(one.is_event)), one.true_rate[0]))


def test_crps_is_twice_the_mean_pinball_loss() -> None:
    actual = np.array([[10]])
    assert crps(actual, np.full((LEVELS.size, 1, 1), 10.0)) == 0.0
    # All quantiles too low by 2: 2 x mean(level) x 2.
    assert crps(actual, np.full((LEVELS.size, 1, 1), 8.0)) == pytest.approx(2.0)


def test_the_oracle_knows_the_noise() -> None:
    one = desk(1, 80, 3, 15)
    poisson = np.random.default_rng(1).poisson(one.true_rate, size=(400, *one.true_rate.shape))
    too_sure = crps(one.actual, np.quantile(poisson, LEVELS, axis=0, method="inverted_cdf"))
    assert oracle_crps(one) < too_sure
