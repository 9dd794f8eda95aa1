"""What the page 勤務表 says."""

from collections.abc import Sequence
from datetime import date, timedelta

from planner.wording.dates import clock_span, short_day, short_span, wareki

CONTRACTOR_DECIDES = (
    "受託事業者限り。氏名、休暇及び勤務の割当ては主管課に渡さない。誰がいつ勤務するかは、"
    "受託事業者が決める（昭和61年労働省告示第37号）。提案の後も変えることができる。"
)
UNSAVED = "保存していない変更がある。画面を読み直しても残るが、本ツールを終了すると失われる。"
NO_ROSTER = "勤務表はまだない。"
NO_ROSTER_MORE = (
    "「勤務表を組む」を押すと、必須の規則を全て守る勤務表を探す。なければ、両立しない規則を示す。"
)
NO_DESK = (
    "この窓口の窓口ファイルがないため、勤務表を組めない。窓口ファイルを「データ」の画面で取り込んでください。"
)
LEGEND = (
    "×番号: 必須の規則に反する。△番号: 配慮を要する（番号は下の一覧の番号）。"
    "◇: 始業が通常と異なる。固: 固定した欄。休: 休暇。欠: 欠勤。・: 勤務なし。"
)
CHECKED_AT_ONCE = (
    "変えると直ちに規則を確かめる。変えた欄は固定され、組み直しても変わらない。"
    "その勤務を受け持つ人がいれば、その人と入れ替える。"
)
ABSENCE_NOTE = (
    "欠勤は、勤務表とともに保存する。同じ日を含むほかの計画にも反映するには、"
    "窓口ファイルの「休暇の予定」に書き加える。"
)
EXPORT_NOTE = (
    "どのファイルにも氏名が含まれる。主管課には渡さない。"
    "予定表は、同じ欄の予定が同じ識別子を持つため、新しいものを取り込むと置き換わる。"
)
HANDMADE_NOTE = (
    "表計算ソフトで作った勤務表（Excel・CSV）を、規則ごとに確かめる。"
    "1行に一人、1列に1日を置く。ファイルは保存しない。"
)
WHY_PROOF = (
    "配慮の規則は、受付の体制、費用、通常からの変更、負担の公平の順に、点を最小にした。"
    "後の段階のために前の段階を悪くすることはない。点が下限と等しい段階は、それ以上良くできない。"
)
WHY_REPAIRED = (
    "急な欠勤の埋め合わせでは、受付の体制の次に、変える欄の数を最小にし、その後に費用と負担の公平を見た。"
)
WHY_EDITED = "手で直したか持ち込んだ勤務表である。規則への適合は確かめたが、最適かどうかは確かめていない。"
WHY_CHANGE = "人、休暇及び勤務の種類は窓口ファイル、日ごとの勤務の数は変更案による。"

NO_HISTORY = (
    "引き継ぐ勤務表はない。時間外労働の累計、期間の境の休日と間隔及び負担の公平は、"
    "この期間の勤務だけで確かめている。"
)


def history(days: Sequence[date], frozen_until: date | None) -> str:
    """Say which days of kept rosters count, and up to which day the hours of work are fixed (32条の2)."""
    said = NO_HISTORY
    if days:
        span = wareki(days[0]) if len(days) == 1 else f"{wareki(days[0])}から{wareki(days[-1])}まで"
        said = (
            f"{span}の保存した勤務表（{len(days)}日分）を引き継ぎ、"
            "時間外労働の累計、期間の境の休日と間隔及び負担の公平に数えている。"
        )
    if frozen_until is None:
        return said
    last = wareki(frozen_until - timedelta(days=1))
    return f"{said}{last}までの労働時間は、周知済みのため固定している（労働基準法第32条の2第1項）。"


def finding(first: date, last: date, days: int, broken: int, vacancies: int) -> str:
    """Say whether the roster can be used."""
    span = f"{short_span(first, last)}の{days}開庁日"
    hard = f"必須の規則に反する箇所が{broken}件ある" if broken else "必須の規則に反する箇所はない"
    empty = f"欠員は{vacancies}日ある" if vacancies else "欠員はない"
    return f"{span}、{hard}。{empty}。"


def proof(*, is_solved: bool, is_optimal: bool, is_repaired: bool, moved: int) -> str:
    """Say what was proved, and how many duties differ from the usual ones."""
    if is_repaired and is_optimal:
        shown = "欠員を最も少なくする埋め合わせの中で、変える欄が最も少ない（証明済み）。"
    elif not is_solved:
        shown = "手で直した勤務表であり、最適かどうかは確かめていない。"
    elif is_optimal:
        shown = "配慮の規則に照らして、これより良い勤務表はない（証明済み）。"
    else:
        shown = "配慮の規則に照らして良い勤務表であるが、最適であることは証明していない。"
    usual = f"始業が通常と異なるのは{moved}勤務である。" if moved else "始業は全て通常のとおりである。"
    return shown + usual


def heads_title(day: date, least: int, span: tuple[int, int], shortfall: Sequence[tuple[int, int]]) -> str:
    """State the finding of a day's drawing."""
    if shortfall:
        first = clock_span(*shortfall[0])
        more = f"ほか{len(shortfall) - 1}つの時間帯" if len(shortfall) > 1 else ""
        return f"{short_day(day)}は、{first}{more}で受付の人数が体制を下回る（最少{least}人）"
    return f"{short_day(day)}は、受付の人数が体制どおりである（最少は{clock_span(*span)}の{least}人）"


def seat_words(name: str, times: str, pause: str, grade: str) -> str:
    """Write a duty to choose: 早番 8:30〜17:30（休憩12:00〜13:00、初級SE）."""
    shown = times if name in {"", times} else f"{name} {times}"
    inside = "、".join(part for part in (f"休憩{pause}" if pause else "", grade) if part)
    return f"{shown}（{inside}）" if inside else shown


def broken_words(duties: int, hard: int, soft: int) -> str:
    """Say what a roster from a file breaks."""
    if not hard + soft:
        return f"{duties}勤務を読んだ。反する規則はない。"
    return f"{duties}勤務を読んだ。必須の規則に反するのは{hard}項目、配慮を要するのは{soft}項目である。"
