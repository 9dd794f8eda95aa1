import pytest

from forecasts.faults import FaultyFile
from forecasts.history.kinds import Kind
from forecasts.history.locating import located
from forecasts.history.mapping import FileMapping

HEADER = ("番号", "受付日時", "受付方法", "対応時間（分）", "対応時間 (分)")


def faults_of(mapping: FileMapping) -> list[tuple[str, str, str]]:
    with pytest.raises(FaultyFile) as caught:
        located(mapping, HEADER, "a.csv", 3)
    assert all(fault.place == "a.csv" for fault in caught.value.faults)
    return [(fault.code, fault.column, fault.value) for fault in caught.value.faults]


def test_a_column_is_found_by_its_name_or_by_another_spelling_of_it() -> None:
    mapping = FileMapping(columns={"received_at": "受付 日時", "channel": "受付方法"})
    assert located(mapping, HEADER, "a.csv") == {"received_at": 1, "channel": 2}


def test_every_fault_of_a_mapping_is_told() -> None:
    columns = {
        "number": "番号",
        "kind": "番号",
        "x": "y",
        "handling_min": "対応時間(分)",
        "closed_at": "完了",
    }
    assert faults_of(FileMapping(columns=columns)) == [
        ("unknown_field", "x", "x"),
        ("unmapped_field", "received_at", ""),
        ("unmapped_field", "channel", ""),
        ("shared_column", "番号", "kind"),
        ("missing_column", "完了", "closed_at"),
        ("duplicate_column", "対応時間(分)", "handling_min"),
    ]


def test_a_name_that_stands_there_as_it_is_wins_over_other_spellings() -> None:
    columns = {"received_at": "受付日時", "channel": "受付方法", "handling_min": "対応時間 (分)"}
    assert located(FileMapping(columns=columns), HEADER, "a.csv")["handling_min"] == 4


def test_the_channel_may_be_told_by_the_mapping() -> None:
    assert located(FileMapping(columns={"received_on": "受付日時"}, channel="phone"), HEADER, "a.csv")


@pytest.mark.parametrize(
    ("kind", "columns", "lacking"),
    [
        ("intervals", {"start_on": "番号"}, ["offered", "channel"]),
        ("totals", {"month": "*", "count": "*"}, ["channel"]),
        ("attendance", {"day": "番号"}, ["start_time", "role"]),
    ],
)
def test_each_kind_needs_its_own_fields(kind: Kind, columns: dict[str, str], lacking: list[str]) -> None:
    assert [column for _, column, _ in faults_of(FileMapping(kind, columns))] == lacking
