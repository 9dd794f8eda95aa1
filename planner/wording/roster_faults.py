"""Faults of a roster made by hand: code → (what is wrong, what to do), with {value}, {allowed}, {column}."""

ROSTER_FILE_FAULTS: dict[str, tuple[str, str]] = {
    "roster_not_found": (
        "勤務表として読める表がありません",
        "{allowed}にしてください（要員の名前と期間内の日付が要ります）",
    ),
    "roster_unknown_person": (
        "「{value}」という要員はいません",
        "窓口ファイルの氏名又は符号に合わせてください（要員: {allowed}）",
    ),
    "roster_name_of_two": (
        "「{value}」という要員が二人以上います",
        "氏名の代わりに要員の符号（{allowed}）を書いてください",
    ),
    "roster_name_twice": ("「{value}」の行が二つ以上あります", "一人の勤務を一つの行にまとめてください"),
    "roster_bad_hours": (
        "「{value}」は勤務の時間として読めません",
        "{allowed} のいずれかの書き方にしてください（翌日にわたる勤務は 22:00-31:00 のように書けます）",
    ),
    "roster_bad_break": (
        "「{value}」は、勤務の中の休憩又は運用管理業務の時間として読めません",
        "{allowed} のいずれかの書き方で、始業から終業までに収めてください",
    ),
    "not_a_plan": (
        "計画のファイルではありません",
        "madoguchi plan が書き出した plan.json を指定してください",
    ),
    "plan_of_other_desk": ("窓口「{value}」の計画です", "窓口「{allowed}」の計画を指定してください"),
    "roster_bad_day": (
        "「{value}」は日付として読めません",
        "{allowed} の日を 2026-04-01 か 4/1 の形で書いてください",
    ),
    "roster_day_outside": (
        "{value} は期間の開庁日ではありません",
        "{allowed} の開庁日だけに勤務を書くか、期間を改めてください",
    ),
}
