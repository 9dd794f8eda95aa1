from datetime import date

import numpy as np
import pytest

from forecasts.calendar import Calendar
from forecasts.history.counts import History
from forecasts.shares import learned_mix, learned_shares
from forecasts.slots import Grid

CALENDAR = Calendar()
EVEN = np.full(3, 1 / 3)


def drawn(mean: np.ndarray, firmness: float, days: int, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.stack([rng.multinomial(60, rng.dirichlet(mean * firmness)) for _ in range(days)]).astype(float)


def test_shares_and_concentration_of_drawn_days_are_recovered() -> None:
    mean = np.array([0.5, 0.3, 0.2])
    shares = learned_shares(drawn(mean, 50, 400), [(0,)] * 400, EVEN)
    np.testing.assert_allclose(shares.of((0,)), mean, atol=0.02)
    assert 30 < shares.concentration < 80


def test_a_kind_of_day_with_its_own_shares_keeps_them() -> None:
    rows = np.vstack(
        [drawn(np.array([0.7, 0.2, 0.1]), 500, 60), drawn(np.array([0.4, 0.4, 0.2]), 500, 60, 2)]
    )
    shares = learned_shares(rows, [(0,)] * 60 + [(1,)] * 60, EVEN)
    assert shares.of((0,))[0] == pytest.approx(0.7, abs=0.03)
    assert shares.of((1,))[0] == pytest.approx(0.4, abs=0.03)
    assert 0.4 < shares.of((2,))[0] < 0.7


def test_a_kind_of_day_seen_once_stays_near_the_others() -> None:
    """Where kinds of day do not differ, one odd day moves its kind by less than half."""
    usual = drawn(np.array([0.5, 0.3, 0.2]), 1000, 100)
    rows = np.vstack([usual, [[4.0, 0.0, 0.0]]])
    traits = [(n % 5,) for n in range(100)] + [(5,)]
    assert learned_shares(rows, traits, EVEN).of((5,))[0] < 0.75


def test_a_part_never_seen_gets_nothing() -> None:
    rows = np.array([[5.0, 5.0, 0.0], [6.0, 4.0, 0.0]])
    assert learned_shares(rows, [(0,), (1,)], EVEN).of((0,))[2] == 0


def test_without_a_single_inquiry_the_fallback_holds() -> None:
    assert learned_shares(np.zeros((4, 3)), [(0,)] * 4, EVEN).of((1,)).tolist() == EVEN.tolist()


def test_slots_are_learned_from_days_whose_slots_are_known() -> None:
    """On 25 days the calls come in slot 9; 200 days with totals alone were put evenly into the day."""
    days = CALENDAR.office_days(date(2025, 4, 1), date(2026, 3, 1))
    count = np.full((len(days), 24, 1), 2, dtype=np.int64)
    count[-25:] = 0
    count[-25:, 9] = 48
    untimed = frozenset((d, "phone") for d in days[:-25])
    every = np.ones(len(days), dtype=np.bool_)
    mix = learned_mix(History(days, Grid(60), ("phone",), count, untimed=untimed), every, (), CALENDAR)
    assert mix.slots[0].overall[9] == 1.0
    few = frozenset((d, "phone") for d in days[:-5])
    mixed = learned_mix(History(days, Grid(60), ("phone",), count, untimed=few), every, (), CALENDAR)
    assert 0.05 < mixed.slots[0].overall[9] < 0.5
