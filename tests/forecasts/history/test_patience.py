import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.history.patience import Patience, patience
from forecasts.history.records import empty_frame

RECEIVED = pd.Timestamp("2026-03-02 09:00")


def calls(answered: list[float | None], abandoned: list[float | None]) -> pd.DataFrame:
    """Calls that were answered, or hung up, after so many minutes."""
    return pd.DataFrame(
        {
            "received_at": [RECEIVED] * len(answered),
            "channel": ["phone"] * len(answered),
            "answered_at": RECEIVED + pd.to_timedelta(pd.Series(answered, dtype=float), unit="min"),
            "abandoned_at": RECEIVED + pd.to_timedelta(pd.Series(abandoned, dtype=float), unit="min"),
        }
    )


def waiting(leaves: np.ndarray, answered: np.ndarray) -> pd.DataFrame:
    """Calls of people who would leave, and would be answered, after so many minutes: what comes first."""
    is_answered = answered < leaves
    return calls(
        np.where(is_answered, answered, np.nan).tolist(), np.where(is_answered, np.nan, leaves).tolist()
    )


def basic(found: dict[str, Patience]) -> dict[str, tuple[float, int, int]]:
    return {channel: (p.mean_min, p.n_abandoned, p.n) for channel, p in found.items()}


def test_patience_is_waiting_time_by_hang_ups() -> None:
    assert basic(patience(calls([1, 2, None], [None, None, 3]))) == {"phone": (6.0, 1, 3)}


@settings(max_examples=25)
@given(st.floats(1, 15), st.integers(0, 99))
def test_an_exponential_patience_is_found_again(mean_min: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = patience(waiting(rng.exponential(mean_min, 5_000), rng.exponential(4.0, 5_000)))["phone"]
    assert found.mean_min == pytest.approx(mean_min, rel=4.5 / np.sqrt(found.n_abandoned))


def test_the_interval_of_the_mean_holds_it_in_four_of_five_logs() -> None:
    """It is exact for a Poisson number of hang-ups, so rather too wide than too narrow."""
    rng = np.random.default_rng(5)
    logs = [waiting(rng.exponential(5.0, 60), rng.exponential(2.0, 60)) for _ in range(120)]
    ends = [found["phone"].interval_min or (0.0, 0.0) for found in map(patience, logs)]
    held = np.mean([low <= 5.0 <= high for low, high in ends])
    assert 0.74 <= held <= 0.92


def test_the_interval_is_the_wider_the_fewer_hung_up() -> None:
    few, many = (
        patience(calls([5.0] * (9 * n), [None] * (9 * n)).pipe(with_hang_ups, n))["phone"] for n in (1, 40)
    )
    assert few.mean_min == many.mean_min
    assert few.interval_min is not None
    assert many.interval_min is not None
    assert (
        few.interval_min[0] < many.interval_min[0] < few.mean_min < many.interval_min[1] < few.interval_min[1]
    )


def with_hang_ups(answered: pd.DataFrame, n: int) -> pd.DataFrame:
    return pd.concat([answered, calls([None] * n, [3.0] * n)])


def test_an_exponential_patience_leaves_no_doubt() -> None:
    rng = np.random.default_rng(3)
    logs = [waiting(rng.exponential(5.0, 2_000), rng.exponential(3.0, 2_000)) for _ in range(20)]
    assert [p["phone"].doubt for p in map(patience, logs)].count("") >= 19


@pytest.mark.parametrize(
    ("share", "shift", "doubt"), [(0.3, 0.0, "early_hang_ups"), (0.0, 1.0, "late_hang_ups")]
)
def test_hang_ups_of_another_shape_are_told(share: float, shift: float, doubt: str) -> None:
    """Three of ten leave as soon as they hear the announcement; or nobody does within a minute."""
    rng = np.random.default_rng(4)
    leaves = shift + np.where(
        rng.random(2_000) < share, rng.uniform(0.1, 0.5, 2_000), rng.exponential(6.0, 2_000)
    )
    found = patience(waiting(leaves, rng.exponential(3.0, 2_000)))["phone"]
    assert found.doubt == doubt
    assert found.early_ratio is not None
    assert (found.early_ratio > 1.5) == (share > 0)


def test_the_median_needs_no_shape() -> None:
    rng = np.random.default_rng(6)
    halves = 0
    for _ in range(100):
        found = patience(waiting(rng.gamma(4.0, 1.0, 200), rng.exponential(8.0, 200)))["phone"]
        assert found.median_interval_min is not None
        low, high = found.median_interval_min
        halves += low <= 3.672 <= high  # the median of this gamma distribution
    assert 0.70 <= halves / 100 <= 0.88


def test_without_callers_who_wait_long_there_is_no_median() -> None:
    found = patience(calls([1.0] * 9 + [None], [None] * 9 + [2.0]))["phone"]
    assert found.median_min == 2.0  # the one who waited so long left
    assert patience(calls([3.0] * 9 + [None], [None] * 9 + [2.0]))["phone"].median_min is None


def test_nobody_is_watched_longer_than_an_hour() -> None:
    """A call answered, or given up, days later says only that the caller stayed for the hour."""
    assert basic(patience(calls([5_000, None, None], [None, 5_000, 30]))) == {"phone": (150.0, 1, 3)}


def test_times_that_cannot_be_are_left_out() -> None:
    """Answered before it came, never answered nor given up, given up after the answer."""
    assert basic(patience(calls([-5, None, 1, None], [None, None, 2, 3]))) == {"phone": (4.0, 1, 2)}


def test_without_a_hang_up_there_is_no_estimate() -> None:
    assert patience(calls([1, 2], [None, None])) == {}
    assert patience(calls([None], [0])) == {}


def test_hang_ups_alone_are_enough() -> None:
    assert basic(patience(calls([None, None], [2, 4]))) == {"phone": (3.0, 2, 2)}


def test_an_empty_frame_gives_nothing() -> None:
    assert patience(empty_frame("inquiries")) == {}
