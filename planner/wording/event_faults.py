"""Faults of events: code → (what is wrong, what to do), with {value}, {allowed}, {column}."""

from collections.abc import Mapping

EVENT_FAULTS: Mapping[str, tuple[str, str]] = {
    "announced_too_late": (
        "公表日 {value} が行事の終わりより後です",
        "{allowed}の日にしてください。障害など前触れのないものは、その当日を公表日とします",
    ),
    "bad_character": ("使えない文字（制御文字）が含まれています", "その文字を消してください"),
    "change_without_day": (
        "終わりの日が当初と違うのに、それが分かった日がありません",
        "延長・解散などが分かった日を入れてください",
    ),
    "changed_too_early": ("変更が分かった日 {value} が公表日より前です", "{allowed}の日にしてください"),
    "changed_too_late": ("変更が分かった日 {value} が遅過ぎます", "{allowed}の日にしてください"),
    "extension_without_end": (
        "延長なのに、当初の終わりの日がありません",
        "延長する前の終わりの日を入れてください",
    ),
    "extension_too_short": (
        "延長後の終わりの日 {value} が、当初の終わりの日より後ではありません",
        "{allowed}の日にしてください",
    ),
    "dissolved_after_end": (
        "解散の日 {value} が、当初の会期末より後です",
        "{allowed}の日にしてください",
    ),
    "dissolved_not_for_kind": ("解散は国会の会期だけにあります", "状況を選び直してください"),
    "session_too_long": (
        "常会の会期が150日を超えます（会期末 {value}。国会法第10条）",
        "当初の会期末を{allowed}の日にしてください。延長したときは「会期を延長した」で記録します",
    ),
    "exception_too_long": (
        "臨時の閉庁・開庁が長過ぎます（{value}まで）",
        "{allowed}の日にするか、窓口ファイルの calendar を改めてください",
    ),
    "headcount_not_for_kind": (
        "この種類の行事に人数（{value}）は付けられません",
        "人数を空にするか、種類を選び直してください",
    ),
    "sessions_overlap": (
        "会期が「{value}」と重なっています",
        "{allowed}の日に召集されたことにするか、前の会期の終わりを直してください",
    ),
    "duplicate_event": (
        "同じ行事（{value}）が二度あります",
        "一方を消すか、まとまり、部局又は日付で区別してください",
    ),
    "milestone_without_session": (
        "まとまり「{value}」の国会がありません",
        "国会の会期と同じまとまり（例: 第221回国会）を入れるか、先に会期を加えてください",
    ),
    "milestone_outside_session": ("日程 {value} が会期の外です", "{allowed}の日にしてください"),
    "closure_and_opening": (
        "同じ日（{value}）に臨時閉庁と臨時開庁があります",
        "どちらかを消してください",
    ),
    "closure_on_closing_day": (
        "{value} は元々閉庁日のため、臨時閉庁にしても何も変わりません",
        "日付を確かめるか、この行事を消してください",
    ),
    "opening_on_office_day": (
        "{value} は元々開庁日のため、臨時開庁にしても何も変わりません",
        "日付を確かめるか、この行事を消してください",
    ),
    "too_many_events": ("行事が多過ぎます", "一つのファイルを{allowed}件以内に分けてください"),
    "bad_calendar": ("カレンダーファイル（.ics）として読めません", "書き出し直したファイルを選んでください"),
    "no_events": ("予定が一つもありません", "予定（VEVENT）のあるファイルを選んでください"),
    "recurring_event": (
        "繰返しの予定「{value}」は取り込めません",
        "一つずつの予定に分けて書き出すか、画面で行事として加えてください",
    ),
    "no_start": ("予定「{value}」に始まりの日がありません", "開始日を入れて書き出し直してください"),
    "no_announced_day": (
        "予定「{value}」がいつ公表されたか分かりません",
        "公表日を入れてから、もう一度確かめてください",
    ),
    "not_an_event_file": ("行事のファイル（.csv 又は .ics）ではありません", "別のファイルを選んでください"),
}
