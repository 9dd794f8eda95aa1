from datetime import date

import numpy as np
import pytest

from forecasts.models.tagged_mean import TaggedMean
from tests.forecasts.simulated import CALENDAR, known, transfer, transfers

AS_OF = date(2026, 3, 20)
APRIL = CALENDAR.office_days(date(2026, 3, 23), date(2026, 5, 1))


def test_tagged_days_are_expected_at_the_mean_ratio_of_all_tagged_days_so_far() -> None:
    reasons = TaggedMean().fit(known(date(2021, 3, 1), AS_OF, transfers(2021, 2026))).explain(APRIL).days
    event = {r.day: r.event for r in reasons}
    assert 1.15 < event[date(2026, 4, 1)] < 1.5
    assert event[date(2026, 4, 1)] == event[date(2026, 4, 10)]
    assert event[date(2026, 3, 25)] == event[date(2026, 4, 28)] == 1


def test_tagged_days_do_not_raise_the_usual_ones() -> None:
    as_of = date(2026, 5, 1)
    seen = known(date(2021, 3, 1), as_of, transfers(2021, 2026))
    (tuesday,) = TaggedMean().fit(seen).explain((date(2026, 5, 12),)).days
    tagged = CALENDAR.office_days(date(2026, 3, 30), date(2026, 4, 15))  # two before, nine after the first
    total = seen.history.day_count.sum(axis=1)
    same = [
        t
        for d, t in zip(seen.history.days, total, strict=True)
        if d > date(2026, 2, 5) and d.weekday() == 1 and d not in tagged
    ]
    assert len(same) < 12
    assert tuesday.expected == pytest.approx(np.mean(same))


def test_a_kind_never_seen_changes_nothing() -> None:
    first = transfer(date(2026, 4, 1))
    reasons = TaggedMean().fit(known(date(2025, 9, 1), AS_OF, (first,))).explain(APRIL).days
    assert {r.event for r in reasons} == {1.0}
    assert {r.events for r in reasons} == {(), (first.name,)}
