from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts import scores
from forecasts.distribution import Forecast, Wholes
from forecasts.update import updated_day
from tests.forecasts.update_builder import GRID, loose, made, mixed

DAY = date(2026, 4, 1)
NOON = 12
CLOSES = 18


def at_nine(*counts: int) -> Wholes:
    """All that came, in one slot of the morning."""
    out = np.zeros((GRID.slots, len(counts)), dtype=np.int64)
    out[9] = counts
    return out


def test_one_channel_with_sure_shares_is_the_gamma_poisson_rule() -> None:
    forecast = made(paths=4_000, mean=40.0, shape=8.0)
    rate = forecast.day_rate[:, 0, 0]
    shape = rate.mean() ** 2 / rate.var()
    updated = updated_day(forecast, DAY, at_nine(30), NOON, 3)
    posterior = (shape + 30) / (shape / rate.mean() + 0.4)
    left = updated.rest.day_rate.sum(axis=(1, 2))
    assert left.mean() == pytest.approx(0.6 * posterior, rel=0.02)
    assert left.std() == pytest.approx(left.mean() / np.sqrt(shape + 30), rel=0.05)
    assert updated.rest.day_count.sum(axis=(1, 2)).mean() == pytest.approx(0.6 * posterior, rel=0.01)
    assert updated.so_far.tolist() == [30]
    assert updated.expected_so_far.sum() == pytest.approx(0.4 * rate.mean())


@pytest.mark.parametrize(
    ("forecast_of", "came"),
    [
        (lambda paths: loose(mixed(made(paths, shape=8.0, mean=30.0), 25.0), 30.0), (9, 5)),
        (lambda paths: loose(mixed(made(paths, shape=20.0, mean=6.0), 5.0), 10.0), (3, 0)),
        (lambda paths: loose(made(paths, shape=15.0, mean=40.0), 40.0), (22,)),
    ],
)
def test_the_rest_is_that_of_the_days_on_which_as_much_came(forecast_of, came) -> None:  # type: ignore[no-untyped-def] # builders of one line
    """Truth by brute force: of very many simulated days, keep those on which exactly as much came."""
    world: Forecast = forecast_of(100_000)
    slots = world.slot_counts()[:, 0]
    same = (slots[:, :NOON].sum(axis=1) == came).all(axis=1)
    assert same.sum() > 500
    truth = slots[same, NOON:].sum(axis=1)
    rest = updated_day(forecast_of(3_000), DAY, at_nine(*came), NOON, 3).rest.day_count[:, 0]
    np.testing.assert_allclose(rest.mean(axis=0), truth.mean(axis=0), rtol=0.08, atol=0.1)
    np.testing.assert_allclose(rest.sum(axis=1).std(), truth.sum(axis=1).std(), rtol=0.1)


def test_where_shares_are_as_loose_as_the_days_the_morning_tells_nothing() -> None:
    """A gamma day cut by a Dirichlet of the same size has independent parts."""
    forecast = loose(made(paths=4_000, shape=15.0, mean=40.0), 15.0)
    few, many = (updated_day(forecast, DAY, at_nine(n), NOON, 3).rest.day_count.mean() for n in (2, 40))
    assert few == pytest.approx(many, rel=0.02)


def test_looser_shares_trust_the_morning_less() -> None:
    forecast = made(shape=15.0, mean=40.0)
    totals = [
        updated_day(forecast, DAY, at_nine(30), NOON, 3, np.array([k])).rest.day_rate.mean()
        for k in (np.inf, 200.0, 40.0)
    ]
    assert totals[0] > totals[1] > totals[2] > 24


def test_a_sure_day_is_not_moved() -> None:
    forecast = made(mean=40.0)
    updated = updated_day(forecast, DAY, at_nine(35), NOON, 3)
    np.testing.assert_allclose(updated.rest.day_rate, 24.0, rtol=0.01)


def test_a_busy_phone_says_something_of_mail() -> None:
    linked = mixed(made(paths=2_000, shape=10.0), 1_000.0)
    quiet, busy = (updated_day(linked, DAY, at_nine(n, 10), NOON, 3).rest.day_rate[:, 0, 1] for n in (10, 30))
    assert busy.mean() > 1.2 * quiet.mean()
    alone = mixed(made(paths=2_000, shape=10.0), 10.0)  # independent channels, by the same law
    quiet, busy = (updated_day(alone, DAY, at_nine(n, 10), NOON, 3).rest.day_rate[:, 0, 1] for n in (10, 30))
    assert busy.mean() == pytest.approx(quiet.mean(), rel=0.1)


@pytest.mark.parametrize("shape", [4.0, 25.0, 400.0])
def test_it_is_calibrated_and_never_worse_than_no_update(shape: float) -> None:
    forecast = loose(mixed(made(paths=400, shape=shape, mean=30.0), 100.0), 100.0)
    world = loose(mixed(made(paths=100, shape=shape, mean=30.0, seed=2), 100.0, seed=2), 100.0)
    slots, drawn = world.slot_counts()[:, 0], forecast.slot_counts()[:, 0]
    pit, with_update, without = [], [], []
    for n, until in [(n, until) for n in range(world.paths) for until in (9, 12, 15)]:
        came = slots[n, until:].sum()
        rest = updated_day(forecast, DAY, slots[n], until, n).rest.day_count.sum(axis=(1, 2))
        before = drawn[:, until:].sum(axis=(1, 2))
        with_update.append(scores.crps(came, rest[:, None])[0])
        without.append(scores.crps(came, before[:, None])[0])
        pit.append(float(scores.randomised_pit(came, rest, np.random.default_rng(n))))
    ratio = np.mean(with_update) / np.mean(without)
    assert ratio < {4.0: 0.8, 25.0: 0.99, 400.0: 1.01}[shape]
    assert 0.73 < scores.coverage(pit) < 0.87


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 24),
    st.lists(st.integers(0, 3_000), min_size=2, max_size=2),
    st.sampled_from([0.0, 1e-6, 0.3, 40.0, 2_000.0, 40_000.0]),
    st.sampled_from([0.2, 20.0, np.inf]),
    st.sampled_from([1.5, 60.0, np.inf]),
)
def test_nothing_breaks_it(until: int, came: list[int], mean: float, shape: float, firmness: float) -> None:
    forecast = loose(mixed(made(paths=40, mean=mean, shape=shape), 30.0), firmness)
    observed = at_nine(*came)
    updated = updated_day(forecast, DAY, observed, until, 3)
    rest = updated.rest
    assert np.isfinite(rest.day_rate).all()
    assert (rest.day_rate >= 0).all()
    assert (rest.day_count >= 0).all()
    counts = rest.slot_counts()
    assert (counts.sum(axis=2) == rest.day_count).all()
    assert not counts[:, :, :until].any()
    assert (updated.so_far == observed[:until].sum(axis=0)).all()
    assert updated.total.low <= updated.total.high
    assert updated.total.mean <= 60 * (mean + sum(came)) + 5  # a day of few people never explodes
    assert not until >= CLOSES or not rest.day_count.any()
    again = updated_day(forecast, DAY, observed, until, 3).rest
    assert (again.day_count == rest.day_count).all()
    assert (again.day_rate == rest.day_rate).all()


def test_what_came_while_the_desk_is_shut_tells_nothing_of_the_rest() -> None:
    observed = at_nine(6)
    night = observed.copy()
    night[3] = 50
    plain, odd = (updated_day(made(shape=9.0), DAY, o, NOON, 3) for o in (observed, night))
    assert odd.so_far.sum() == plain.so_far.sum() + 50
    np.testing.assert_array_equal(odd.rest.day_count, plain.rest.day_count)


def test_slots_that_are_still_to_come_are_not_read() -> None:
    early, late = at_nine(6), at_nine(6)
    late[NOON:] = 99
    first, second = (updated_day(made(shape=9.0), DAY, o, NOON, 3) for o in (early, late))
    np.testing.assert_array_equal(first.rest.day_rate, second.rest.day_rate)
    assert first.so_far.tolist() == second.so_far.tolist() == [6]


def test_busy_paths_stay_busy() -> None:
    forecast = made(shape=6.0)
    rest = updated_day(forecast, DAY, at_nine(24), NOON, 3).rest
    order = np.argsort(forecast.day_rate[:, 0, 0])
    assert (np.diff(rest.day_count[order, 0, 0]) >= 0).all()


@pytest.mark.parametrize("bad", [-1.0, 0.5, np.nan, np.inf])
def test_what_is_no_count_is_refused(bad: float) -> None:
    observed = at_nine(6).astype(float)
    observed[10] = bad
    with pytest.raises(ValueError, match="whole numbers"):
        updated_day(made(), DAY, observed, NOON, 3)  # type: ignore[arg-type] # what a file may hold


def test_other_days_slots_and_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="2026-05-01 is not one of"):
        updated_day(made(), date(2026, 5, 1), at_nine(6), NOON, 3)
    with pytest.raises(ValueError, match="until_slot must be from 0 to 24"):
        updated_day(made(), DAY, at_nine(6), 25, 3)
    with pytest.raises(ValueError, match="shape"):
        updated_day(made(), DAY, at_nine(6, 1), NOON, 3)


def test_large_days_are_counted_in_steps_and_stay_right() -> None:
    forecast = made(paths=2_000, mean=30_000.0, shape=25.0)
    updated = updated_day(forecast, DAY, at_nine(15_000), NOON, 3)
    assert updated.rest.day_count.mean() == pytest.approx(0.6 * 15_000 / 0.4, rel=0.01)
