"""What was known on a day, and which days may be asked about."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.events import calendar_with
from forecasts.history.span_totals import SpanTotal
from forecasts.model import as_known, checked_days
from forecasts.slots import Period
from tests.forecasts.event_builder import make_event
from tests.forecasts.simulated import CALENDAR, history

AS_OF = date(2025, 2, 28)
MARCH = Period(date(2024, 3, 1), date(2024, 4, 1))


@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf")])
def test_a_total_that_cannot_be_is_refused_by_its_span(wrong: float) -> None:
    seen = history(date(2024, 4, 1), AS_OF)
    count = int(wrong) if np.isfinite(wrong) else wrong
    broken = replace(seen, totals=(SpanTotal(MARCH, count),))  # type: ignore[arg-type]  # what a caller may do
    with pytest.raises(ValueError, match="inquiries in all from 2024-03-01 to 2024-03-31"):
        as_known(broken, (), CALENDAR, AS_OF)
    assert as_known(broken, (), CALENDAR, date(2024, 3, 30)).history.totals == ()


def test_a_total_of_zero_is_no_fault() -> None:
    seen = replace(history(date(2024, 4, 1), AS_OF), totals=(SpanTotal(MARCH, 0),))
    assert as_known(seen, (), CALENDAR, AS_OF).history.totals == seen.totals


def test_a_closure_announced_later_leaves_the_calendar() -> None:
    closure = make_event(date(2025, 3, 12), kind="closure", announced_on=date(2025, 3, 3))
    today = calendar_with(CALENDAR, [closure])
    seen = history(date(2024, 4, 1), AS_OF)
    assert as_known(seen, [closure], today, AS_OF).calendar == CALENDAR
    assert as_known(seen, [closure], today, date(2025, 3, 3)).calendar is today
    assert as_known(seen, (), CALENDAR, AS_OF).calendar is CALENDAR


def test_days_after_as_of_in_order_are_answered_as_they_are() -> None:
    days = [date(2025, 3, 3), date(2025, 3, 8)]
    assert checked_days(days, AS_OF) == tuple(days)
