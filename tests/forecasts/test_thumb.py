from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasts.models.tagged_mean import TaggedMean
from forecasts.thumb import Seen, past_misses, weekday_means
from tests.forecasts.simulated import CALENDAR, history, transfer

DAYS = CALENDAR.office_days(date(2024, 1, 4), date(2025, 1, 1))


def seen(total: np.ndarray, events: tuple = ()) -> Seen:
    return Seen(DAYS, np.array([float(d.toordinal()) for d in DAYS]), total.astype(float), events, CALENDAR)


def test_weekday_means_look_back_so_many_weeks_and_no_further() -> None:
    total = np.arange(len(DAYS), dtype=float)
    asked = date(2024, 12, 25)  # a Wednesday
    overall, own = weekday_means(seen(total), np.ones(len(DAYS)), np.array([float(asked.toordinal())]), 2)
    at = [n for n, d in enumerate(DAYS) if date(2024, 12, 11) <= d < asked]
    assert overall[0] == pytest.approx(total[at].mean())
    assert own[0] == pytest.approx(total[[n for n in at if DAYS[n].weekday() == 2]].mean())


def test_a_day_after_the_last_seen_has_the_last_weeks() -> None:
    total = np.arange(len(DAYS), dtype=float)
    near, far = (
        weekday_means(seen(total), np.ones(len(DAYS)), np.array([float(date(y, m, 8).toordinal())]), 8)
        for y, m in ((2025, 1), (2025, 10))
    )
    assert near == far


def test_a_weekday_without_usable_days_takes_the_mean_of_all() -> None:
    total = np.arange(len(DAYS), dtype=float)
    usable = np.array([float(d.weekday() != 4) for d in DAYS])
    overall, own = weekday_means(seen(total), usable, np.array([float(date(2025, 1, 10).toordinal())]), 8)
    assert own == overall
    assert weekday_means(seen(total), np.zeros(len(DAYS)), np.array([800_000.0]), 8)[1] == total.mean()


def test_a_rule_that_misses_by_much_says_so() -> None:
    rng = np.random.default_rng(1)
    steady = past_misses(TaggedMean(), seen(rng.poisson(50, len(DAYS))))
    walk = 50 * np.exp(np.cumsum(rng.normal(0, 0.06, len(DAYS))))
    restless = past_misses(TaggedMean(), seen(rng.poisson(walk)))
    assert steady.common([20])[0] < 0.01 < 0.02 < restless.common([20])[0]


def test_what_was_not_announced_then_is_no_excuse() -> None:
    """The same peak missed, announced or not: who knew of it beforehand missed less."""
    rounds = tuple(transfer(date(2024, m, 1)) for m in (3, 5, 7, 9, 11))
    total = history(DAYS[0], date(2025, 1, 1), rounds, peak=2.5).day_count.sum(axis=1)
    told, hidden = (
        past_misses(TaggedMean(), seen(total, tuple(replace(e, announced_on=e.start - lead) for e in rounds)))
        for lead in (date(2024, 3, 1) - date(2023, 3, 1), date(2024, 3, 1) - date(2024, 12, 1))
    )
    assert told.noise + told.level < hidden.noise + hidden.level
