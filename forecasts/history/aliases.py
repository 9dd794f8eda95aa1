"""Under which names columns are known, in Japanese and English, kind of file by kind of file."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from forecasts.history.kinds import KINDS, Kind
from forecasts.history.numbers import without_unit
from forecasts.history.text import key_of

_CHANNEL = (
    "受付方法", "受付チャネル", "受付経路", "受付手段", "受付形態", "受付媒体", "問合せ手段",
    "問合せ方法", "問合せ経路", "問合せチャネル", "連絡方法", "連絡手段", "連絡タイプ", "連絡種別",
    "チャネル", "チャンネル", "媒体", "contact_type", "contact type", "contact method", "reported source",
    "case origin", "source",
)  # fmt: skip
_DAY = ("日付", "年月日", "対象日", "集計日", "日", "date")
_START = ("開始時刻", "開始時間", "時間帯", "時間区分", "start time", "start")

# Field → names. Of several in one header the first wins: "received" stands before "created", as a ticket
# may be typed in hours after the call. A field's own code is a name too. Spellings, see ``key_of``.
ALIASES: Mapping[Kind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "inquiries": {
            "number": (
                "受付番号", "問合せ番号", "管理番号", "整理番号", "案件番号", "インシデント番号",
                "チケット番号", "受付ID", "案件ID", "チケットID", "番号", "ID", "受付No", "受付No.", "No",
                "No.", "case number", "ticket number", "ticket id", "ticket_id", "incident number",
                "case id", "case", "ticket",
            ),
            "received_at": (
                "受付日時", "受電日時", "着信日時", "受信日時", "問合せ日時", "申告日時", "発生日時",
                "開始日時", "オープン日時", "起票日時", "登録日時", "申請日時", "作成日時", "作成日",
                "登録日", "起票日", "申請日", "日時", "opened_at", "opened at", "opened", "open time",
                "opened date", "reported date", "submit date", "requested", "created_at", "created at",
                "created", "created on", "created date", "sys_created_on", "timestamp",
            ),
            "received_on": ("受付日", "受電日", "問合せ日", "着信日", "発生日", *_DAY),
            "received_time": (
                "受付時刻", "受電時刻", "問合せ時刻", "着信時刻", "発生時刻", "受付時間", "受電時間",
                "問合せ時間", "開始時刻", "時刻", "time",
            ),
            "channel": (*_CHANNEL, "via"),
            "kind": (
                "種別", "問合せ種別", "問合せ区分", "区分", "種類", "受付種別", "受付区分",
                "チケット種別", "トラッカー", "タイプ", "tracker", "ticket type", "request type",
                "issue type", "type",
            ),
            "category": (
                "分類", "問合せ分類", "業務分類", "大分類", "カテゴリ", "カテゴリー", "問合せカテゴリ",
                "部門別カテゴリ1", "カテゴリ1", "分類1",
            ),
            "bureau": (
                "部局", "部局名", "所属部局", "所属", "所属部署", "所属名", "部署", "部署名", "局",
                "課室", "課室名", "組織", "組織名", "department", "division", "organization",
            ),
            "handler": (
                "担当者", "担当者名", "対応者", "対応者名", "対応担当者", "受付者", "受付者名",
                "受付担当者", "受付担当", "対応担当", "担当", "アサイン先", "割当先", "処理者",
                "オペレーター", "オペレータ", "assigned_to", "assigned to", "assignee", "agent",
                "operator", "owner", "resolved_by", "resolved by",
            ),
            "closed_at": (
                "完了日時", "対応完了日時", "処理完了日時", "クローズ日時", "解決日時", "終了日時",
                "完了日", "対応完了日", "クローズ日", "解決日", "終了日", "closed at", "closed", "closed on",
                "closed date", "close time", "resolved_at", "resolved at", "resolved", "resolved date",
                "solved_at", "solved at", "solved",
                "resolution date", "completed_at", "completed",
            ),
            "answered_at": ("応答日時", "answered", "answer time"),
            "abandoned_at": ("切断日時", "放棄日時", "途中切断日時", "abandoned"),
            "handling_min": (
                "対応時間", "応対時間", "処理時間", "作業時間", "所要時間", "対応所要時間", "対応工数",
                "作業工数", "工数", "handling time", "handle time", "aht", "time worked", "time_worked",
                "spent time", "work time",
            ),
            "escalated": (
                "エスカレーション", "エスカレーション有無", "エスカレーションの有無", "エスカレ",
                "エスカ", "引継ぎ", "引継ぎ有無", "引継ぎの有無", "二次対応", "escalation",
                "is_escalated",
            ),
        },
        "intervals": {
            "start_at": (
                "時間帯開始日時", "開始日時", "集計開始日時", "集計日時", "日時", "interval start",
                "interval_start", "start date time", "date time", "timestamp",
            ),
            "start_on": (*_DAY, "受付日", "着信日", "interval date", "day"),
            "start_time": (
                *_START, "集計時間帯", "時刻", "時間", "時", "受付時刻",
                "受付時間帯", "interval", "time interval", "time", "hour",
            ),
            "channel": (
                "スキル", "スキル名", "スキルグループ", "キュー", "キュー名", "窓口", "窓口名", "回線",
                "回線名", "グループ", "グループ名", "着信番号", *_CHANNEL, "skill", "split/skill",
                "queue", "queue name", "csq", "vdn", "line",
            ),
            "offered": (
                "総着信数", "総着信件数", "総着信", "総入電数", "総呼数", "着信数", "着信件数",
                "着信呼数", "着呼数", "入電数", "入電件数", "入呼数", "呼数", "着信", "入電",
                "calls offered", "call offered", "contacts offered", "total calls", "incoming calls",
                "inbound calls", "calls received", "calls",
            ),
            "answered": (
                "応答数", "応答件数", "応答呼数", "総応答数", "受電数", "受電件数", "対応数", "対応件数",
                "応答", "calls answered", "calls handled", "contacts handled", "acd calls", "handled",
            ),
            "abandoned": (
                "放棄数", "放棄呼", "放棄呼数", "放棄件数", "途中放棄", "途中放棄数", "途中切断",
                "途中切断数", "切断数", "未応答数", "calls abandoned", "contacts abandoned", "aban calls",
                "abandons", "abandon",
            ),
            "talk_s": (
                "平均通話時間", "平均対応時間", "平均応対時間", "平均処理時間", "average talk time",
                "avg talk time", "mean talk", "talk", "avg acd time", "att", "average handle time",
                "avg handle time", "aht",
            ),
            "wait_s": (
                "平均待ち時間", "平均待時間", "平均応答待ち時間", "平均応答時間", "平均応答速度",
                "平均呼出時間", "average speed of answer", "avg speed ans", "average wait time",
                "avg wait time", "mean wait", "wait", "asa",
            ),
        },
        "totals": {
            "day": (*_DAY, "受付日"),
            "week": (
                "週", "対象週", "集計週", "受付週", "週初", "週開始日", "週開始", "週の初日", "week start",
                "week beginning", "week commencing", "week of",
            ),
            "month": (
                "年月", "対象月", "対象年月", "集計月", "集計年月", "受付月", "受付年月", "月", "year month",
            ),
            "channel": (
                *_CHANNEL, "受付区分", "受付種別", "区分", "種別", "手段", "方法", "内訳", "項目",
            ),
            "count": (
                "件数", "問合せ件数", "受付件数", "合計件数", "総件数", "問合せ数", "受付数", "対応件数",
                "合計", "計", "total", "contacts", "inquiries", "tickets", "incidents",
            ),
        },
        "attendance": {
            "day": (*_DAY, "勤務日", "出勤日", "work date"),
            "start_time": (
                *_START, "開始", "出勤", "出勤時刻", "出勤時間", "始業", "始業時刻", "始業時間",
                "勤務開始", "勤務開始時刻", "勤務時間帯", "勤務時間", "clock in", "from",
            ),
            "end_time": (
                "終了時刻", "終了時間", "終了", "退勤", "退勤時刻", "退勤時間", "終業", "終業時刻",
                "終業時間", "勤務終了", "勤務終了時刻", "end time", "end", "clock out", "to",
            ),
            "role": ("役割", "等級", "職員等級", "職種", "職位", "ランク", "区分", "grade", "position"),
            "heads": (
                "人数", "配置人数", "実人数", "実配置人数", "要員数", "配置数", "配置", "headcount",
                "staff", "count",
            ),
        },
    }
)  # fmt: skip

_PERSONAL = (
    "問合せ者", "問合せ元", "申請者", "依頼者", "利用者", "連絡者", "申告者", "報告者", "起票者",
    "登録者", "作成者", "更新者", "氏名", "名前", "名", "姓", "フリガナ", "ふりがな", "連絡先",
    "電話番号", "内線", "内線番号", "メール", "メールアドレス", "アドレス", "住所", "職員番号", "職員ID",
    "社員番号", "ユーザー", "ユーザ", "ユーザーID", "ユーザID", "ユーザー名", "ユーザ名", "IPアドレス",
    "座席", "座席番号", "user", "user id", "user name", "username", "caller", "caller_id", "requester",
    "requested_for", "requested for", "requested by", "opened_by", "opened by", "closed_by", "closed by",
    "created_by", "created by", "updated_by", "updated by", "sys_created_by", "sys_updated_by",
    "reporter", "author", "customer", "contact", "name", "full name", "first name", "last name", "email",
    "e-mail", "mail", "email address", "phone", "phone number", "telephone", "extension",
)  # fmt: skip
_PERSONAL_ENDS = ("氏名", "者名", "電話番号", "メールアドレス", "連絡先", "内線番号", "住所")
_FREE_TEXT = (
    "件名", "題名", "タイトル", "表題", "概要", "内容", "問合せ内容", "問合せ概要", "受付内容",
    "申請内容", "詳細", "説明", "質問", "質問内容", "回答", "回答内容", "対応内容", "対応結果",
    "対応経過", "対応履歴", "対応メモ", "処置内容", "作業内容", "経過", "原因", "解決策", "備考", "摘要",
    "コメント", "メモ", "作業メモ", "特記事項", "注記", "short_description", "short description",
    "description", "subject", "title", "summary", "comments", "comment", "comments and work notes",
    "work_notes", "work notes", "close_notes", "close notes", "resolution notes", "resolution", "notes",
    "note", "remarks", "body", "message", "question", "answer",
)  # fmt: skip


def _keys(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(key_of, names))


_HANDLER_KEYS = _keys(ALIASES["inquiries"]["handler"])
_PERSONAL_KEYS = _keys(_PERSONAL) | _HANDLER_KEYS
_FREE_TEXT_KEYS = _keys(_FREE_TEXT)


def recognised_columns(header: Sequence[str], kind: Kind = "inquiries") -> dict[str, str]:
    """Return field → column where column names are usual ones; what is not found is absent.

    Widths, spaces, letter case and the spellings of 問合せ do not matter, nor a unit behind the name of a
    duration: 対応時間（秒）. No column stands for two fields.
    """
    found: dict[str, str] = {}
    for field, names in ALIASES[kind].items():
        is_duration = KINDS[kind][field].type == "duration"
        by_key = {
            key_of(without_unit(column) if is_duration else column): column
            for column in reversed(header)
            if column not in found.values()
        }
        column = next((by_key[k] for n in (field, *names) if (k := key_of(n)) in by_key), "")
        if column:
            found[field] = column
    return found


def unread_because(column: str) -> str:
    """Tell why a column that no field takes is not read: ``personal``, ``free_text`` or ``unused``."""
    key = key_of(column)
    if key in _PERSONAL_KEYS or key.endswith(_PERSONAL_ENDS):
        return "personal"
    return "free_text" if key in _FREE_TEXT_KEYS else "unused"
