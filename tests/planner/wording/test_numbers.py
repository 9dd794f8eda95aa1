"""Figures are rounded to what is known, and near 0 % or 100 % is not said to be it."""

import pytest

from planner.wording.dates import percent
from planner.wording.findings import busiest_hour, rise, short_spans, shortage_finding, spans_of
from planner.wording.numbers import count_span, duration, hours, share_span


@pytest.mark.parametrize(
    ("low", "high", "said"), [(91.6, 142.3, "92〜142"), (5.8, 6.2, "6"), (900.0, 1200.0, "900〜1,200")]
)
def test_intervals_of_inquiries(low: float, high: float, said: str) -> None:
    assert count_span(low, high) == said


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0%"), (0.001, "1%未満"), (0.996, "99%超"), (1.0, "100%"), (0.5, "50%")]
)
def test_near_none_and_near_all(share: float, said: str) -> None:
    assert percent(share) == said


def test_shares_keep_their_interval() -> None:
    assert share_span(0.78, 0.72, 0.83) == "78%（72〜83%）"
    assert share_span(0.97, 0.97, 0.972) == "97%（97%）"
    assert share_span(0.002, 0.001, 0.01) == "1%未満（1%未満〜1%）"


def test_durations() -> None:
    assert [duration(m) for m in (30, 60, 90)] == ["30分", "1時間", "1時間30分"]
    assert [hours(h) for h in (0.0, 7.5, 10.0, -2.5)] == ["0時間", "7.5時間", "10時間", "-2.5時間"]


def test_slots_that_follow_one_another_are_joined() -> None:
    assert spans_of((36, 37, 40), 15) == ((540, 570), (600, 615))
    assert short_spans((36, 37, 40), 15) == "9:00〜9:30、10:00〜10:15"
    assert "9:00〜9:30など" in shortage_finding((36, 37, 40), 15)
    assert "満たす" in shortage_finding((), 15)


def test_a_rise_is_only_said_where_there_is_one() -> None:
    assert [rise(r) for r in (1.44, 1.02, 0.98, 0.6)] == [
        "平常の約1.4倍",
        "平常並み",
        "平常並み",
        "平常の約0.6倍",
    ]
    rows = {weekday: [0.0] * 24 for weekday in range(6)}
    rows[0][9], rows[0][0] = 12.6, 90.0  # what came on the weekend stands at midnight
    assert busiest_hour(rows, range(8, 18)) == "最も多いのは月曜日の9時台（1時間に約13件）"
    rows[5][10] = 20.0
    assert busiest_hour(rows, range(8, 18)).startswith("最も多いのは土曜日の10時台")
