from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.history.counts import History
from forecasts.update import elapsed_firmness
from tests.forecasts.simulated import CALENDAR, GRID

NOON = 12
DAYS = CALENDAR.office_days(date(2025, 1, 6), date(2026, 1, 1))


def past(concentration: float, seed: int = 1, days: tuple[date, ...] = DAYS) -> History:
    """200 a day, half of them before noon but for a drift that is common to all slots of the morning."""
    rng = np.random.default_rng(seed)
    before = rng.beta(concentration / 2, concentration / 2, size=len(days))
    count = np.zeros((len(days), 24, 1), dtype=np.int64)
    for n, share in enumerate(before):
        profile = np.repeat([share / 4, (1 - share) / 5], [4, 5])
        count[n, 8:17, 0] = rng.multinomial(200, profile / profile.sum())
    return History(days, GRID, ("phone",), count)


@pytest.mark.parametrize("concentration", [30.0, 150.0])
def test_it_finds_how_far_days_stray(concentration: float) -> None:
    found = elapsed_firmness(past(concentration), (), CALENDAR, NOON)
    assert found is not None
    assert found[0] == pytest.approx(concentration, rel=0.4)


def test_days_that_stray_by_chance_only_are_firm() -> None:
    found = elapsed_firmness(past(1e7), (), CALENDAR, NOON)
    assert found is not None
    assert found[0] > 1_000


def test_a_few_half_holidays_spoil_nothing() -> None:
    history = past(150.0)
    count = history.count.copy()
    count[::40, NOON:] = 0
    usual, found = (elapsed_firmness(h, (), CALENDAR, NOON) for h in (history, replace(history, count=count)))
    assert usual is not None
    assert found is not None
    assert found[0] > 0.5 * usual[0]


def test_days_without_times_and_marked_days_teach_nothing() -> None:
    history = past(150.0)
    half = frozenset(DAYS[::2])
    few = replace(history, untimed=frozenset((d, "phone") for d in DAYS[15:]))
    assert elapsed_firmness(few, (), CALENDAR, NOON) is None
    marked = elapsed_firmness(replace(history, left_out=half), (), CALENDAR, NOON)
    rows = [n for n, d in enumerate(DAYS) if d not in half]
    alone = replace(history, days=tuple(DAYS[n] for n in rows), count=history.count[rows])
    assert marked == elapsed_firmness(alone, (), CALENDAR, NOON)


def test_little_history_and_an_empty_one_are_no_trouble() -> None:
    assert elapsed_firmness(past(50.0, days=DAYS[:19]), (), CALENDAR, NOON) is None
    history = past(50.0)
    nobody = elapsed_firmness(replace(history, count=history.count * 0), (), CALENDAR, NOON)
    assert nobody is not None
    assert np.isinf(nobody).all()
    assert elapsed_firmness(history, (), CALENDAR, 0) is not None
