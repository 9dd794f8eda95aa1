from dataclasses import replace
from datetime import date

import numpy as np

from forecasts.events import OWN, Event
from forecasts.joint.table import PRIORS, Elsewhere, View, priors_of
from forecasts.regressors import Column
from tests.forecasts.simulated import CALENDAR, transfer, transfers

PAST = CALENDAR.office_days(date(2023, 1, 1), date(2026, 3, 1))
APRIL = CALENDAR.office_days(date(2026, 3, 2), date(2026, 5, 1))
EVENTS = transfers(2023, 2025)
SHREDDING = Event(date(2025, 9, 1), date(2025, 9, 5), f"{OWN}棚卸し", "棚卸し", date(2025, 8, 1))


def view(*events: Event) -> View:
    return View.of(PAST, events, CALENDAR)


def test_columns_of_a_block_stand_together_in_the_order_of_their_priors() -> None:
    columns = view(*EVENTS, SHREDDING).table(PAST).columns
    blocks = [c.block for c in columns]
    assert blocks == sorted(blocks, key=list(PRIORS).index)
    assert len(set(columns)) == len(columns)


def test_the_tables_of_past_and_future_fit_together() -> None:
    seen = view(*EVENTS)
    past, future = seen.table(PAST), seen.table(APRIL)
    assert past.columns == future.columns
    assert past.values.shape == (len(PAST), len(past.columns))
    assert future.values.shape == (len(APRIL), len(past.columns))


def test_the_trend_is_in_years_from_the_last_day_learned_from() -> None:
    table = view().table([date(2025, 2, 28), PAST[-1], date(2027, 2, 26)])
    (trend,) = table.in_blocks("trend")
    np.testing.assert_allclose(table.values[:, trend], [-364 / 365.25, 0, 364 / 365.25])
    assert PAST[-1] == date(2026, 2, 27)


def test_a_desks_own_kinds_have_a_block_of_their_own() -> None:
    columns = view(*EVENTS, SHREDDING).table(PAST).columns
    assert [c.of for c in columns if c.block == "own_event"] == [SHREDDING.kind]
    assert {c.of for c in columns if c.block == "event"} == {"transfer"}


def test_another_list_of_events_is_measured_by_the_typical_round_that_was_learned() -> None:
    learned = view(*EVENTS)
    large = transfer(date(2026, 4, 1), 4000)
    alone = replace(learned, events=(large,)).table(APRIL)
    beside = replace(learned, events=(*EVENTS, large)).table(APRIL)
    main = [t.values[:, t.columns.index(Column("event", "transfer", part="main"))] for t in (alone, beside)]
    np.testing.assert_allclose(main[0], main[1])
    assert main[0].max() == np.log2(1 + 4000 / 400)


def test_where_no_headcount_was_learned_the_people_of_a_coming_round_are_no_measure() -> None:
    unknown = tuple(replace(e, headcount=None) for e in EVENTS)
    coming = replace(view(*unknown), events=(*unknown, transfer(date(2026, 4, 1), 4000)))
    table = coming.table(APRIL)
    assert table.values[:, table.columns.index(Column("event", "transfer", part="main"))].max() == 1


def test_every_column_has_one_prior_and_each_block_its_own() -> None:
    columns = view(*EVENTS, SHREDDING).table(PAST).columns
    priors = priors_of(columns, 1000, {})
    covered = [n for p in priors for n in range(p.columns.start, p.columns.stop)]
    assert covered == list(range(len(columns)))
    blocks = [{columns[n].block for n in range(p.columns.start, p.columns.stop)} for p in priors]
    assert [len(b) for b in blocks] == [1] * len(priors)
    assert len({min(b) for b in blocks}) == len(priors)
    for prior, (block,) in zip(priors, blocks, strict=True):
        assert (prior.sd, prior.held) == PRIORS[block]


def test_a_pooled_column_has_a_prior_of_its_own_that_is_not_learned() -> None:
    columns = tuple(Column("event_shape", "transfer", part=p) for p in "abcd")
    priors = priors_of(columns, 1000, {columns[1]: Elsewhere(0.3, 0.04)})
    assert [(p.columns.start, p.columns.stop) for p in priors] == [(0, 1), (1, 2), (2, 4)]
    assert (priors[1].sd, priors[1].held) == (0.04, float("inf"))
    assert (priors[0].sd, priors[0].held) == (priors[2].sd, priors[2].held) == PRIORS["event_shape"]


def test_a_short_history_learns_no_waves_of_the_year() -> None:
    columns = (Column("season", "cos1"), Column("month_position", "first 1-1"))
    short, half, long = (priors_of(columns, days, {}) for days in (100, 300, 400))
    assert short[0].sd == half[0].sd < 0.01
    assert (long[0].sd, long[0].held) == PRIORS["season"]
    assert (half[1].sd, half[1].held) == PRIORS["month_position"]
    assert np.isinf(short[1].held)
