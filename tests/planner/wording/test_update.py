"""What came against what was forecast, in sentences."""

from dataclasses import replace
from datetime import date
from typing import get_args

import numpy as np
import pytest

from forecasts.slots import Grid
from forecasts.update import Alarm, Code, Surprise, updated_day
from planner.wording.update import (
    SURPRISES,
    alarm_answer,
    day_update_sentence,
    rarity,
    reach_words,
    running_title,
    surprise_sentence,
    until_words,
    untimed_words,
)
from tests.forecasts.update_builder import made

GRID = Grid(30)
MANY = Surprise(date(2026, 4, 1), date(2026, 4, 1), 1, None, 145, 110.2, 92, 142, 0.04, "above")
SUM = replace(MANY, first=date(2026, 3, 26), days=5, actual=640, low=500, high=600)


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.5, "約2日に1日の多さ"),
        (0.12, "約8日に1日の多さ"),
        (0.052, "約20日に1日の多さ"),
        (0.03, "約35日に1日の多さ"),
        (0.009, "約100日に1日の多さ"),
        (1 / 239, "約200日に1日の多さ"),
        (0.004, "1年（約240開庁日）に1日もない多さ"),
        (1.0, "約2日に1日の多さ"),
    ],
)
def test_rarity_is_told_in_round_numbers(chance: float, said: str) -> None:
    assert rarity(chance, is_more=True) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            MANY,
            "令和8年4月1日（水）の問合せは145件で、予測（90%予測区間 92〜142件）を上回り、"
            "約25日に1日の多さである。",
        ),
        (
            replace(MANY, actual=120, code="within", chance=0.3),
            "令和8年4月1日（水）の問合せは120件で、予測（90%予測区間 92〜142件）の範囲内である。",
        ),
        (
            replace(MANY, actual=40, code="far_below", chance=0.001, until_slot=21),
            "令和8年4月1日（水）10時30分までの問合せは40件で、予測（90%予測区間 92〜142件）を下回り、"
            "1年（約240開庁日）に1日もない少なさである。",
        ),
        (
            SUM,
            "令和8年3月26日（木）から4月1日（水）までの問合せは640件で、"
            "予測（90%予測区間 500〜600件）を上回り、"
            "約25回に1回の多さである。",
        ),
    ],
)
def test_what_came_is_told_with_what_was_expected(found: Surprise, said: str) -> None:
    assert surprise_sentence(found, GRID) == said


def test_the_answer_names_the_sum_that_is_most_unusual() -> None:
    assert alarm_answer(Alarm("above", 0.05, SUM, (MANY, SUM)), GRID) == (
        "想定以上の問合せがある。令和8年3月26日（木）から4月1日（水）までの問合せは640件で、"
        "見込みは110件であった（約20日に1日の多さ）。"
    )
    assert alarm_answer(Alarm("within", 0.3, MANY, (MANY,)), GRID) == "問合せは、想定の範囲内で推移している。"


@pytest.mark.parametrize("code", get_args(Code))
def test_every_code_has_words(code: Code) -> None:
    assert SURPRISES[code]
    assert alarm_answer(Alarm(code, 0.01, MANY, (MANY,)), GRID).endswith("。")


def test_the_rest_of_a_day_is_told_with_what_it_was() -> None:
    forecast = made(paths=200, shape=20.0)
    observed = np.zeros((24, 1), dtype=np.int64)
    observed[9] = 30
    update = updated_day(forecast, forecast.days[0], observed, 12, 3)
    said = day_update_sentence(update, forecast.grid)
    assert said.startswith("12時までの問合せは30件（当初の見込み24件）で、令和8年4月1日（水）の全体では")
    assert said.count("80%予測区間") == 2
    assert running_title(update, forecast.grid) == (
        f"12時までに30件（見込み24件）、1日では{round(update.total.mean)}件の見込み"
    )


def test_how_far_records_reach_is_told_with_what_the_first_expectation_is() -> None:
    assert reach_words(645.3, has_days_before=False).startswith("最後の記録は10時45分である。")
    assert "当初とは、基準日の時点の見込みをいう。" in reach_words(645.3, has_days_before=False)
    assert "その日の朝の見込みをいう。" in reach_words(600.0, has_days_before=True)


def test_days_beside_a_running_one_are_named() -> None:
    assert until_words(date(2026, 4, 1)).startswith("4月1日（水）まで")
    assert untimed_words(date(2026, 4, 1)).startswith("4月1日（水）は受付の途中まで")
