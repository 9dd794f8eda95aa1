from forecasts.history.mapping import FileMapping
from tests.forecasts.history.suggestion_builder import HEADER, doubts, of


def test_a_day_and_a_time_in_two_columns_are_taken_together() -> None:
    found = of("受付番号,受付日,受付時刻,登録日時", "A1,2026/3/2,8:30,2026/3/2 12:00")
    assert found.mapping.columns == {
        "number": "受付番号",
        "received_on": "受付日",
        "received_time": "受付時刻",
    }
    assert found.unmapped == {"登録日時": "unused"}


def test_a_day_column_that_tells_times_is_the_moment_itself() -> None:
    assert of("受付日,受付方法", "2026/3/2 8:30,電話").mapping.columns["received_at"] == "受付日"
    found = of("受付日,受付時刻,受付方法", "2026/3/2 8:30,8:30,電話").mapping
    assert found.columns == {"received_at": "受付日", "channel": "受付方法"}


def test_a_creation_with_a_time_beside_it_is_a_day() -> None:
    found = of("作成日,受付時刻,受付方法", "2026/3/2,8:30,電話").mapping
    assert found.columns == {"received_on": "作成日", "received_time": "受付時刻", "channel": "受付方法"}


def test_days_without_times_are_doubted() -> None:
    assert doubts(of("受付番号,受付日,受付方法", "A1,2026/3/2,電話"))["day_only"] == "受付日"
    assert "day_only" not in doubts(of(HEADER, "A1,2026/3/2 8:30,電話"))


def test_a_column_of_nothing_but_channels_is_one_under_any_name() -> None:
    found = of("受付番号,受付日時,区分", "A1,2026/3/2 8:30,電話", "A2,2026/3/2 8:31,メール")
    assert found.mapping.columns["channel"] == "区分"
    assert "kind" not in found.mapping.columns
    assert doubts(found) == {"channel_by_words": "区分"}


def test_numbers_that_count_the_rows_are_no_inquiry_numbers() -> None:
    found = of("No,受付日時,受付方法", *(f"{n},2026/3/2 8:30,電話" for n in range(1, 4)))
    assert "number" not in found.mapping.columns
    assert doubts(found) == {"row_numbers": "No"}
    assert of("No,受付日時,受付方法", "7,2026/3/2 8:30,電話").mapping.columns["number"] == "No"
    assert of(HEADER, "1,2026/3/2 8:30,電話").mapping.columns["number"] == "受付番号"


def test_a_column_unlike_its_name_is_left_out_unless_it_is_needed() -> None:
    found = of(f"{HEADER},エスカレーション", "A1,2026/3/2 8:30,電話,基盤係", "A2,2026/3/2 8:31,電話,端末係")
    assert "escalated" not in found.mapping.columns
    assert doubts(found) == {"unlike_its_name": "エスカレーション"}
    assert of(HEADER, "A1,きのう,電話").mapping.columns["received_at"] == "受付日時"


def test_the_report_of_an_exchange_is_the_telephone() -> None:
    found = of(
        "着信状況報告",
        "日付,時間帯,キュー,着信数,応答数,放棄呼,平均通話時間（秒）,平均待ち時間（秒）",
        "2026/3/2,9:00-9:30,第1窓口,5,4,1,180,12",
        "2026/3/2,9:30-10:00,第1窓口,5,4,1,180,12",
    )
    assert found.mapping == FileMapping(
        "intervals",
        {
            "start_on": "日付",
            "start_time": "時間帯",
            "channel": "キュー",
            "offered": "着信数",
            "answered": "応答数",
            "abandoned": "放棄呼",
            "talk_s": "平均通話時間（秒）",
            "wait_s": "平均待ち時間（秒）",
        },
        {"*": "phone"},
        units={"talk_s": "s", "wait_s": "s"},
    )
    assert (found.preset, found.missing) == ("", ())
    assert doubts(found) == {"queues_as_phone": "第1窓口"}


def test_an_exchange_may_tell_the_start_in_one_cell() -> None:
    found = of("日時,着信数,応答数", "2026/3/2 9:00,5,4").mapping
    assert found.columns == {"start_at": "日時", "offered": "着信数", "answered": "応答数"}
    assert found.channel == "phone"
    assert of("日付,着信数", "2026/3/2 9:00,5").mapping.columns == {"start_at": "日付", "offered": "着信数"}


def test_counts_by_hour_are_intervals() -> None:
    found = of("date,hour,count", "2026-03-02,9,4", "2026-03-02,10,5").mapping
    assert (found.kind, found.columns) == (
        "intervals",
        {"start_on": "date", "start_time": "hour", "offered": "count"},
    )


def test_totals_of_days_and_of_months_are_recognised() -> None:
    daily = of("日付,受付方法,件数", "2026/3/2,電話,4", "2026/3/2,メール,5").mapping
    assert (daily.kind, daily.columns) == ("totals", {"day": "日付", "channel": "受付方法", "count": "件数"})
    monthly = of("年月,問合せ件数", "令和7年4月,98件").mapping
    assert (monthly.columns, monthly.channel) == ({"month": "年月", "count": "問合せ件数"}, "phone")
    calls = of("月,着信数", "2025年4月,98").mapping
    assert (calls.kind, calls.columns) == ("totals", {"month": "月", "count": "着信数"})


def test_totals_of_weeks_are_recognised_unless_days_are_told() -> None:
    weekly = of("週,件数", "2026/3/2,98", "2026/3/9,87").mapping
    assert (weekly.kind, weekly.columns) == ("totals", {"week": "週", "count": "件数"})
    daily = of("日付,週,件数", "2026/3/2,第1週,4", "2026/3/3,第1週,5").mapping
    assert daily.columns == {"day": "日付", "count": "件数"}


def test_months_as_columns_stand_for_one_star() -> None:
    months = ",".join(f"{n}月" for n in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3))
    ones = ",".join(["1"] * 12)
    found = of("令和7年度受付件数", f"受付方法,{months},合計", f"電話,{ones},12", f"メール,{ones},12")
    assert found.mapping.kind == "totals"
    assert found.mapping.columns == {"month": "*", "channel": "受付方法", "count": "*"}
    assert found.mapping.channels == {"電話": "phone", "メール": "mail"}
    assert (found.missing, found.unmapped) == ((), {"合計": "unused"})


def test_channels_as_columns_stand_for_one_star() -> None:
    found = of("日付,電話,メール,チャット,合計", "2026/3/2,3,4,1,8", "2026/3/3,3,4,1,8")
    assert found.mapping.columns == {"day": "日付", "channel": "*", "count": "*"}
    assert found.mapping.channels == {"電話": "phone", "メール": "mail"}
    assert found.unmapped == {"チャット": "unused", "合計": "unused"}
    assert doubts(found) == {"unread_channels": "チャット"}


def test_attendance_is_recognised_by_roles_and_times() -> None:
    found = of(
        "日付,役割,氏名,始業,終業,人数", "2026/3/2,一般SE,甲,8:30,17:30,2", "2026/3/2,責任者,乙,8:30,17:30,1"
    )
    assert found.mapping == FileMapping(
        "attendance",
        {"day": "日付", "start_time": "始業", "end_time": "終業", "role": "役割", "heads": "人数"},
        {"一般SE": "standard"},
    )
    assert found.unmapped == {"氏名": "personal"}
    assert doubts(found) == {"unknown_roles": "責任者"}
