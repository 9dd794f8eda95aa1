"""planner/alternatives/what_if.py: asked at once, and the same as judging the plan itself."""

from datetime import date

import numpy as np
import pytest

from forecasts.slots import Period
from planner.alternatives.compare import Compared, Settings, compared
from planner.alternatives.levers import Lever
from planner.alternatives.what_if import answered, smallest
from planner.store.figures_packing import packed_figures, unpacked_figures
from tests.planner.alternatives.small_desk import make_desk, make_work

DESK = make_desk()
DAYS = DESK.calendar.office_days(date(2026, 4, 1), date(2026, 4, 15))


@pytest.fixture(scope="module")
def found() -> Compared:
    work = make_work(DESK, DAYS, [75.0] * 5 + [30.0] * (len(DAYS) - 5))
    return compared(work, DESK, Period(DAYS[0], DAYS[5]), Settings(1, 3), lambda *_: None)


def lever_of(one) -> Lever:
    change = one.change
    return Lever(change.extra_heads, (change.opens_earlier_min, change.closes_later_min))


def test_the_alternatives_themselves_are_answered_as_they_were_judged(found: Compared) -> None:
    for one in found.alternatives:  # the same paths: mail at the edges of a block is what may differ
        days = one.days_changed or DAYS
        answer = answered(found.figures, lever_of(one), days[0], days[-1], 0.2)
        assert answer.in_time == pytest.approx(one.outcome.in_time.mean, abs=0.01)
        assert answer.answer_rate == pytest.approx(one.outcome.answer_rate.mean, abs=0.01)
        assert answer.risk == pytest.approx(one.outcome.risk, abs=0.1)
        assert answer.effort == one.effort
        assert answer.days == len(one.days_changed)


def test_closing_days_in_the_dates_are_passed_over(found: Compared) -> None:
    answer = answered(found.figures, Lever(1), date(2026, 4, 4), date(2026, 4, 12), 0.2)
    assert (answer.first, answer.last, answer.days) == (date(2026, 4, 6), date(2026, 4, 10), 5)


def test_dates_without_an_office_day_are_refused(found: Compared) -> None:
    with pytest.raises(ValueError, match="no office day"):
        answered(found.figures, Lever(1), date(2026, 4, 4), date(2026, 4, 5), 0.2)


def test_a_lower_accepted_risk_asks_for_no_smaller_change(found: Compared) -> None:
    hours = {}
    for max_risk in (0.05, 0.2, 0.5, 0.9):
        for one in smallest(found.figures, max_risk):
            if one.is_met:
                hours.setdefault(one.lever.key, []).append(one.effort.extra_person_hours)
    assert hours
    assert all(by_risk == sorted(by_risk, reverse=True) for by_risk in hours.values())


def test_kept_figures_give_the_same_answers(found: Compared) -> None:
    back = unpacked_figures(packed_figures(found.figures))
    assert back is not None
    assert (back.days, back.prices, back.target) == (
        found.figures.days,
        found.figures.prices,
        found.figures.target,
    )
    for lever in found.figures.levers:
        then, now = (answered(of, lever, DAYS[1], DAYS[6], 0.2) for of in (found.figures, back))
        assert np.isclose(then.in_time, now.in_time, atol=1e-6)
        assert then.effort == now.effort


def test_what_cannot_be_read_is_as_good_as_not_there() -> None:
    assert unpacked_figures(b"of another program") is None
