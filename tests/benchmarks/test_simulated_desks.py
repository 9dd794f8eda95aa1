"""Invented desks are what their description says, and owe nothing to the models that are judged by them."""

import ast
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from benchmarks import simulated_desks, simulated_events
from benchmarks.simulated_desks import FUTURES, RATES, Desk, desk, gamma_shape
from benchmarks.simulated_events import CALENDAR, ROUNDS, events_of, gap_days, year_ends
from forecasts.events import Event

DATA_TYPES = {
    "forecasts.calendar",
    "forecasts.distribution",
    "forecasts.events",
    "forecasts.history.counts",
    "forecasts.model",
    "forecasts.slots",
}


@pytest.fixture(scope="module", params=[1, 2])
def one(request: pytest.FixtureRequest) -> Desk:
    return desk(request.param, 80, 3)


def test_a_desk_is_always_the_same_and_no_two_are_alike() -> None:
    first, again, other = desk(1, 30, 0, 15), desk(1, 30, 0, 15), desk(1, 30, 1, 15)
    assert np.array_equal(first.actual, again.actual)
    assert np.array_equal(first.past.count, again.past.count)
    assert first.events == again.events
    assert first.origin != other.origin


def test_the_generator_takes_only_data_types_from_the_product() -> None:
    for module in (simulated_desks, simulated_events):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        taken = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert {m for m in taken if m.startswith("forecasts")} <= DATA_TYPES


def test_lengths_are_cuts_of_one_past(one: Desk) -> None:
    short, long = one.known(15).history, one.known(60).history
    assert long.days[-1] == short.days[-1] == one.origin == one.known(15).as_of
    assert np.array_equal(long.count[-len(short.days) :], short.count)
    assert (one.origin - short.days[0]).days / 30.44 == pytest.approx(15, abs=0.2)
    assert (one.origin - long.days[0]).days / 30.44 == pytest.approx(60, abs=0.2)


def test_the_horizon_is_13_weeks_of_office_days(one: Desk) -> None:
    last = one.origin + timedelta(days=92)
    assert one.days == CALENDAR.office_days(one.origin + timedelta(days=1), last)
    assert one.true_rate.shape == one.actual.shape == (FUTURES, len(one.days))


def test_every_event_of_the_horizon_is_known(one: Desk) -> None:
    coming = {e for e in one.events if one.origin < e.start <= one.days[-1]}
    assert coming
    assert coming <= set(one.known(15).events)


def test_futures_part_from_one_past() -> None:
    found = desk(1, 80, 3, 15)
    spread = np.log(found.true_rate).std(axis=0)
    # The level walks: what lies ten weeks ahead is less sure than next week, and both are not certain.
    quiet = ~found.is_event
    near, far = spread[:5][quiet[:5]].mean(), spread[-15:][quiet[-15:]].mean()
    assert 0 < near < far < 0.1


def test_counts_scatter_around_the_true_rate() -> None:
    desks = [desk(1, 80, n, 15) for n in range(6)]
    counts = np.concatenate([d.actual.ravel() for d in desks])
    rates = np.concatenate([d.true_rate.ravel() for d in desks])
    assert counts.sum() / rates.sum() == pytest.approx(1.0, abs=0.01)
    beyond_poisson = np.mean((counts - rates) ** 2 - rates) / np.mean(rates**2)
    assert 0.01 < beyond_poisson < 0.03


def test_unannounced_outages_are_only_in_version_2() -> None:
    for version, least, most in ((1, 0.0, 0.002), (2, 0.008, 0.04)):
        desks = [desk(version, 80, n, 15) for n in range(6)]
        ratio = np.concatenate([(d.actual / d.true_rate).ravel() for d in desks])
        assert least <= np.mean(ratio > 1.8) < most


@pytest.mark.parametrize("rate", RATES)
def test_a_desk_has_about_its_rate_outside_events(rate: int) -> None:
    found = desk(1, rate, 4, 15)
    assert found.true_rate[:, ~found.is_event].mean() == pytest.approx(rate, rel=0.25)


def test_transfers_raise_the_days_of_their_windows() -> None:
    desks = [desk(version, 80, n, 15) for version in (1, 2) for n in range(8)]
    windows = [(d, w) for d in desks for w in d.windows]
    assert len(windows) >= 8
    for found, rows in windows:
        assert np.array_equal(rows, np.arange(rows[0], rows[-1] + 1))
        assert found.is_event[rows].all()
        quiet = found.true_rate[:, ~found.is_event].mean()
        assert found.true_rate[:, rows].mean() > 1.05 * quiet
        starts = {CALENDAR.first_office_day(e.start) for e in found.events if e.kind == "transfer"}
        assert found.days[rows[0]] in starts or found.days[rows[0] - 1] in starts


def starts(version: int, name: str) -> list[Event]:
    rng = np.random.default_rng(5)
    events = events_of(2019, 2026, version, rng)
    years = [f"{name} {year}" for year in range(2019, 2027)]
    return [min(e for e in events if e.group == group) for group in years]


def test_dates_move_only_in_version_2() -> None:
    assert {(e.start.month, e.start.day) for e in starts(1, "April")} == {(4, 1)}
    assert len({(e.start.month, e.start.day) for e in starts(2, "April")}) > 3


def test_every_year_has_its_rounds_with_other_headcounts() -> None:
    events = events_of(2024, 2025, 1, np.random.default_rng(1))
    transfers = [e for e in events if e.kind == "transfer"]
    assert len({e.group for e in transfers}) == 2 * len(ROUNDS)
    heads = [sum(e.headcount or 0 for e in transfers if e.group == f"April {y}") for y in (2024, 2025)]
    assert heads[0] != heads[1]
    assert all(250 < n < 1000 for n in heads)
    assert all(e.announced_on < e.start for e in events)


def test_gaps_and_year_ends_are_read_from_the_office_days() -> None:
    days = CALENDAR.office_days(date(2025, 3, 17), date(2025, 5, 9))
    gap = dict(zip(days, gap_days(days).tolist(), strict=True))
    assert max(gap.values()) == 4  # 3-6 May 2025: Saturday to the substitute holiday on Tuesday
    assert [days[n].day for n in year_ends(days)[2025]] == [25, 26, 27, 28, 31]


def test_a_gamma_lag_is_highest_at_its_peak() -> None:
    t = np.arange(30.0)
    shape = gamma_shape(4.5, 2.5)(t)
    assert np.argmax(shape) == 4
    assert shape.max() == pytest.approx(1.0)
    assert shape[0] < 0.3 < shape[10]
