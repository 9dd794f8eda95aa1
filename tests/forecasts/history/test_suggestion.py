from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.history.mapping import FileMapping
from forecasts.history.sheets import raw_of
from tests.forecasts.history.suggestion_builder import HEADER, doubts, of, of_bytes

SAMPLE = Path(__file__).parents[3] / "data" / "sample" / "inquiries.csv"


def test_the_sample_needs_nothing_from_a_person() -> None:
    found = of_bytes(raw_of(SAMPLE))
    assert found.mapping.columns == {
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
    assert found.mapping.channels == {"電話": "phone", "メール": "mail", "申請": "form", "来室": "walk_in"}
    assert found.mapping.units == {"handling_min": "min"}
    assert (found.preset, found.missing, found.unmapped, found.doubts) == ("plain", (), {}, ())


@pytest.mark.skipif(is_missing("data/servicenow_incidents.csv"), reason=REASON)
def test_the_incidents_of_servicenow_are_understood_whole() -> None:
    found = of_bytes(raw_of(shared("data/servicenow_incidents.csv")))
    assert found.mapping == FileMapping(
        columns={
            "number": "number", "received_at": "opened", "channel": "contact_type", "category": "category",
        },
        channels={
            "Phone": "phone", "IVR": "phone", "Email": "mail", "Self service": "form",
            "Direct opening": "walk_in",
        },
    )  # fmt: skip
    assert found.preset == "servicenow_en"
    assert found.unmapped == {"priority": "unused", "assignment_group": "unused"}
    assert found.missing == found.doubts == ()


@pytest.mark.skipif(is_missing("data/helpdesk_italy_tickets.csv"), reason=REASON)
def test_tickets_without_a_channel_are_the_first_one_with_a_doubt() -> None:
    found = of_bytes(raw_of(shared("data/helpdesk_italy_tickets.csv")))
    assert found.mapping == FileMapping(columns={"number": "case", "received_at": "opened"}, channel="phone")
    assert (found.preset, found.missing) == ("plain", ())
    assert doubts(found) == {"one_channel": "電話"}


def test_personal_columns_and_free_text_are_named_as_never_read() -> None:
    found = of(f"{HEADER},氏名,件名,優先度,対応者", "A1,2026/3/2 8:30,電話,甲,乙,高,丙")
    assert found.unmapped == {"氏名": "personal", "件名": "free_text", "優先度": "unused"}
    assert found.mapping.columns["handler"] == "対応者"


def test_written_channels_that_nothing_matches_are_named_and_left_out() -> None:
    found = of(HEADER, "A1,2026/3/2 8:30,TEL", "A2,2026/3/2 8:31,FAX", "A3,2026/3/2 8:32,電話・メール")
    assert found.mapping.channels == {"TEL": "phone"}
    assert doubts(found) == {"unknown_channels": "FAX、電話・メール"}
    many = of(HEADER, *(f"A{n},2026/3/2 8:30,手段{n}" for n in range(30)))
    assert doubts(many)["unknown_channels"].endswith("手段9 …")


def test_a_channel_far_down_the_file_is_found_too() -> None:
    rows = [f"A{n},2026/3/2 8:30,電話" for n in range(3_000)]
    assert of(HEADER, *rows, "B1,2026/3/2 8:30,IVR").mapping.channels == {"電話": "phone", "IVR": "phone"}


def test_a_duration_without_a_unit_is_doubted_only_where_it_matters() -> None:
    bare = of(f"{HEADER},対応時間", "A1,2026/3/2 8:30,電話,15")
    assert (bare.mapping.units, doubts(bare)) == ({"handling_min": "min"}, {"assumed_unit": "対応時間"})
    assert not of(f"{HEADER},対応時間", "A1,2026/3/2 8:30,電話,15分").doubts
    told = of(f"{HEADER},対応時間（秒）", "A1,2026/3/2 8:30,電話,900")
    assert (told.mapping.units, told.doubts) == ({"handling_min": "s"}, ())


def test_redmine_counts_hours() -> None:
    found = of(
        "#,トラッカー,ステータス,題名,作成日,終了日,作業時間",
        "12,問合せ,終了,件,2026/03/02 08:30,2026/03/02,0.25",
    )
    assert (found.preset, found.mapping.units) == ("redmine_ja", {"handling_min": "h"})
    assert found.unmapped == {"ステータス": "unused", "題名": "free_text"}


def test_times_that_passed_are_not_taken_for_handling() -> None:
    found = of("number,opened_at,contact_type,duration", "INC1,2026-03-02 08:30:00,Phone,5400")
    assert "handling_min" not in found.mapping.columns
    assert doubts(found) == {"elapsed_not_handling": "duration"}


def test_a_strange_table_says_what_is_missing() -> None:
    found = of("あ,い", "1,2")
    assert found.missing == ("received_at",)
    assert found.mapping.columns == {}


def test_a_remembered_mapping_is_taken_as_it_was_confirmed() -> None:
    confirmed = FileMapping(
        columns={"received_at": "登録日時", "channel": "手段"}, channels={"電話": "mail"}, header_line=3
    )
    found = of("登録日時,受付日時,手段", "2026/3/2 9:00,2026/3/2 8:30,電話", remembered=[confirmed])
    assert found.mapping == confirmed
    assert found.is_remembered
    assert found.doubts == ()
    assert found.unmapped == {"受付日時": "unused"}


def test_new_words_under_a_remembered_mapping_are_doubted() -> None:
    confirmed = FileMapping(
        columns={"received_at": "受付日時", "channel": "受付方法"}, channels={"電話": "phone"}
    )
    found = of(HEADER, "A1,2026/3/2 8:30,ＦＡＸ", "A2,2026/3/2 8:30,電話", remembered=[confirmed])
    assert doubts(found) == {"unknown_channels": "ＦＡＸ"}
    every = replace(confirmed, channels={"*": "phone"})
    assert not of(HEADER, "A1,2026/3/2 8:30,FAX", remembered=[every]).doubts


def test_a_remembered_mapping_fits_only_where_columns_and_codes_are_there() -> None:
    row = "A1,2026/3/2 8:30,電話"
    gone = FileMapping(columns={"received_at": "受付日時", "category": "分類"}, channel="phone")
    closed = FileMapping(columns={"received_at": "受付日時"}, channel="fax")
    older = FileMapping(columns={"received_at": "受付 日時"}, channel="mail")
    oldest = replace(older, channel="form")
    assert of(HEADER, row, remembered=[gone, closed, older, oldest]).mapping == older
    assert not of(HEADER, row, remembered=[gone, closed]).is_remembered


def test_a_mapping_of_another_kind_fits_only_where_it_says_most_of_the_header() -> None:
    lines = ("日付,役割,始業,終業,人数", "2026/3/2,一般SE,8:30,17:30,2")
    by_day = FileMapping(columns={"received_on": "日付"}, channel="phone")
    assert of(*lines, remembered=[by_day]).mapping.kind == "attendance"
    corrected = FileMapping("totals", {"day": "日付", "count": "人数", "channel": "役割"}, {"*": "phone"})
    assert of(*lines, remembered=[by_day, corrected]).mapping == corrected


def test_a_remembered_table_of_months_fits_the_next_year() -> None:
    confirmed = FileMapping("totals", {"month": "*", "count": "*"}, channel="phone")
    found = of("令和8年度,,", "受付方法,4月,5月,6月", "電話,1,2,3", remembered=[confirmed])
    assert found.is_remembered
    assert not of(HEADER, "A1,2026/3/2 8:30,電話", remembered=[confirmed]).is_remembered


def test_a_duration_that_may_be_minutes_or_hours_is_a_doubt() -> None:
    rows = ("1,2026/3/2 8:30,電話,2:30", "2,2026/3/2 8:40,電話,4:00")
    assert doubts(of(f"{HEADER},対応時間", *rows))["open_clock"] == "対応時間"
    assert "open_clock" in doubts(of(f"{HEADER},対応時間(分)", *rows))
    assert "open_clock" not in doubts(of(f"{HEADER},対応時間(秒)", *rows))


def test_a_time_that_cannot_be_read_is_told() -> None:
    found = of("受付日,受付時刻,受付方法", "2026/3/2,午前,電話", "2026/3/3,午後,電話")
    assert doubts(found) == {"unlike_its_name": "受付時刻", "day_only": "受付日"}


def test_a_day_with_midnight_behind_it_leaves_the_time_to_the_column_of_times() -> None:
    found = of(
        "受付日,受付時刻,受付方法",
        "2026/3/2 0:00:00,1899/12/30 9:05:00,電話",
        "2026/3/3 0:00:00,1899/12/30 9:15:00,電話",
    )
    assert found.mapping.columns["received_time"] == "受付時刻"
    assert doubts(found) == {}
