import pytest

from forecasts.history.aliases import ALIASES, recognised_columns
from forecasts.history.cells import key_of

SAMPLE = [
    "受付番号",
    "受付日時",
    "受付方法",
    "分類",
    "部局",
    "応答日時",
    "切断日時",
    "完了日時",
    "対応時間(分)",
]


def test_the_sample_is_recognised_whole() -> None:
    assert recognised_columns(SAMPLE) == {
        "received_at": "受付日時",
        "channel": "受付方法",
        "category": "分類",
        "closed_at": "完了日時",
        "answered_at": "応答日時",
        "abandoned_at": "切断日時",
        "handling_min": "対応時間(分)",
    }


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("オープン日時", "received_at"),
        ("お問い合わせ手段", "channel"),
        ("クローズ 日時", "closed_at"),
        ("部門別カテゴリ１", "category"),
        ("所要時間（分）", "handling_min"),
        ("Received_At", "received_at"),
    ],
)
def test_other_names_and_widths_are_recognised(column: str, field: str) -> None:
    assert recognised_columns(["番号", column]) == {field: column}


def test_of_several_names_the_one_nearest_to_the_call_wins() -> None:
    assert recognised_columns(["作成日", "受付日時"]) == {"received_at": "受付日時"}
    assert recognised_columns(["受付日時", "受付 日時"]) == {"received_at": "受付日時"}


def test_no_name_stands_for_two_fields() -> None:
    keys = [key_of(name) for names in ALIASES.values() for name in names]
    assert len(keys) == len(set(keys))


def test_a_strange_header_is_not_guessed_at() -> None:
    assert recognised_columns(["number", "opened", "氏名", ""]) == {}
