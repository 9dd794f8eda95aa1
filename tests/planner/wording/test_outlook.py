from datetime import date

import pytest

from forecasts.regressors import CALENDAR_KINDS
from planner.outlook import HORIZON_WEEKS
from planner.wording.outlook import (
    CALENDAR_EFFECTS,
    HORIZONS,
    answer_words,
    beside_words,
    calibration_title,
    change_words,
    chosen_words,
    covered_words,
    difference_words,
    errors_title,
    family_name,
    plain_span,
    total_words,
    what_if_basis,
    years_words,
)
from planner.wording.surprise import REMEDIES, days_words, place_words, updated_words
from planner.wording.update import SURPRISES

TODAY = date(2026, 3, 2)


def test_every_horizon_and_calendar_effect_has_a_name() -> None:
    assert tuple(HORIZONS) == HORIZON_WEEKS
    assert set(CALENDAR_KINDS) <= set(CALENDAR_EFFECTS)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 4, 1), date(2026, 4, 8), "4月1日から8日まで"),
        (date(2026, 4, 1), date(2026, 5, 8), "4月1日から5月8日まで"),
        (date(2026, 4, 1), date(2026, 4, 1), "4月1日"),
        (date(2027, 4, 1), date(2027, 4, 8), "令和9年4月1日から8日まで"),
        (date(2026, 12, 28), date(2027, 1, 5), "12月28日から令和9年1月5日まで"),
    ],
)
def test_spans_are_written_shortly_and_with_the_year_where_it_is_another(
    first: date, last: date, words: str
) -> None:
    assert plain_span(first, last, TODAY) == words


def test_the_answer_says_when_how_much_and_how_sure() -> None:
    assert answer_words("4月1日から8日まで", 1.9, 92.2, 141.7) == (
        "4月1日から8日までの問合せは平常の約1.9倍、80%の確率で1日に92〜142件の見込みである。"
    )
    assert "電話の問合せは平常並み" in answer_words("4月", 1.02, 9, 12, "電話")
    assert total_words((1, 2, 3, 4, 5, 6, 7), 10) == "期間（10開庁日）の合計は4件（80%予測区間 2〜6件）"


@pytest.mark.parametrize(
    ("years", "words"),
    [((), "―"), ((2025,), "令和7年"), ((2021, 2022, 2023), "令和3〜5年"), ((2021, 2023), "令和3、5年")],
)
def test_years_of_past_events(years: tuple[int, ...], words: str) -> None:
    assert years_words(years) == words


def test_families_are_named() -> None:
    assert family_name("transfer") == "人事異動"
    assert family_name("own:棚卸し") == "棚卸し"
    assert family_name("diet_opening") == "国会の召集（常会・特別会）"
    assert family_name("after_closure") == "4日以上の閉庁が明けた日"


def test_accuracy_in_words() -> None:
    assert covered_words(0.6, 0.9).endswith("区間はやや狭く、実際の幅はこれより広いと見る。")
    assert covered_words(0.95, 0.99).endswith("区間はやや広めで、安全側である。")
    assert covered_words(0.8, 0.95).endswith("ほぼ実際のとおりである。")
    assert "誤差は30%小さい。" in beside_words("last_year_growth", 0.7, None)
    assert "誤差は20%大きい、行事の日に限ればほぼ同じである。" in beside_words("recent_mean", 1.2, 1.01)
    assert calibration_title([(0.5, 0.52)]) == "ほぼ予測した割合どおりである"
    assert calibration_title([(0.5, 0.62), (0.8, 0.8)]) == "予測した割合と最大12ポイント違う"
    assert errors_title("1開庁日先", 0.1, 0.2) == "1開庁日先の誤差は10%（うち偶然10%）"
    assert "過去の当たり方" in chosen_words("combined", "learned")
    assert chosen_words("untested", "") != ""


@pytest.mark.parametrize(
    ("shift", "times", "words"),
    [
        (3, 1.0, "「異動」が3開庁日遅くなった場合"),
        (-2, 1.5, "「異動」が2開庁日早くなり、人数が1.5倍になった場合"),
        (0, 2.0, "「異動」の人数が2倍になった場合"),
    ],
)
def test_a_change_in_words(shift: int, times: float, words: str) -> None:
    assert change_words("異動", shift, times) == words


def test_a_trial_says_which_model_answers_and_what_headcounts_can_tell() -> None:
    plain = what_if_basis("joint", is_other=False, is_resized=False)
    assert plain == "行事を考慮した負の二項回帰だけによる試算である。"
    said = what_if_basis("joint", is_other=True, is_resized=True)
    assert said.startswith(
        "行事を考慮した負の二項回帰だけによる試算であるため、上の見通しの件数とは一致しない。"
    )
    assert "人数が2倍になっても、増える件数が2倍になるとは限らない。" in said


def test_a_difference_whose_sign_is_not_known_is_said_to_be_none() -> None:
    assert difference_words((0, 40, 0, 60, 0, 85, 0)) == "合計の見込みは約60件増える（80%の確率で40〜85件）"
    assert difference_words((0, -85, 0, -60, 0, -40, 0)) == "合計の見込みは約60件減る（80%の確率で40〜85件）"
    assert "ほぼ変わらない（80%の確率で9件の減〜12件の増）" in difference_words((0, -9, 0, 2, 0, 12, 0))
    assert difference_words((0.0,) * 7) == "合計の見込みは変わらない"


def test_every_alarm_has_a_remedy_and_days_their_place() -> None:
    assert set(REMEDIES) == set(SURPRISES)
    assert days_words(date(2026, 3, 6), date(2026, 3, 6), 1) == "3月6日（金）"
    assert days_words(date(2026, 3, 4), date(2026, 3, 6), 3) == "3月4日（水）〜3月6日（金）の3開庁日"
    assert place_words(5, (4, 6), (2, 8)) == "80%予測区間の内"
    assert place_words(7, (4, 6), (2, 8)) == "80%予測区間の上（95%予測区間の内）"
    assert place_words(1, (4, 6), (2, 8)) == "95%予測区間の下"
    assert "合計は20件（80%予測区間 10〜30件）" in updated_words(20, (10, 20, 30), (9, 19, 29))
