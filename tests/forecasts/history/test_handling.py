import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.history.handling import Handling, Patience, handling_times, patience, talk_times
from forecasts.history.records import conformed, empty_frame

RECEIVED = pd.Timestamp("2026-03-02 09:00")


def handled(minutes: list[float], channel: str = "phone") -> pd.DataFrame:
    return pd.DataFrame({"channel": [channel] * len(minutes), "handling_min": minutes})


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


def test_handling_is_measured_by_channel() -> None:
    log = pd.concat([handled([10, 20]), handled([30], "mail"), handled([float("nan"), 0], "form")])
    assert handling_times(log) == {"phone": Handling(15.0, 1 / 3, 2), "mail": Handling(30.0, 0.0, 1)}


def test_a_lognormal_handling_time_is_found_again() -> None:
    mean, cv = 15.0, 0.8
    spread = np.sqrt(np.log(1 + cv**2))
    drawn = np.random.default_rng(7).lognormal(np.log(mean) - spread**2 / 2, spread, 20_000)
    measured = handling_times(handled(drawn.tolist()))["phone"]
    assert measured.mean_min == pytest.approx(mean, rel=0.03)
    assert measured.cv == pytest.approx(cv, rel=0.06)


def test_an_inquiry_left_open_over_night_hardly_counts() -> None:
    usual = handling_times(handled([10.0, 20.0] * 500))["phone"]
    with_one_open = handling_times(handled([10.0, 20.0] * 500 + [900.0]))["phone"]
    assert with_one_open.mean_min == pytest.approx(usual.mean_min, rel=0.001)
    assert with_one_open.n == usual.n + 1


def test_patience_is_waiting_time_by_hang_ups() -> None:
    assert patience(calls([1, 2, None], [None, None, 3])) == {"phone": Patience(6.0, 1, 3)}


@settings(max_examples=25)
@given(st.floats(1, 15), st.integers(0, 99))
def test_an_exponential_patience_is_found_again(mean_min: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    leaves, is_answered_after = rng.exponential(mean_min, 5_000), rng.exponential(4.0, 5_000)
    answered = np.where(is_answered_after < leaves, is_answered_after, np.nan)
    abandoned = np.where(is_answered_after < leaves, np.nan, leaves)
    found = patience(calls(answered.tolist(), abandoned.tolist()))["phone"]
    assert found.mean_min == pytest.approx(mean_min, rel=4.5 / np.sqrt(found.n_abandoned))


def test_nobody_is_watched_longer_than_an_hour() -> None:
    """A call answered, or given up, days later says only that the caller stayed for the hour."""
    assert patience(calls([5_000, None, None], [None, 5_000, 30])) == {"phone": Patience(150.0, 1, 3)}


def test_times_that_cannot_be_are_left_out() -> None:
    """Answered before it came, never answered nor given up, given up after the answer."""
    log = calls([-5, None, 1, None], [None, None, 2, 3])
    assert patience(log) == {"phone": Patience(4.0, 1, 2)}


def test_without_a_hang_up_there_is_no_estimate() -> None:
    assert patience(calls([1, 2], [None, None])) == {}
    assert patience(calls([None], [0])) == {}


def test_hang_ups_alone_are_enough() -> None:
    assert patience(calls([None, None], [2, 4])) == {"phone": Patience(3.0, 2, 2)}


def test_an_empty_frame_gives_nothing() -> None:
    assert handling_times(empty_frame("inquiries")) == {}
    assert patience(empty_frame("inquiries")) == {}
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
    found = talk_times(reports)["phone"]
    assert (found.mean_min, found.n, found.is_cv_measured) == (5.0, 4, False)
