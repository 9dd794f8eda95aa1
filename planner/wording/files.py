"""Words for files that are read in: kinds, fields, units, what is no data, what a kind is good for."""

from collections.abc import Mapping
from datetime import datetime

from forecasts.history.account import Account, Reading
from forecasts.history.kinds import Kind
from forecasts.history.mapping import FileMapping
from forecasts.history.sheets import FileSheets
from planner.wording.dates import stamp_ja

KIND_NAMES: Mapping[Kind, str] = {
    "inquiries": "問合せの一覧（1件1行）",
    "intervals": "電話交換機の時間帯別報告",
    "totals": "日別・週別・月別の件数表",
    "attendance": "配置の実績（役割別の人数）",
}

FIELD_NAMES: Mapping[str, str] = {
    "number": "受付番号",
    "received_at": "受付日時",
    "received_on": "受付日",
    "received_time": "受付時刻",
    "channel": "受付方法",
    "kind": "種別",
    "category": "分類",
    "bureau": "部局",
    "handler": "対応者（仮名で保存）",
    "closed_at": "完了日時",
    "answered_at": "応答日時",
    "abandoned_at": "切断日時",
    "handling_min": "対応時間",
    "escalated": "引継ぎの有無",
    "start_at": "時間帯の開始日時",
    "start_on": "日付",
    "start_time": "時間帯・開始時刻",
    "end_time": "終了時刻",
    "offered": "着信数",
    "answered": "応答数",
    "abandoned": "放棄数",
    "talk_s": "平均通話時間",
    "wait_s": "平均待ち時間",
    "day": "日付",
    "week": "週の初日",
    "month": "月",
    "count": "件数",
    "role": "役割",
    "heads": "人数",
}

LOCAL_USER = "この端末の利用者"
UNIT_NAMES: Mapping[str, str] = {"s": "秒", "min": "分", "h": "時間"}

NOT_DATA_NAMES: Mapping[str, str] = {
    "title": "表題",
    "header": "見出し",
    "blank": "空行",
    "total": "合計行",
    "note": "注記",
}

FORM_NAMES: Mapping[str, str] = {"csv": "文字ファイル", "xlsx": "Excelブック"}
ENCODING_NAMES: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "cp932": "CP932（Shift_JIS系）",
    "utf-16": "UTF-16",
}
DELIMITER_NAMES: Mapping[str, str] = {
    ",": "コンマ",
    "\t": "タブ",
    ";": "セミコロン",
    "|": "縦線",
    "，": "全角コンマ",
}

UNMAPPED_NAMES: Mapping[str, str] = {
    "personal": "個人に関する項目のため、読み取らない",
    "free_text": "自由記述のため、読み取らない",
    "unused": "使わない",
}

# kind: (what it can be used for, what it cannot say).
SUPPORTS: Mapping[Kind, tuple[str, str]] = {
    "inquiries": (
        "件数と時間帯の予測、受付方法・分類の内訳、対応時間、応答までの時間、振り返り",
        "記録されなかった電話（つながる前に切れたもの）の数",
    ),
    "intervals": (
        "時間帯ごとの着信の予測、平均の通話時間（対応時間の下限）、放棄数と待ち時間の振り返り",
        "分類・部局の内訳、1件ごとの対応時間のばらつき、電話以外の受付方法",
    ),
    "totals": (
        "日別の表は1日の件数の予測、週別・月別の表は件数の照合と、日別の件数がない期間の水準",
        "時間帯の形、対応時間、待ち時間（窓口ファイルの値を使う）",
    ),
    "attendance": (
        "計画と実績の振り返り（役割ごとに、実際に何人が席にいたか）",
        "件数の予測（問合せの記録が別に要る）",
    ),
}

KEPT: Mapping[str, str] = {
    "受付番号": "同じ問合せを二度数えないため",
    "受付・応答・切断・完了の日時": "件数、待ち時間及び対応の経過を知るため",
    "受付方法、種別、分類、部局": "内訳ごとの件数を知るため",
    "対応時間、引継ぎの有無": "要員数を見積もるため",
    "対応者": "本人の分からない仮名（鍵付きの要約値）に置き換えて保存。鍵はこの設置場所の外に出ない",
    "時間帯別・日別・週別・月別の件数、役割別の人数": "表の値のまま（氏名の欄は読み取らない）",
    "取込みの記録": "ファイル名と要約値、見出し、列の対応、行の内訳、取込者、日時",
    "取り込めない行": "行、列、理由及び言葉を含まない値",
}
NOT_KEPT = "問合せ者の氏名・連絡先、件名・内容などの自由記述は、読み取らず、保存もしない。"


def form_words(sheets: FileSheets) -> str:
    """Say how a file is written: 文字ファイル（CP932、コンマ区切り）."""
    details = [ENCODING_NAMES.get(sheets.encoding, sheets.encoding)] if sheets.encoding else []
    if sheets.delimiter:
        details.append(f"{DELIMITER_NAMES.get(sheets.delimiter, sheets.delimiter)}区切り")
    form = FORM_NAMES.get(sheets.form, sheets.form)
    return f"{form}（{'、'.join(details)}）" if details else form


# What a list of inquiries may lack, and what that means.
_LACKING: Mapping[str, str] = {
    "number": "受付番号（内容が同じ行は、その何番目かで見分ける）",
    "handling_min": "対応時間（処理時間は窓口ファイルの値を使う）",
    "abandoned_at": "切断日時（電話を待つ時間は窓口ファイルの値を使う）",
}


def lacking_words(reading: Reading) -> str:
    """Write what a list of inquiries does not tell, and what is used instead; "" where nothing is lacking."""
    if reading.mapping.kind != "inquiries":
        return ""
    return "、".join(words for name, words in _LACKING.items() if name not in reading.supplied)


def not_data_words(account: Account) -> str:
    """Write why records are no data: 見出し1行、空行2行; "" if all are."""
    said = (f"{NOT_DATA_NAMES[reason]}{n:,}行" for reason, n in account.not_data.items() if n)
    return "、".join(said)


def mapping_words(mapping: FileMapping) -> str:
    """Write which column tells what: 受付日時 ← 受付、受付方法 ← 区分."""
    told = ((FIELD_NAMES[field], column) for field, column in mapping.columns.items())
    return "、".join(f"{field} ← {'各列の見出し' if column == '*' else column}" for field, column in told)


def account_words(account: Account) -> str:
    """Write the account of a reading as the sum that it is."""
    return (
        f"読んだ行 {account.read:,} ＝ 取り込む行 {account.accepted:,}"
        f" ＋ 取り込めない行 {account.rejected:,}"
        f" ＋ データでない行 {sum(account.not_data.values()):,}"
    )


def import_state(undone_at: datetime | None, *, is_active: bool, is_partial: bool) -> str:
    """Write whether an import counts."""
    if undone_at is not None:
        return f"取消済み（{stamp_ja(undone_at)}）"
    if not is_active:
        return "後の取込みに置き換えられた"
    return "有効（一部の行を除く）" if is_partial else "有効"
