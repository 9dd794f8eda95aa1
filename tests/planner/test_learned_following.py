"""Shares drawn into made-up past days are found again; without enough of them the assumption stays."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pytest

from forecasts.history.counts import History
from planner.desk import Desk, PastHours
from planner.learned_following import learned_following
from tests.planner.alternatives.small_desk import make_desk

# Open 9:00 to 18:00 on a grid of half hours; an hour is two slots.
OPENS, CLOSES = 18, 36
EARLIER = PastHours(date(2025, 6, 2), date(2025, 8, 29), 8 * 60, 18 * 60)
LATER = PastHours(date(2025, 10, 1), date(2025, 12, 12), 9 * 60, 19 * 60)
BAND = PastHours(date(2025, 6, 2), date(2025, 8, 29), 8 * 60, 17 * 60)
TRUTH = {"earlier": 0.33, "later": 0.1, "new": 0.2, "same_day": 0.15, "next_day": 0.3}


def made(
    desk: Desk, calls: float = 90.0, seed: int = 1, truth: Mapping[str, float] = TRUTH, scatter: float = 0.1
) -> History:
    """Draw a year and a half of calls (and mail, which follows nothing), each hour moved by hand."""
    days = desk.calendar.office_days(date(2025, 1, 6), date(2026, 6, 30))
    rng = np.random.default_rng(seed)
    count = np.zeros((len(days), 48, 2), dtype=np.int64)
    left_over = 0.0
    for d, day in enumerate(days):
        past = next((p for p in desk.past_hours if day in p.period), None)
        hours = past.reception if past else desk.reception
        profile = np.zeros(48)
        profile[OPENS:CLOSES] = 1 + 0.5 * np.cos(np.arange(18) / 3 + day.weekday() / 5)
        size = calls * (1 + 0.3 * np.sin(d / 20)) * rng.gamma(1 / scatter, scatter) if scatter else calls
        usual = size * profile / profile.sum()
        rate = usual.copy()
        rate[hours.opens_min // 30 :][:2] += left_over / 2
        left_over = 0.0
        first, last = usual[OPENS : OPENS + 2].sum(), usual[CLOSES - 2 : CLOSES].sum()
        if hours.opens_min < 9 * 60:
            rate[OPENS : OPENS + 2] -= truth["earlier"] * usual[OPENS : OPENS + 2]
            rate[OPENS - 2 : OPENS] += (truth["earlier"] + truth["new"]) * first / 2
        if hours.closes_min > 18 * 60:
            rate[CLOSES - 2 : CLOSES] -= truth["later"] * usual[CLOSES - 2 : CLOSES]
            rate[CLOSES : CLOSES + 2] += (truth["later"] + truth["new"]) * last / 2
        if hours.closes_min < 18 * 60:
            rate[CLOSES - 2 : CLOSES] = 0
            rate[CLOSES - 4 : CLOSES - 2] += truth["same_day"] * last / 2
            left_over = truth["next_day"] * last
        count[d, :, 0] = rng.poisson(rate)
        count[d, 14:40, 1] = rng.poisson(1.0, 26)
    return History(days, desk.grid, ("phone", "mail"), count)


def learned_of(desk: Desk, history: History) -> dict[str, tuple[float, float, float]]:
    found = learned_following(history, desk, ())
    return {share: getattr(found, share) for share, _ in found.learned}


def test_known_shares_are_found_about_as_often_as_an_80_percent_interval_should() -> None:
    desk = make_desk(past_hours=(EARLIER, LATER))
    found = [learned_of(desk, made(desk, seed=seed)) for seed in range(20)]
    for share in ("earlier", "later", "new"):
        inside = [f[share][0] <= TRUTH[share] <= f[share][2] for f in found]
        assert sum(inside) >= 12, share  # of 20; of a right interval in 998 of 1,000 cases
        assert np.mean([f[share][1] for f in found]) == pytest.approx(TRUTH[share], abs=0.06), share


def test_shares_that_the_past_does_not_show_stay_as_assumed() -> None:
    desk = make_desk(past_hours=(EARLIER, LATER))
    found = learned_following(made(desk), desk, ())
    for share in ("earlier", "later", "new"):
        low, mid, high = getattr(found, share)
        assert low < mid < high
    assert (found.same_day, found.next_day) == (desk.following.same_day, desk.following.next_day)
    assert found.days("same_day") == 0
    june = list(desk.calendar.office_days(EARLIER.first, EARLIER.last + timedelta(days=1)))
    assert found.days("earlier") == len(june)
