"""The dynamic programming against enumeration of every placement."""

from datetime import date, timedelta
from itertools import product
from random import Random

import numpy as np
import pytest

from forecasts.calendar import Calendar
from planner.capacity.calendar import months_of, weeks_of
from planner.capacity.decision import Limits, Value, added, keeps_blocks, month_value, placed
from planner.capacity.months import Choices, touching, ways


def drawn_months(random: Random, most: int) -> list[Choices]:
    """Two months that share a week or do not, with any room at all: more people may even do worse."""
    first = date(2026, 4, 1) + timedelta(days=random.randrange(400))
    days = Calendar().office_days(first, first + timedelta(days=random.randrange(12, 34)))
    weeks = weeks_of(days)
    out = []
    for month in months_of(days):
        touched = touching(month, weeks)
        levels = ways(len(touched), most)
        slope = random.choice((0.0, 0.01, 0.02))
        room = np.array([random.choice((-0.03, -0.01, 0.0, 0.02)) for _ in levels]) + slope * levels.sum(
            axis=1
        )
        out.append(Choices(touched, levels, (room < 0).astype(float), room))
    return out


def enumerated(months: list[Choices], most: int, limits: Limits) -> tuple[Value, tuple[int, ...]]:
    """Return the best of all placements, found by trying each."""
    weeks = months[-1].weeks[-1] + 1
    found = []
    for levels in product(range(most + 1), repeat=weeks):
        if keeps_blocks(levels, limits.least_weeks) and sum(n > 0 for n in levels) <= limits.most_weeks:
            value: Value = (0, 0, 0, 0)
            for number, month in enumerate(months):
                own = tuple(levels[w] for w in month.weeks)
                way = next(n for n, row in enumerate(month.levels.tolist()) if tuple(row) == own)
                is_shared = number > 0 and months[number - 1].weeks[-1] == month.weeks[0]
                value = added(value, month_value(float(month.room[way]), sum(own[is_shared:])))
            found.append((value, levels))
    return min(found)


@pytest.mark.parametrize("seed", range(120))
def test_the_best_placement_is_that_of_enumeration(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # drawn, not secret
    most = random.choice((1, 2))
    months = drawn_months(random, most)
    limits = Limits(random.choice((1, 2, 3)), random.choice((0, 1, 2, 4, 13)))
    found = placed(months, limits)
    assert (found.value, found.levels) == enumerated(months, most, limits)
    assert len(found.risk) == len(found.room) == len(months)


def test_the_most_weeks_begin_anew_after_twelve_months() -> None:
    days = Calendar().office_days(date(2026, 4, 1), date(2028, 4, 1))
    weeks = weeks_of(days)
    months = []
    for month in months_of(days):
        touched = touching(month, weeks)
        levels = ways(len(touched), 1)
        months.append(Choices(touched, levels, np.zeros(len(levels)), levels.sum(axis=1) / 100 - 0.05))
    found = placed(months, Limits(2, 5))
    year = next(n for n, w in enumerate(weeks) if w.last >= date(2027, 4, 1))
    # The week in both years may be counted in the earlier one.
    assert sum(found.levels) == 10
    assert sum(found.levels[: year + 1]) in {5, 6}


@pytest.mark.parametrize(
    ("levels", "least", "is_kept"),
    [
        ((0, 1, 1, 0), 2, True),
        ((0, 1, 0, 1, 1), 2, False),
        ((1, 2, 1), 2, False),  # the second person comes for a week only
        ((1, 2, 2, 1), 2, True),
        ((0, 0, 1), 2, False),  # a block ends with the horizon
        ((), 3, True),
    ],
)
def test_each_person_stays_for_the_least_length(levels: tuple[int, ...], least: int, is_kept: bool) -> None:
    assert keeps_blocks(levels, least) == is_kept


def test_any_shortfall_counts_as_a_miss() -> None:
    assert month_value(-1e-5, 0)[:2] == (1, 1)
    assert month_value(0.0, 3)[:3] == (0, 0, 3)


def test_no_months_are_refused() -> None:
    with pytest.raises(ValueError, match="no months"):
        placed([], Limits())


def test_months_that_do_not_follow_are_refused() -> None:
    month = Choices((3, 4), ways(2, 1), np.zeros(4), np.zeros(4))
    with pytest.raises(ValueError, match="do not follow week -1"):
        placed([month], Limits())
