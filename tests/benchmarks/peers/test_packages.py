"""Each package answers in our form what anybody would; where it is not installed, it is skipped."""

import importlib
from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks.forecast_real import MODULES_OF_PEERS
from forecasts.calendar import SATURDAY, Calendar
from forecasts.history.counts import History
from forecasts.model import Known, as_known
from tests.forecasts.simulated import CALENDAR, history

HISTORY = history(date(2025, 4, 1), date(2026, 4, 1))
ORIGIN = date(2026, 2, 27)
DAYS = tuple(d for d in HISTORY.days if ORIGIN < d <= ORIGIN + timedelta(days=21))


@pytest.mark.parametrize("package", MODULES_OF_PEERS)
def test_a_peer_forecasts_a_steady_desk(package: str) -> None:
    pytest.importorskip(package, reason=f"{package} is a peer of benchmarks: make setup-bench")
    known = as_known(HISTORY, (), CALENDAR, ORIGIN)
    for peer in importlib.import_module(f"benchmarks.peers.{MODULES_OF_PEERS[package]}").PEERS:
        total = peer.fit(known).forecast(DAYS, 100, 1).day_count.sum(axis=2)
        assert total.shape == (100, len(DAYS))
        assert 40 < total.mean() < 60, peer.name
        assert (np.quantile(total, 0.9, axis=0) > np.quantile(total, 0.1, axis=0)).all(), peer.name


@pytest.mark.parametrize("package", MODULES_OF_PEERS)
def test_a_peer_learns_from_every_day_of_a_desk_that_never_closes(package: str) -> None:
    pytest.importorskip(package, reason=f"{package} is a peer of benchmarks: make setup-bench")
    days = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(70))
    calendar = Calendar("BR", year_end_closure=False, opened=frozenset(days))
    usual = np.array([10 if d.weekday() >= SATURDAY else 100 for d in days])
    count = np.zeros((56, HISTORY.grid.slots, 1), dtype=np.int64)
    count[:, 9, 0] = np.random.default_rng(1).poisson(usual[:56])
    seen = History(days[:56], HISTORY.grid, ("all",), count)
    known = Known(days[55], seen, (), calendar)
    for peer in importlib.import_module(f"benchmarks.peers.{MODULES_OF_PEERS[package]}").PEERS:
        middle = np.median(peer.fit(known).forecast(days[56:], 50, 1).day_count.sum(axis=2), axis=0)
        weekend = usual[56:] == 10
        assert middle[~weekend].min() > 2 * middle[weekend].max(), peer.name
