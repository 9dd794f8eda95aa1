import pytest

from forecasts.history.presets import PRESETS, elapsed_columns, preset_of

SERVICENOW_JA = [
    "番号",
    "開始日時",
    "ステータス",
    "作業開始日時",
    "作業終了日時",
    "クローズ日時",
    "部門別カテゴリ1",
]
SERVICENOW_EN = [
    "number",
    "opened_at",
    "contact_type",
    "category",
    "assignment_group",
    "closed_at",
    "calendar_duration",
]
REDMINE_JA = [
    "#",
    "トラッカー",
    "ステータス",
    "優先度",
    "題名",
    "担当者",
    "作成日",
    "終了日",
    "作業時間",
    "開始日",
    "期日",
]
PLAIN = ["受付番号", "受付日時", "受付方法", "対応時間(分)"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (SERVICENOW_JA, "servicenow_ja"),
        (["番号", "オープン日時", "連絡タイプ", "ステータス"], "servicenow_ja"),
        (SERVICENOW_EN, "servicenow_en"),
        (["Number", "Opened", "Contact type", "Category"], "servicenow_en"),
        (REDMINE_JA, "redmine_ja"),
        (PLAIN, "plain"),
        (["番号", "受付日時"], "plain"),
        (["case", "opened"], "plain"),
        ([], "plain"),
    ],
)
def test_a_system_is_told_by_its_header(header: list[str], name: str) -> None:
    assert preset_of(header).name == name


def test_the_list_of_presets_is_this_one() -> None:
    assert [preset.name for preset in PRESETS] == ["servicenow_ja", "servicenow_en", "redmine_ja", "plain"]


def test_servicenow_in_japanese_has_no_handling_time() -> None:
    assert preset_of(SERVICENOW_JA).recognised(SERVICENOW_JA) == {
        "number": "番号",
        "received_at": "開始日時",
        "closed_at": "クローズ日時",
        "category": "部門別カテゴリ1",
    }
    assert elapsed_columns(SERVICENOW_JA) == ("作業開始日時", "作業終了日時")


def test_servicenow_in_english_does_not_take_durations_for_handling_times() -> None:
    found = preset_of(SERVICENOW_EN).recognised([*SERVICENOW_EN, "Duration", "opened_by"])
    assert found == {
        "number": "number",
        "received_at": "opened_at",
        "channel": "contact_type",
        "category": "category",
        "closed_at": "closed_at",
    }
    assert (
        preset_of(SERVICENOW_EN).recognised([*SERVICENOW_EN, "time_worked"])["handling_min"] == "time_worked"
    )


def test_redmine_counts_hours_and_its_planned_start_is_no_receipt() -> None:
    preset = preset_of(REDMINE_JA)
    assert preset.recognised(REDMINE_JA) == {
        "number": "#",
        "received_at": "作成日",
        "kind": "トラッカー",
        "handler": "担当者",
        "closed_at": "終了日",
        "handling_min": "作業時間",
    }
    assert preset.units == {"handling_min": "h"}
    assert preset.names("handling_min", "作業 時間")
    assert not preset.names("handling_min", "対応時間")


def test_a_column_of_ones_own_goes_by_the_usual_names() -> None:
    header = [*REDMINE_JA, "受付方法", "部局"]
    found = preset_of(header).recognised(header)
    assert (found["channel"], found["bureau"]) == ("受付方法", "部局")
