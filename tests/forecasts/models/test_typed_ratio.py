from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.models.typed_ratio import TypedRatio
from tests.forecasts.simulated import CALENDAR, known, transfers

AS_OF = date(2026, 3, 20)
APRIL = CALENDAR.office_days(date(2026, 3, 23), date(2026, 5, 1))


def test_the_ratio_is_that_of_the_last_round_of_the_season_over_the_twenty_days_before() -> None:
    seen = known(date(2024, 3, 1), AS_OF, transfers(2024, 2026))
    total = dict(zip(seen.history.days, seen.history.day_count.sum(axis=1), strict=True))
    window = CALENDAR.office_days(date(2025, 3, 28), date(2025, 4, 15))
    before = CALENDAR.office_days(date(2025, 2, 1), date(2025, 3, 28))[-20:]
    ratio = np.mean([total[d] for d in window]) / np.mean([total[d] for d in before])
    event = {r.day: r.event for r in TypedRatio().fit(seen).explain(APRIL).days}
    assert event[date(2026, 4, 1)] == event[date(2026, 4, 8)] == pytest.approx(ratio)
    assert event[date(2026, 3, 25)] == event[date(2026, 4, 28)] == 1


def test_a_july_round_is_no_measure_for_april() -> None:
    july = tuple(e for e in transfers(2024, 2026) if e.start.month == 7 or e.start.year == 2026)
    assert {r.event for r in TypedRatio().fit(known(date(2024, 5, 1), AS_OF, july)).explain(APRIL).days} == {
        1.0
    }


def test_a_silent_month_before_an_event_is_a_gap_and_no_usual_level() -> None:
    """Else the ratio would be that of April to nothing."""
    seen = known(date(2024, 3, 1), AS_OF, transfers(2024, 2026))
    count = seen.history.count.copy()
    count[[date(2025, 2, 1) < d < date(2025, 3, 28) for d in seen.history.days]] = 0
    count[[date(2024, 2, 1) < d < date(2024, 3, 28) for d in seen.history.days]] = 0
    silent = replace(seen, history=replace(seen.history, count=count))
    assert 1.2 < max(r.event for r in TypedRatio().fit(silent).explain(APRIL).days) < 2.0
