"""Abnormal days in sentences."""

from dataclasses import replace
from datetime import date

import pytest

from forecasts.abnormal import AbnormalDay
from planner.wording.abnormal import (
    ABNORMAL_KINDS,
    MARK_REASONS,
    NO_ABNORMAL_DAY,
    abnormal_answer,
    abnormal_sentence,
    likely_reason,
)

NAMES = {"phone": "電話"}
SURGE = AbnormalDay(date(2024, 9, 10), "phone", "surge", 90, 25.1, 15, 36, 1e-19)
NOTHING = AbnormalDay(date(2024, 9, 11), "", "outage", 0, 55.2, 39, 74, 1e-20)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (SURGE, "令和6年9月10日（火）は、電話が90件で、平常（15〜36件）の3.6倍である。"),
        (NOTHING, "令和6年9月11日（水）は、問合せの記録がない。平常は39〜74件である。"),
        (
            replace(NOTHING, count=4),
            "令和6年9月11日（水）は、問合せが4件で、平常（39〜74件）の7%にとどまる。",
        ),
        (
            replace(SURGE, code="hole", count=0, expected=15.4, hours=(570, 705)),
            "令和6年9月10日（火）は、9:30〜11:45に電話の記録がない。同じ時間帯の平常は約15件である。",
        ),
    ],
)
def test_a_day_is_told_with_what_is_usual(found: AbnormalDay, sentence: str) -> None:
    assert abnormal_sentence(found, NAMES) == sentence


def test_the_answer_counts_days_not_findings() -> None:
    both = (SURGE, replace(SURGE, channel="mail"), NOTHING)
    assert abnormal_answer(both) == (
        "確認の要る日が2日ある（記録がほとんどない日 1日、平常より大幅に多い日 1日）。"
    )
    assert abnormal_answer(()) == NO_ABNORMAL_DAY


@pytest.mark.parametrize("code", ABNORMAL_KINDS)
def test_the_likely_reason_is_one_of_those_offered(code: str) -> None:
    assert likely_reason(replace(SURGE, code=code)) in MARK_REASONS
