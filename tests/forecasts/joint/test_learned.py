from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from forecasts.calendar import Calendar
from forecasts.events import Event
from forecasts.history.counts import History
from forecasts.joint.learned import LEVELS, Learned
from forecasts.joint.table import PRIORS, Elsewhere, Pooled
from forecasts.model import as_known
from forecasts.models.joint import FittedJoint, Joint
from forecasts.regressors import Column
from tests.forecasts.simulated import CALENDAR, GRID, known, transfer, transfers

AS_OF = date(2026, 2, 27)
# 28 and 56 days after the last one: on knots of walk and swing.
ON_KNOTS = (date(2026, 3, 27), date(2026, 4, 24))
ROLLOUT = Event(date(2026, 3, 23), date(2026, 3, 31), "rollout", "new terminals", date(2026, 2, 1))
MAIN = Column("event", "rollout", part="main")


@cache
def learned() -> Learned:
    return Joint().fit(known(date(2023, 3, 1), AS_OF, transfers(2022, 2025))).learned


def with_rollout(pooled: Pooled) -> Learned:
    return Joint(pooled).fit(known(date(2025, 3, 1), AS_OF, (ROLLOUT,))).learned


def test_paths_are_as_uncertain_as_is_said_and_lie_around_the_mean() -> None:
    rows = learned().rows(ON_KNOTS)
    drawn = learned().log_rates(rows, 20_000, np.random.default_rng(1))
    mean = learned().offset + rows.known @ learned().estimate.mean
    np.testing.assert_allclose(drawn.mean(axis=0), mean, atol=0.005)
    np.testing.assert_allclose(drawn.var(axis=0), learned().variance(rows), rtol=0.05)


def test_days_far_from_the_past_are_less_sure() -> None:
    days = [AS_OF + timedelta(days=n) for n in (4, 32, 368)]
    assert (np.diff(learned().variance(learned().rows(days))) > 0).all()


def test_the_level_stands_on_both_parts_and_the_last_swing_fades() -> None:
    rows = learned().rows([AS_OF + timedelta(days=n) for n in (3, 12, 360)])
    np.testing.assert_allclose(rows.known[:, 0], 1)
    np.testing.assert_allclose(rows.known[:, 1], np.exp([-3 / 12, -1, -30]))
    np.testing.assert_allclose(rows.ahead, [3, 12, 360])


def test_the_weights_of_a_past_day_are_those_it_was_learned_with() -> None:
    july = date(2025, 7, 1)
    rows = learned().rows([july])
    assert rows.unseen == ()
    weekday = [learned().columns[n - LEVELS].of for n in learned().at("weekday") if rows.known[0, n]]
    assert weekday == [str(july.weekday())]
    assert rows.known[0, learned().of("transfer")].max() > 0


def test_a_column_never_seen_has_the_prior_of_its_block() -> None:
    rows = with_rollout({}).rows([date(2026, 3, 3), date(2026, 3, 24)])
    assert [c.block for c in rows.unseen] == ["event", "round"]
    assert rows.new[0].tolist() == [0, 0]
    assert (rows.new[1] > 0).all()
    assert rows.means.tolist() == [0, 0]
    assert rows.sds.tolist() == [PRIORS["event"][0], PRIORS["round"][0]]


def test_a_round_never_seen_deviates_as_much_as_those_that_were() -> None:
    asked = replace(learned(), view=replace(learned().view, events=(transfer(date(2026, 4, 1)),)))
    rows = asked.rows([date(2026, 4, 1)])
    assert [c.block for c in rows.unseen] == ["round"]
    assert rows.sds.tolist() == [learned().sds["round"]]


def test_paths_of_an_event_never_seen_go_together() -> None:
    of = with_rollout({})
    days = (date(2026, 3, 24), date(2026, 3, 25))
    first, second = of.log_rates(of.rows(days), 4000, np.random.default_rng(1)).T
    assert first.std() > 0.45
    assert np.corrcoef(first, second)[0, 1] > 0.95


def test_what_other_desks_say_stands_for_what_was_never_seen() -> None:
    rows = with_rollout({MAIN: Elsewhere(0.4, 0.05)}).rows([date(2026, 3, 24)])
    at = rows.unseen.index(MAIN)
    assert (rows.means[at], rows.sds[at]) == (0.4, 0.05)


@cache
def of_holidays() -> FittedJoint:
    """A desk that works every day; on holidays only half as many call."""
    start = date(2024, 5, 6)
    days = tuple(start + timedelta(days=n) for n in range(720))
    calendar = Calendar(
        year_end_closure=False, opened=frozenset(start + timedelta(days=n) for n in range(900))
    )
    mean = np.array([60.0 * (0.5 if calendar.holiday(d) else 1.0) for d in days])
    count = np.zeros((720, GRID.slots, 1), dtype=np.int64)
    count[:, 10, 0] = np.random.default_rng(1).poisson(mean)
    return Joint().fit(as_known(History(days, GRID, ("all",), count), (), calendar, days[-1]))


def test_a_desk_that_works_on_holidays_learns_what_they_do() -> None:
    days = [date(2026, 4, 28), date(2026, 4, 29), date(2026, 4, 30), date(2026, 5, 5)]
    season = [r.season for r in of_holidays().explain(days).days]
    assert season[0] == pytest.approx(1, abs=0.12)
    assert season[1] == pytest.approx(0.5, abs=0.1)
    assert season[2] == pytest.approx(1, abs=0.12)
    assert season[3] == pytest.approx(0.5, abs=0.1)


def test_a_holiday_with_a_new_name_is_a_holiday_all_the_same() -> None:
    learned = of_holidays().learned
    renamed = replace(learned, view=replace(learned.view, names=("海の日",)))
    asked = replace(of_holidays(), learned=renamed)
    (day,) = asked.explain([date(2026, 4, 29)]).days
    assert day.season == pytest.approx(0.5, abs=0.1)


def test_desks_closed_on_holidays_have_no_columns_of_them() -> None:
    assert not {"holiday", "holiday_name", "beside_holiday"} & {c.block for c in learned().columns}
    assert CALENDAR.holiday(date(2026, 4, 29))
