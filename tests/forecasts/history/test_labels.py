"""Words that make a record something else than data."""

import pytest

from forecasts.history.labels import TOTAL_BEGINS, TOTALS, is_note, is_total, is_wording


@pytest.mark.parametrize(
    "text",
    [
        "合計",
        "小 計",
        "ＴＯＴＡＬ",
        "令和8年3月2日 計",
        "2026/3/2合計",
        "3月2日　計",
        "3月計",
        "2026年3月 小計",
        "令和7年度計",
    ],
)
def test_a_word_for_sums_stands_alone_or_after_a_span(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["会計", "統計", "電話 計", "合計係", "3月2日", "計画", "13月計", ""])
def test_a_text_that_only_holds_the_word_is_no_sum(text: str) -> None:
    assert not is_total(text)


def test_every_word_for_sums_begins_as_is_looked_for() -> None:
    assert all(word[0] in TOTAL_BEGINS for word in TOTALS)


@pytest.mark.parametrize("text", ["※ 集計中である。", "（注）架空データ", "以上", "1／2ページ", "全10件"])
def test_notes(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize(("text", "is_words"), [("集計中です", True), ("INC0001", False), ("架空1", False)])
def test_words_are_told_from_numbers_of_inquiries(text: str, is_words: bool) -> None:
    assert is_wording(text) is is_words
