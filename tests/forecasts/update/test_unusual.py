from datetime import date
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.distribution import Wholes
from forecasts.update import Code, surprise, surprise_so_far
from forecasts.update.unusual import WINDOW_DAYS
from tests.forecasts.update_builder import loose, made, mixed

DESK = made(1_000, 10, mean=60.0, level_sd=0.05, shape=50.0)


def flat(count: float, days: int = 10) -> Wholes:
    return np.full((days, 1), round(count), dtype=np.int64)


def test_what_was_expected_is_within() -> None:
    alarm = surprise(DESK, DESK.days, flat(60))
    assert alarm.code == "within"
    assert alarm.chance > 0.2
    assert [w.days for w in alarm.windows] == list(WINDOW_DAYS)
    assert [w.expected for w in alarm.windows] == pytest.approx([60 * n for n in WINDOW_DAYS], rel=0.03)


def test_the_chance_of_a_day_is_that_of_the_law() -> None:
    """Against counts drawn apart from the paths: how many of them are as many or more."""
    other = made(200_000, 1, mean=60.0, level_sd=0.05, shape=50.0, seed=7).day_count[:, 0, 0]
    for came in (45, 72, 80):
        found = surprise(DESK, DESK.days[:1], flat(came, 1)).windows[0]
        extreme = (other >= came) if came > 60 else (other <= came)
        law = extreme.mean() - (other == came).mean() / 2
        assert found.chance == pytest.approx(law, rel=0.15)
        assert found.low == pytest.approx(np.quantile(other, 0.05), abs=1)
        assert found.high == pytest.approx(np.quantile(other, 0.95), abs=1)


@pytest.mark.parametrize(
    ("count", "code"), [(60, "within"), (83, "above"), (110, "far_above"), (41, "below"), (20, "far_below")]
)
def test_levels(count: int, code: str) -> None:
    alarm = surprise(DESK, DESK.days[:1], flat(count, 1))
    assert alarm.code == alarm.strongest.code == code


def test_a_small_excess_that_goes_on_is_told_by_the_sum() -> None:
    alarm = surprise(DESK, DESK.days, flat(76))
    assert alarm.windows[0].code == "within"
    assert alarm.code == "far_above"
    assert alarm.strongest.days == 10


def test_looking_at_several_sums_raises_no_more_alarms_than_looking_once() -> None:
    """10 % lie outside 90 % intervals, over several forecasts: with few paths the edge of one is rough."""
    codes = []
    for seed in range(4):
        desk = made(500, 10, mean=60.0, level_sd=0.05, shape=50.0, seed=10 + seed)
        world = made(60, 10, mean=60.0, level_sd=0.05, shape=50.0, seed=20 + seed)
        codes += [surprise(desk, desk.days, actual).code for actual in world.day_count]
    share = {code: codes.count(code) / len(codes) for code in get_args(Code)}
    assert 0.06 < 1 - share["within"] < 0.14
    assert share["far_above"] + share["far_below"] < 0.03


def test_the_morning_is_placed_among_the_mornings_of_the_paths() -> None:
    observed = np.zeros((24, 1), dtype=np.int64)
    observed[9] = 24
    usual = surprise_so_far(DESK, DESK.days[0], observed, 12)
    assert usual.code == "within"
    assert usual.expected == pytest.approx(24, rel=0.03)
    assert usual.until_slot == 12
    observed[9] = 45
    assert surprise_so_far(DESK, DESK.days[0], observed, 12).code == "far_above"
    observed[14] = 500  # not yet
    assert surprise_so_far(DESK, DESK.days[0], observed, 12).actual == 45


def test_a_busy_morning_is_less_odd_where_days_start_as_they_like() -> None:
    observed = np.zeros((24, 1), dtype=np.int64)
    observed[9] = 36
    firm = surprise_so_far(DESK, DESK.days[0], observed, 12)
    free = surprise_so_far(DESK, DESK.days[0], observed, 12, np.array([20.0]))
    assert firm.chance < free.chance / 2
    assert surprise_so_far(loose(DESK, 20.0), DESK.days[0], observed, 12).chance == free.chance


def test_before_the_desk_opens_nothing_is_odd() -> None:
    found = surprise_so_far(DESK, DESK.days[0], np.zeros((24, 1), dtype=np.int64), 0)
    assert (found.code, found.actual, found.chance, found.low, found.high) == ("within", 0, 0.5, 0, 0)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(0, 10_000), min_size=2, max_size=24).filter(lambda n: len(n) % 2 == 0),
    st.sampled_from([0.0, 0.1, 60.0, 3_000.0]),
    st.sampled_from([1, 5, 100]),
)
def test_chances_are_chances(came: list[int], mean: float, paths: int) -> None:
    forecast = mixed(made(paths, len(came) // 2, mean=mean, level_sd=0.1, shape=10.0), 20.0)
    alarm = surprise(forecast, forecast.days, np.array(came).reshape(-1, 2))
    for found in alarm.windows:
        assert 0.5 / paths <= found.chance <= 0.5
        assert found.low <= found.high
        assert (found.code == "within") == (found.chance > 0.05)
    assert 0.5 / paths <= alarm.chance <= 1
    assert alarm.strongest in alarm.windows


def test_more_is_never_less_odd() -> None:
    chances = [surprise(DESK, DESK.days[:3], flat(n, 3)).chance for n in range(62, 110, 4)]
    assert chances == sorted(chances, reverse=True)


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="needs days of the forecast"):
        surprise(DESK, (), np.zeros((0, 1), dtype=np.int64))
    with pytest.raises(ValueError, match="in order of time"):
        surprise(DESK, (DESK.days[1], DESK.days[0]), flat(60, 2))
    with pytest.raises(ValueError, match="needs days of the forecast"):
        surprise(DESK, (date(2030, 1, 7),), flat(60, 1))
    with pytest.raises(ValueError, match="is not one of"):
        surprise_so_far(DESK, date(2030, 1, 7), np.zeros((24, 1), dtype=np.int64), 3)
