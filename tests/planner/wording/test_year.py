"""The words of a capacity plan."""

from datetime import date

import pytest

from planner.wording import year

APRIL = date(2026, 4, 1)
MONTHS = tuple(date(2026, n, 1) for n in range(4, 13))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("as_is", 1.0, None, 1.0), "現状のまま"),
        (("users", 0.8, APRIL, 1.0), "利用者が20%減（令和8年4月1日から）"),
        (("handling", 1.0, None, 1.1), "処理時間が10%増"),
        (("one_fewer", 1.0, None, 1.0), "常駐が1人減"),
        (("asked", 0.9, APRIL, 1.05), "試算: 利用者10%減（令和8年4月1日から）、処理時間5%増"),
        (("asked", 1.0, None, 1.2), "試算: 処理時間20%増"),
    ],
)
def test_a_scenario_has_a_name(arguments: tuple[str, float, date | None, float], said: str) -> None:
    assert year.case_name(*arguments) == said


def test_months_are_named_while_they_are_few() -> None:
    assert year.months_words(()) == "なし"
    assert year.months_words((date(2026, 4, 1), date(2026, 7, 1), date(2027, 1, 4))) == (
        "令和8年4月、7月、令和9年1月"
    )
    assert year.months_words(MONTHS) == "9か月"


def test_the_answer_says_whether_it_is_enough() -> None:
    assert "足りる。" in year.answer_words("令和8年度", 4, (), 0.2)
    assert "今の常駐4人では足りない月がある（令和8年4月）" in year.answer_words("令和8年度", 4, (APRIL,), 0.2)


def test_what_is_not_reached_is_said_first() -> None:
    said = year.remedy_words(2, 6, 10, 9_600_000, (APRIL,))
    assert said.startswith("選べる手段では令和8年4月の目標に届かない。最も近いのは、常駐6人（2人増）")
    assert "+9,600千円" in said


def test_spans_blocks_and_needs() -> None:
    assert year.span_words(APRIL, 12) == "令和8年度"
    assert year.span_words(date(2026, 12, 1), 24) == "令和8年12月からの24か月"
    assert year.block_words(APRIL, date(2026, 4, 10), 1, 2) == "4月1日〜10日 1人（2週）"
    assert year.blocks_words([(APRIL, date(2026, 5, 8), 2, 5)] * 6).endswith("\nほか2回")
    two_years = [(APRIL, date(2026, 4, 10), 1, 2), (date(2027, 1, 4), date(2027, 1, 15), 1, 2)]
    assert year.blocks_words(two_years) == "令和8年4月1日〜10日 1人（2週）\n令和9年1月4日〜15日 1人（2週）"
    assert year.need_words(5, is_reached=True, is_least=False) == "5人"
    assert year.need_words(9, is_reached=False, is_least=False) == "9人以上"
    assert year.need_words(3, is_reached=True, is_least=True) == "3人以下"
    assert year.signed_yen(-6_200_000) == "−6,200千円"
    assert year.left_words(((APRIL, 0.0004),)) == "届かない: 令和8年4月（不足 0.1ポイント未満）"


def test_a_chance_just_over_the_limit_is_marked() -> None:
    assert year.risk_words(0.204, is_missed=True) == "20%（超過）"
    assert year.risk_words(0.2, is_missed=False) == "20%"
