import pytest

from forecasts.history.aliases import ALIASES, recognised_columns, unread_because
from forecasts.history.kinds import KINDS, Kind
from forecasts.history.text import key_of

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
        "number": "受付番号",
        "received_at": "受付日時",
        "channel": "受付方法",
        "category": "分類",
        "bureau": "部局",
        "closed_at": "完了日時",
        "answered_at": "応答日時",
        "abandoned_at": "切断日時",
        "handling_min": "対応時間(分)",
    }


@pytest.mark.parametrize(
    ("column", "field"),
    [
        # Every name of DOMAIN.md §6 that is no single kind's special case.
        ("受付日時", "received_at"), ("開始日時", "received_at"), ("オープン日時", "received_at"),
        ("作成日", "received_at"), ("登録日時", "received_at"), ("起票日時", "received_at"),
        ("発生日時", "received_at"), ("受付日", "received_on"), ("受付時刻", "received_time"),
        ("完了日時", "closed_at"), ("クローズ日時", "closed_at"), ("終了日", "closed_at"),
        ("解決日時", "closed_at"), ("受付方法", "channel"), ("受付チャネル", "channel"),
        ("問合せ手段", "channel"), ("お問い合わせ手段", "channel"), ("種別", "kind"), ("区分", "kind"),
        ("トラッカー", "kind"), ("分類", "category"), ("カテゴリ", "category"), ("部局", "bureau"),
        ("所属", "bureau"), ("部署", "bureau"), ("担当者", "handler"), ("対応者", "handler"),
        ("アサイン先", "handler"), ("対応時間", "handling_min"), ("作業時間", "handling_min"),
        ("所要時間(分)", "handling_min"), ("所要時間（秒）", "handling_min"),
        ("エスカレーション", "escalated"),
        # Other widths, cases and languages.
        ("クローズ 日時", "closed_at"), ("部門別カテゴリ１", "category"), ("Received_At", "received_at"),
        ("number", "number"), ("opened", "received_at"), ("opened_at", "received_at"),
        ("Contact Type", "channel"), ("assigned_to", "handler"), ("Category", "category"),
    ],
)  # fmt: skip
def test_a_column_of_a_list_is_recognised_by_its_name(column: str, field: str) -> None:
    assert recognised_columns(["優先度", column]) == {field: column}


@pytest.mark.parametrize(
    ("kind", "header", "fields"),
    [
        (
            "intervals",
            ["日付", "時間帯", "スキル", "入電数", "応答数", "放棄呼", "平均通話時間（秒）", "平均待ち時間"],
            ["start_on", "start_time", "channel", "offered", "answered", "abandoned", "talk_s", "wait_s"],
        ),
        (
            "intervals",
            ["Interval Start", "Queue", "Calls Offered", "Answered", "Abandoned", "AHT", "ASA"],
            ["start_at", "channel", "offered", "answered", "abandoned", "talk_s", "wait_s"],
        ),
        ("totals", ["年月", "受付方法", "問合せ件数"], ["month", "channel", "count"]),
        ("totals", ["年月日", "件数"], ["day", "count"]),
        (
            "attendance",
            ["日付", "等級", "出勤", "退勤", "配置人数"],
            ["day", "role", "start_time", "end_time", "heads"],
        ),
        (
            "attendance",
            ["date", "role", "start", "end", "heads"],
            ["day", "role", "start_time", "end_time", "heads"],
        ),
    ],
)
def test_columns_of_reports_are_recognised(kind: Kind, header: list[str], fields: list[str]) -> None:
    assert recognised_columns(header, kind) == dict(zip(fields, header, strict=True))


def test_of_several_names_the_one_nearest_to_the_call_wins() -> None:
    assert recognised_columns(["作成日", "受付日時"]) == {"received_at": "受付日時"}
    assert recognised_columns(["受付日時", "受付 日時"]) == {"received_at": "受付日時"}


def test_no_name_stands_for_two_fields_of_a_kind() -> None:
    for kind, fields in ALIASES.items():
        assert fields.keys() == KINDS[kind].keys()
        keys = [key for field, names in fields.items() for key in {key_of(name) for name in (field, *names)}]
        assert len(keys) == len(set(keys)), kind


def test_a_strange_header_is_not_guessed_at() -> None:
    assert recognised_columns(["優先度", "氏名", "件名", "duration", ""]) == {}


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        ("問合せ者", "personal"), ("お問い合わせ者", "personal"), ("申請者", "personal"),
        ("氏名", "personal"), ("依頼者氏名", "personal"), ("電話番号", "personal"),
        ("連絡先電話番号", "personal"), ("メールアドレス", "personal"), ("内線", "personal"),
        ("担当者", "personal"), ("Caller", "personal"), ("requested_for", "personal"),
        ("opened_by", "personal"), ("Email", "personal"), ("件名", "free_text"), ("概要", "free_text"),
        ("問い合わせ内容", "free_text"), ("題名", "free_text"), ("備考", "free_text"),
        ("short_description", "free_text"), ("Work notes", "free_text"), ("優先度", "unused"), ("", "unused"),
    ],
)  # fmt: skip
def test_what_is_personal_or_free_text_is_known(column: str, reason: str) -> None:
    assert unread_because(column) == reason
