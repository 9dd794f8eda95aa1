import numpy as np
import pandas as pd
import pytest

from forecasts.history.handling import Handling, handling_by_category, handling_times, talk_times
from forecasts.history.records import conformed, empty_frame

RECEIVED = pd.Timestamp("2026-03-02 09:00")


def handled(minutes: list[float], channel: str = "phone", category: str = "", days: int = 1) -> pd.DataFrame:
    """Inquiries of so many minutes, spread evenly over so many days that end on the same one."""
    back = np.arange(len(minutes))[::-1] * days // max(len(minutes), 1)
    at = RECEIVED - pd.to_timedelta(back, unit="D")
    row = {"received_at": at, "channel": channel, "category": category, "handling_min": minutes}
    return conformed("inquiries", row, pd.RangeIndex(len(minutes)))


def lognormal(mean: float, cv: float, rows: int, seed: int = 7) -> list[float]:
    spread = np.sqrt(np.log(1 + cv**2))
    return np.random.default_rng(seed).lognormal(np.log(mean) - spread**2 / 2, spread, rows).tolist()


def test_handling_is_measured_by_channel() -> None:
    log = pd.concat([handled([10, 20]), handled([30], "mail"), handled([float("nan"), 0], "form")])
    found = {channel: (h.mean_min, h.cv, h.n) for channel, h in handling_times(log).items()}
    assert found == {"phone": (15.0, pytest.approx(1 / 3), 2), "mail": (30.0, 0.0, 1)}


def test_a_lognormal_handling_time_is_found_again() -> None:
    mean, cv = 15.0, 0.8
    measured = handling_times(handled(lognormal(mean, cv, 20_000), days=400))["phone"]
    assert measured.mean_min == pytest.approx(mean, rel=0.03)
    assert measured.cv == pytest.approx(cv, rel=0.06)
    assert measured.interval_min is not None
    assert measured.interval_min[0] < measured.mean_min < measured.interval_min[1]
    assert not measured.has_moved
    assert measured.current_min == measured.mean_min


def test_an_inquiry_left_open_over_night_hardly_counts() -> None:
    usual = handling_times(handled([10.0, 20.0] * 500))["phone"]
    with_one_open = handling_times(handled([10.0, 20.0] * 500 + [900.0]))["phone"]
    assert with_one_open.mean_min == pytest.approx(usual.mean_min, rel=0.001)
    assert with_one_open.n == usual.n + 1


def test_a_level_that_moved_is_told_and_is_the_current_one() -> None:
    before, after = lognormal(10.0, 0.8, 3_000), lognormal(13.0, 0.8, 500, seed=8)
    log = pd.concat(
        [
            handled(before, days=500).assign(received_at=lambda f: f["received_at"] - pd.Timedelta(days=85)),
            handled(after, days=85),
        ]
    )
    found = handling_times(log)["phone"]
    assert found.has_moved
    assert found.step is not None
    assert found.step.low < 1.3 < found.step.high
    assert found.current_min == found.recent_min == pytest.approx(13.0, rel=0.1)
    assert found.mean_min == pytest.approx(10.4, rel=0.1)  # the mean stays that of all
    assert found.recent_n is not None
    assert 500 <= found.recent_n <= 500 + 3_000 * 7 / 500  # the last 91 days hold some of the former level
    assert found.recent_interval_min is not None
    low, high = found.recent_interval_min
    assert low < found.current_min < high
    width = 2 * 1.2816 * 0.8 / np.sqrt(found.recent_n)  # 80 % interval of a mean, as a share
    assert (high - low) / found.current_min == pytest.approx(width, rel=0.25)


def test_a_level_that_stays_moves_in_hardly_any_log() -> None:
    logs = [handled(lognormal(12.0, 0.9, 800, seed), days=365) for seed in range(40)]
    assert sum(handling_times(log)["phone"].has_moved for log in logs) <= 3


def test_a_drift_is_told_a_year() -> None:
    minutes = lognormal(12.0, 0.7, 6_000)
    rising = [m * 1.1 ** (n / 3_000) for n, m in enumerate(minutes)]  # two years
    found = handling_times(handled(rising, days=730))["phone"]
    assert found.change is not None
    assert found.change.value == pytest.approx(1.1, abs=0.04)
    assert found.change.low > 1.0


def test_categories_are_measured_within_their_channel() -> None:
    log = pd.concat(
        [
            handled(lognormal(20.0, 0.5, 900, 1), category="端末", days=300),
            handled(lognormal(8.0, 0.5, 900, 2), category="パスワード", days=300),
            handled([60.0, 60.0], category="その他", days=2),
            handled([5.0], "mail"),
        ]
    )
    found = handling_by_category(log)
    assert [*found] == [("phone", c) for c in ("その他", "パスワード", "端末")]  # mail tells no category
    assert found["phone", "端末"].mean_min == pytest.approx(20.0, rel=0.06)
    assert found["phone", "パスワード"].mean_min == pytest.approx(8.0, rel=0.06)
    assert found["phone", "端末"].own_weight > 0.95


def test_a_category_of_few_inquiries_is_drawn_towards_its_channel() -> None:
    means = (6.0, 9.0, 12.0, 16.0, 20.0, 25.0)
    usual = [handled(lognormal(m, 0.8, 400), category=f"分類{m}", days=300) for m in means]
    found = handling_by_category(pd.concat([*usual, handled([60.0, 60.0], category="その他", days=2)]))
    few = found["phone", "その他"]
    assert few.n == 2
    assert few.own_weight < 0.7
    assert 15.0 < few.mean_min < 45.0
    assert few.interval_min is not None
    assert few.interval_min[1] > few.mean_min


def test_the_mean_of_a_channel_weighs_its_categories_as_they_came() -> None:
    log = pd.concat([handled([10.0] * 30, category="a", days=9), handled([40.0] * 10, category="b", days=9)])
    assert handling_times(log)["phone"].mean_min == pytest.approx(17.5)


def test_an_empty_frame_gives_nothing() -> None:
    assert handling_times(empty_frame("inquiries")) == {}
    assert handling_by_category(empty_frame("inquiries")) == {}
    assert talk_times(empty_frame("intervals")) == {}


def test_talk_times_weigh_as_many_calls_as_were_answered() -> None:
    """Without a number of answered calls those offered; an interval without talk tells nothing."""
    reports = conformed(
        "intervals",
        {
            "start_at": [RECEIVED] * 4,
            "length_min": [30] * 4,
            "channel": ["phone"] * 4,
            "offered": [9, 3, 1, 0],
            "answered": [1.0, float("nan"), 1.0, 0.0],
            "talk_s": [600.0, 200.0, float("nan"), 100.0],
        },
    )
    assert talk_times(reports)["phone"] == Handling(5.0, 1.0, 4, is_cv_measured=False)


def test_talk_times_of_several_days_have_an_interval() -> None:
    days = pd.date_range(RECEIVED, periods=60, freq="D")
    talk = np.random.default_rng(1).normal(300.0, 30.0, 60)
    row = {"start_at": days, "length_min": [30] * 60, "channel": ["phone"] * 60, "offered": [5] * 60}
    found = talk_times(conformed("intervals", {**row, "answered": [5.0] * 60, "talk_s": talk}))["phone"]
    assert found.interval_min is not None
    low, high = found.interval_min
    assert low < 5.0 < high
    assert high - low == pytest.approx(2 * 1.2958 * 0.5 / np.sqrt(60), rel=0.25)
