from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecasts.backtest import HORIZONS, Trial, trials
from forecasts.combine import mixed_trials
from forecasts.events import KINDS, Event, calendar_with
from forecasts.model import Known, Model
from forecasts.models import MODELS
from forecasts.models.holt_winters import HoltWinters
from forecasts.models.recent_mean import RecentMean
from forecasts.models.tagged_mean import TaggedMean
from tests.forecasts.simulated import CALENDAR, known, transfers

EVENTS = transfers(2021, 2025)
KNOWN = known(date(2022, 10, 3), date(2025, 6, 30), EVENTS)
# Two before the April round of 2025 is announced, one after.
ORIGINS = (date(2025, 1, 31), date(2025, 3, 14), date(2025, 4, 15))
PATHS = 10

changes = st.tuples(
    st.sampled_from(ORIGINS),
    st.integers(1, 40),  # of zeros to the end nothing would be left to score: records are missing
    st.sampled_from([*KINDS, "own:棚卸し"]),
    st.integers(1, 60),
    st.integers(0, 30),
)


def changed_after(origin: date, times: int, kind: str, announced: int, lasts: int) -> Known:
    """Change what came after ``origin``, leave days of it out, and announce one event more after it.

    The calendar is today's: it closes and opens what the events say.
    """
    days = KNOWN.history.days
    count = KNOWN.history.count.copy()
    count[np.array([d > origin for d in days])] *= times
    start = origin + timedelta(days=5)
    event = Event(start, start + timedelta(days=lasts), kind, "new", origin + timedelta(days=announced))
    later = [d for d in days if d > origin]
    seen = replace(KNOWN.history, count=count, left_out=frozenset(later[3:5]))
    events = (*KNOWN.events, event)
    return replace(KNOWN, history=seen, events=events, calendar=calendar_with(KNOWN.calendar, events))


def assert_equal_paths(before: Trial, after: Trial) -> None:
    shared = [d for d in before.days if d in set(after.days)]
    assert shared
    here, there = ([t.days.index(d) for d in shared] for t in (before, after))
    assert before.samples[:, here].tobytes() == after.samples[:, there].tobytes()
    # The last bit of a mean depends on how many days are summed beside it, machine by machine.
    np.testing.assert_allclose(before.mean[here], after.mean[there], rtol=1e-13)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_no_future_row_and_no_unannounced_event_changes_a_past_forecast(model: Model) -> None:
    @settings(max_examples=3, deadline=None)
    @given(changes)
    @example((ORIGINS[1], 1, "closure", 1, 6))
    @example((ORIGINS[1], 1, "opening", 1, 6))
    def holds(change: tuple[date, int, str, int, int]) -> None:
        before, after = (
            trials(model, of, change[:1], 30, PATHS, 1) for of in (KNOWN, changed_after(*change))
        )
        assert_equal_paths(*before, *after)

    holds()


def test_nor_that_of_the_combination() -> None:
    """At the last origin too: the weights there come from outcomes that were known."""
    origins = (date(2024, 6, 28), date(2024, 9, 30), date(2024, 12, 27), *ORIGINS[:2])
    members = (RecentMean(), TaggedMean(), HoltWinters())  # the test above has all; these are quick

    def mixed(of: Known) -> tuple[Trial, ...]:
        return mixed_trials({m.name: trials(m, of, origins, 30, PATHS, 1) for m in members}, 1)

    before = mixed(KNOWN)
    for origin in origins[-2:]:
        after = mixed(changed_after(origin, 9, "rollout", 3, 10))
        for one, other in zip(before, after, strict=True):
            if one.origin <= origin:
                assert_equal_paths(one, other)


def test_leads_count_office_days_and_rounds_their_places() -> None:
    (trial,) = trials(RecentMean(), KNOWN, (date(2025, 3, 27),), 8, PATHS, 1)
    assert trial.days == CALENDAR.office_days(date(2025, 3, 28), date(2025, 4, 9))
    assert trial.lead.tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert trial.is_event.tolist() == [d >= date(2025, 3, 28) for d in trial.days]
    assert trial.round_at == (tuple(range(8)),)
    assert trial.samples.shape == (PATHS, 8)
    assert HORIZONS == {"day": 1, "week": 5, "month": 20, "quarter": 65}


def test_days_left_out_keep_the_leads_of_the_others() -> None:
    left_out = frozenset({date(2025, 3, 31)})
    cut = replace(KNOWN, history=replace(KNOWN.history, left_out=left_out))
    (trial,) = trials(RecentMean(), cut, (date(2025, 3, 27),), 4, PATHS, 1)
    assert trial.lead.tolist() == [1, 3, 4]


def test_an_origin_with_too_short_a_history_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 20 office days"):
        trials(RecentMean(), KNOWN, (date(2022, 10, 12),), 5, PATHS, 1)
