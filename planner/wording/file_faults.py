"""Faults of files that are read in: code → (what is wrong, what to do), with {value}, {allowed}, {column}."""

FILE_FAULTS: dict[str, tuple[str, str]] = {
    # the file as a whole: its bytes, its text, its workbook
    "file_too_large": (
        "ファイルが大き過ぎます（{value} バイト）",
        "期間を分けるなどして、{allowed} バイト以下のファイルにしてください",
    ),
    "changed_while_read": (
        "読み取っている間にファイルが書き換えられました",
        "書出しが終わってから、もう一度取り込んでください",
    ),
    "encoding_changes": (
        "この行から文字コードが {value} に変わっています（それまでは {allowed}）",
        "ファイルを文字コードの変わるところで分けるか、一つの文字コードで書き出し直してください",
    ),
    "too_many_lines": ("行が多過ぎます（{value} 行）", "期間を分け、{allowed} 行以下にしてください"),
    "too_many_columns": (
        "列が多過ぎます（{value} 列）",
        "要る列だけを書き出し、{allowed} 列以下にしてください",
    ),
    "too_many_cells": ("欄が多過ぎます（{value} 欄）", "期間又は列を減らし、{allowed} 欄以下にしてください"),
    "not_a_table": (
        "表として読めるファイルではありません（形式: {value}）",
        "Excel で開ける場合は、「Excel ブック（.xlsx）」又は CSV の形式で保存し直してください",
    ),
    "encrypted_workbook": (
        "ブックにパスワードが付いています",
        "Excel で開いてパスワードを外し、保存し直してください",
    ),
    "old_workbook": (
        "古い形式又はバイナリ形式の Excel ブック（.xls、.xlsb）です",
        "Excel で開き、「Excel ブック（.xlsx）」の形式で保存し直してください",
    ),
    "damaged_workbook": (
        "Excel ブックが壊れているか、読めない形式です（{value}）",
        "Excel で開き、「Excel ブック（.xlsx）」の形式で保存し直してください",
    ),
    "zip_bomb": (
        "ブックの中身が異常に圧縮されています（{value} 倍）",
        "このファイルは開かず、渡した人に確かめてください（{allowed} 倍以下のものを読みます）",
    ),
    "workbook_too_large": (
        "ブックの中身が大き過ぎます（{value}）",
        "期間を分けるか、CSV の形式で保存し直してください（上限: {allowed}）",
    ),
    "too_many_worksheets": (
        "シートが多過ぎます（{value} 枚）",
        "要るシートだけを残し、{allowed} 枚以下にしてください",
    ),
    "no_line_end": (
        "ファイルの最後の行が、改行で終わっていません",
        "書き出しの途中で切れたファイルでないか、この行の値を確かめてください",
    ),
    "hidden_sheet": (
        "シート「{value}」は非表示のため読みません",
        "取り込む場合は、Excel で再表示してから保存し直してください",
    ),
    # single records and cells
    "undecodable_line": (
        "この行に {allowed} の文字として読めないところがあります",
        "元のシステムから書き出し直すか、この行を直してください",
    ),
    "nul_byte": (
        "この行に文字でないもの（NUL）が入っています",
        "元のシステムから書き出し直すか、この行を直してください",
    ),
    "long_line": ("この行は長過ぎます", "{allowed} バイト以下にしてください"),
    "error_value": (
        "セルの値「{value}」は誤り又は読めない値です",
        "Excel で開き、セルの値を直してください",
    ),
    "formula_without_value": (
        "数式の計算結果がファイルに入っていません",
        "Excel で開いて計算させてから保存し直すか、値に置き換えてください",
    ),
    # layout, mapping and rows of a table
    "no_header": (
        "列の見出しが見つかりません（始めの行: {value}）",
        "先頭から {allowed} 行以内に見出しの行があるか確かめ、見出しの行を指定してください",
    ),
    "too_many_faults": (
        "取り込めない行が {value} 行あり、多過ぎます",
        "ファイルの種類と列の対応が正しいか確かめてください（{allowed} 行）",
    ),
    "missing_sheet": ("「{value}」というシートがありません", "シート {allowed} から選んでください"),
    "shared_column": (
        "二つの項目に同じ列が指定されています（{value}）",
        "別の列を選ぶか、どちらかの指定を取り除いてください（列: {allowed}）",
    ),
    "bad_clock": ("「{value}」は時刻として読めません", "{allowed} の形にしてください"),
    "bad_span": (
        "「{value}」では始まりから終わりまでの時間が決まりません",
        "始まりより後の終わりを {allowed} の形で書いてください。翌日の時刻は 24 時以降で書きます",
    ),
    "bad_month": ("「{value}」は月として読めません", "{allowed} の形にしてください"),
    "bad_flag": ("「{value}」は有無として読めません", "{allowed} のいずれかにしてください"),
    "unknown_role": (
        "「{value}」という役割は窓口ファイルにありません",
        "{allowed} のいずれかにするか、役割の対応を指定してください",
    ),
    "duplicate_interval": (
        "「{value}」の時間帯は、上の行の時間帯と重なっています",
        "一つの時間帯を一行にしてください。先にある行を取り込みます",
    ),
    "duplicate_total": (
        "「{value}」は、同じ内容の行が上にあります",
        "一つの件数を一行にしてください。先にある行を取り込みます",
    ),
    "unknown_interval": (
        "一つの時間帯の長さが分かりません（間隔: {value} 分）",
        "時間帯を 9:00-9:30 の形で書くか、長さ（分）を {allowed} から指定してください",
    ),
    "missing_year": (
        "何年の月か分かりません",
        "表の題名、シート名又はファイル名に {allowed} の形で年度を書くか、「年度」の列を加えてください",
    ),
}
