"""What the user must know that is no fault: code → sentence, with {value}."""

from planner.wording.file_notices import FILE_NOTICES

NOTICES: dict[str, str] = {
    **FILE_NOTICES,
    "no_roster": (
        "提案する案の勤務表を組めなかったため、勤務表は書き出していません。"
        "休暇、勤務及び人数を見直してください。"
    ),
    "roster_alone": (
        "勤務表は、前の期間の勤務表を引き継いでいません（このコマンドはデータベースを使いません）。"
        "引き継ぐときは、画面の「勤務表」で組んでください。"
    ),
    "history_begins": (
        "履歴は {value} より前に件数がほとんど無いため、その日からを学習に使います。"
        "受付日時に誤りがないか確かめてください。"
    ),
    "history_ends_early": (
        "履歴は {value} で終わり、基準日まで空いています。新しい問合せ記録がないか確かめてください。"
    ),
    "history_dried_up": (
        "履歴は {value} から件数がほとんど無くなるため、その前日までを学習に使います。"
        "記録が途中で切れていないか確かめてください。"
    ),
    # what the counts of a channel rest on
    "counts_mixed": (
        "「{value}」の件数は、日によって出所（電話交換機の報告、問合せ記録、件数表の順に優先）が異なります。"
        "出所の変わり目で件数の水準が変わっていないか確かめてください。"
    ),
    "counts_from_intervals": "「{value}」の件数は、電話交換機の報告の着信数によります。",
    "counts_from_totals": "「{value}」の件数は、日別の件数表によります。",
    "totals_learned": (
        "日別の件数がなく、週又は月の合計だけが分かる期間が {value} 件あります。"
        "その合計は、件数の水準を知るためだけに使います。"
    ),
    "times_usual": (
        "「{value}」には、時刻の分からない件数があります。時刻の分かる日の時間帯の形に合わせて割り振ります。"
    ),
    "times_even": (
        "「{value}」は、時間帯の形を知るだけの時刻の記録がないため、受付時間に均等に割り振ります。"
        "時間帯ごとの待ち時間は目安です。"
    ),
    "talk_not_used": (
        "電話交換機の平均通話時間（{value} 分）には後処理が含まれないため、"
        "処理時間は窓口ファイルの値を使います。"
    ),
    "talk_is_longer": (
        "電話交換機の平均通話時間（{value} 分）が窓口ファイルの処理時間より長いため、平均通話時間を使います。"
        "窓口ファイルの処理時間（後処理を含む。）を見直してください。"
    ),
    # a roster made by hand
    "roster_silent_days": (
        "{value}の勤務が一つも書かれていません。勤務のない日として確かめました。"
        "列や行の書き漏れがないか見てください。"
    ),
    "roster_silent_people": (
        "期間中の勤務が一つも書かれていない要員がいます（{value}）。書き漏れがないか見てください。"
    ),
    "roster_other_sheets": "シート{value}は期間の外の日だけのため、確かめていません。",
    # files and desks
    "other_sheets": "ほかのシート（{value}）にも表があります。取り込むシートを確かめてください。",
    "desk_kept_differs": (
        "窓口ファイルの控え（{value}）が、指定されたファイルと違います。控えの内容を使います。"
        "置き換えるときは --update-desk を付けてください。"
    ),
    "desk_replaced": "窓口ファイルの控えを置き換えました。以前の控えは {value} にあります。",
}
