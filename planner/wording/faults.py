"""Faults and notices in Japanese: where, what, what is allowed, what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from forecasts.faults import Fault
from planner.wording.event_faults import EVENT_FAULTS
from planner.wording.file_faults import FILE_FAULTS
from planner.wording.import_faults import IMPORT_FAULTS
from planner.wording.notices import NOTICES
from planner.wording.roster_faults import ROSTER_FILE_FAULTS
from planner.wording.rosters import ROSTER_FAULTS
from planner.wording.soundness import SOUNDNESS, soundness_sentence

# code: (what is wrong, what to do). {value} and {allowed} are filled in.
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing_file": ("ファイルがありません", "ファイル名と場所を確かめてください"),
    "empty_file": ("ファイルが空です", "中身のあるファイルを指定してください"),
    "no_rows": ("見出しだけで、行がありません", "見出しの下に行があるファイルを指定してください"),
    "not_decodable": ("文字コードを読み取れません", "{allowed} で保存し直してください"),
    "missing_column": ("列がありません", "ファイルにある列 {allowed} から選んでください"),
    "unknown_field": ("「{value}」という項目はありません", "使える項目: {allowed}"),
    "bad_mapping": ("「{value}」は列の対応として読めません", "{allowed} の形で書いてください"),
    "bad_date": ("「{value}」は日付・時刻として読めません", "{allowed} の形で、実在する日付にしてください"),
    "far_date": ("「{value}」は問合せや計画の日付としてあり得ません", "{allowed} の日付にしてください"),
    "bad_number": ("「{value}」は0以上の数値として読めません", "{allowed} にしてください"),
    "unknown_channel": (
        "「{value}」という受付方法は窓口ファイルにありません",
        "窓口のどの受付方法に当たるかを指定するか、窓口ファイルの synonyms に加えてください"
        "（分かった書き方: {allowed}）",
    ),
    "empty_cell": ("値がありません", "値を入れてください"),
    "more_faults": ("ほかに {value} 件の誤りがあります", "上の誤りを直してから、もう一度実行してください"),
    "unknown_value": ("「{value}」は使えません", "{allowed} のいずれかにしてください"),
    "end_before_start": ("終わりの日 {value} が始まりより前です", "{allowed}の日にしてください"),
    "as_of_too_late": ("基準日 {value} が計画期間に入っています", "{allowed}の日にしてください"),
    "period_too_long": ("計画期間 {value} が長過ぎます", "{allowed} の期間にしてください"),
    "period_too_far": (
        "終わりの日 {value} は、記録を使う最後の日（基準日）から離れ過ぎています",
        "{allowed}の日にするか、基準日（--as-of）を後にしてください",
    ),
    "no_office_day": ("期間 {value} に開庁日がありません", "開庁日を含む期間を指定してください"),
    "history_too_short": (
        "学習に使える開庁日が {value} 日しかありません",
        "{allowed} 日以上の履歴が要ります。基準日（--as-of）と受付日時の列を確かめてください",
    ),
    "bad_toml": ("TOML として読めません（{value}）", "書式を確かめてください"),
    "key_twice": (
        "「{value}」が二度書かれています（初めは{allowed}行目）",
        "どちらが正しいか確かめ、一つにしてください",
    ),
    "missing_key": ("項目がありません", "{allowed} を加えてください"),
    "unknown_key": ("知らない項目です", "綴りを確かめるか、取り除いてください"),
    "bad_value": ("「{value}」は使えません", "{allowed} にしてください"),
    "unknown_reference": ("「{value}」は定義されていません", "{allowed} のいずれかにしてください"),
    "desk_with_nobody": (
        "常駐要員が一人もいません",
        "people に is_resident = true の人を一人以上書いてください",
    ),
    "yearly_variable_hours": (
        "1年単位の変形労働時間制（労働基準法第32条の4、「{value}」）には対応していません",
        "{allowed} のいずれかにしてください"
        "（weekly: 週40時間、monthly_variable: 1か月単位の変形労働時間制、同法第32条の2）",
    ),
    "rest_cycle_unknown": (
        "4週4日の休日（four_weeks）に起算日がありません",
        "就業規則の起算日を {allowed} の形で書いてください（労働基準法施行規則第12条の2第2項）",
    ),
    "needs_art36_agreement": (
        "36協定がないため「{value}」にできません",
        "{allowed} にするか、36協定の締結・届出のうえ has_art36_agreement = true としてください",
    ),
    "leave_on_closed_day": (
        "休暇の日 {value} は閉庁日です",
        "{allowed}の日付に直すか、取り除いてください",
    ),
    "closes_before_opens": ("終了時刻 {value} が開始時刻より前です", "{allowed} より後の時刻にしてください"),
    "staff_name": ("職員の氏名「{value}」が含まれています", "氏名を消し、役割名に置き換えてください"),
    "unreadable_file": ("ファイルを読み取れません", "読み取りの権限と、ファイルであることを確かめてください"),
    "long_cell": ("一つの欄が長過ぎます", "欄を {allowed} 文字以下にしてください"),
    "bad_quotes": ('「"」が閉じていません', "引用符を閉じてください"),
    "bad_row": ("列の数が{value}で、見出しと合いません", "{allowed}列にしてください"),
    "unmapped_field": (
        "項目「{column}」に当たる列が分かりません",
        "--columns で {column}=列名 を指定してください（列: {allowed}）",
    ),
    "duplicate_column": ("同じ見出しが二度あります", "見出しを一つずつ別の名前にしてください"),
    "duplicate_field": ("項目「{column}」が二度指定されています（{allowed}、{value}）", "一つにしてください"),
    "nothing_imported": (
        "取り込んだ問合せがありません",
        "madoguchi import で問合せ記録を取り込むか、--inquiries でファイルを指定してください",
    ),
    "unusable_database": (
        "データベースを開けません（{value}）",
        "保存場所（MADOGUCHI_HOME）を確かめてください",
    ),
    "newer_database": ("データベースが新しい版（{value}）のものです", "プログラムを更新してください"),
    "damaged_key": (
        "担当者を仮名にする鍵が壊れています（{value}バイト）",
        "控えから戻してください（{allowed}バイト）。消すと新しい鍵が作られ、以前の仮名とつながらなくなります",
    ),
    "duplicate": ("「{value}」が二度書かれています", "一つにするか、別の符号にしてください"),
    "missing_option": (
        "指定がありません",
        "指定を加えてください。使い方は madoguchi --help で確かめられます",
    ),
    "not_a_folder": ("「{value}」はフォルダーではありません", "別の場所を指定してください"),
    "unwritable": (
        "書き込めません（{value}）",
        "書込みの権限と空き容量を確かめるか、別の場所を指定してください",
    ),
    "no_roster": ("勤務表を組めません（{value}）", "休暇又は人数を見直してください"),
    "unexpected": ("予期しない誤りが起きました（{value}）", "記録（var/jobs）を管理者に渡してください"),
    "option_clash": ("{allowed} と一緒には指定できません", "どちらか一方だけを指定してください"),
    "bad_option": ("「{value}」は使えません", "{allowed} にしてください"),
    **FILE_FAULTS,
    **EVENT_FAULTS,
    **ROSTER_FAULTS,
    **IMPORT_FAULTS,
    **ROSTER_FILE_FAULTS,
}


def fault_parts(fault: Fault) -> tuple[str, str]:
    """Say of one fault what is wrong and what to do, without where it is."""
    what, remedy = _SENTENCES.get(fault.code, (fault.code + " {value}", "内容を確かめてください"))
    words = {
        "value": fault.value or "（空）",
        "allowed": fault.allowed or "（無し）",
        "column": fault.column,
    }
    return what.format(**words), remedy.format(**words)


def fault_sentence(fault: Fault, rows: Sequence[int] = ()) -> str:
    """Write one fault as ``place 3行目 列「受付日時」: what. remedy.``; ``rows``: all rows that have it."""
    what, remedy = fault_parts(fault)
    rows = rows or (() if fault.row is None else (fault.row,))
    row = f" {_written(rows)}行目" if rows else ""
    column = f" 列「{fault.column}」" if fault.column else ""
    return f"{fault.place}{row}{column}: {what}。{remedy}。"


def fault_sentences(faults: Iterable[Fault]) -> tuple[str, ...]:
    """Write every fault, in order of the first; what only the row tells apart is one sentence."""
    rows: dict[Fault, list[int]] = {}
    for fault in faults:
        rows.setdefault(replace(fault, row=None), []).extend(() if fault.row is None else (fault.row,))
    return tuple(fault_sentence(fault, at) for fault, at in rows.items())


def fault_count(faults: Iterable[Fault]) -> int:
    """Count the faults, those too that a reader counted without naming them."""
    return sum(int(fault.value) if fault.code == "more_faults" else 1 for fault in faults)


def _written(rows: Sequence[int]) -> str:
    """Write row numbers as ``2、5〜9``."""
    runs = (
        [row for _, row in run]
        for _, run in groupby(enumerate(sorted(set(rows))), key=lambda pair: pair[1] - pair[0])
    )
    return "、".join(f"{run[0]:,}〜{run[-1]:,}" if len(run) > 1 else f"{run[0]:,}" for run in runs)


def notice_sentence(code: str, value: str) -> str:
    """Write a notice."""
    return soundness_sentence(code, value) if code in SOUNDNESS else NOTICES[code].format(value=value)
