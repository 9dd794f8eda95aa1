"""What makes a forecast doubtful (``forecasts.soundness``): what was seen, what follows, what to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from planner.wording.dates import wareki
from planner.wording.numbers import count, times
from planner.wording.terms import event_kind


@dataclass(frozen=True, slots=True)
class Doubt:
    """One cause: what was ``seen``, what it ``means`` for the forecast, what to ``do``. Whole sentences."""

    seen: str
    means: str
    do: str


def _day(value: str) -> str:
    return wareki(date.fromisoformat(value))


def _factor(value: str) -> str:
    factor = float(value)
    return times(factor) if factor > 1 else f"{factor:.2g}倍"


def _count(value: str) -> str:
    return count(float(value))


# code: (what is seen, what it means, what to do, how the parts of the value are written)
SOUNDNESS: Mapping[str, tuple[str, str, str, tuple[Callable[[str], str], ...]]] = {
    "no_inquiries": (
        "履歴に問合せが1件もありません。",
        "予測はほぼ0件になり、必要人数の根拠になりません。",
        "取り込んだ記録の期間と受付方法を確かめ、問合せの記録を取り込んでください。",
        (),
    ),
    "few_weeks": (
        "履歴が{}週分で、8週に足りません。",
        "曜日の違いと日々のばらつきを十分に学べないため、予測の幅が広くなります。季節と行事の影響は見込めません。",
        "過去の記録を追加で取り込んでください。",
        (_count,),
    ),
    "under_a_year": (
        "履歴が{}週分で、1年に足りません。",
        "季節の影響は分からず、年に1度の行事は1度も見ていないことがあります。",
        "前年同時期の記録があれば、追加で取り込んでください。月の合計だけでも役に立ちます。",
        (_count,),
    ),
    "under_two_years": (
        "履歴が{}週分で、2年に足りません。",
        "毎年の行事は多くて1回しか見ていないため、行事による増加の大きさは幅を広く見ています。",
        "2年以上の記録があれば、追加で取り込んでください。",
        (_count,),
    ),
    "no_recent_days": (
        "履歴は{}で終わり、基準日まで{}週空いています。",
        "その間に件数の水準が変わっていても、予測には表れません。",
        "新しい問合せ記録を取り込んでください。",
        (_day, _count),
    ),
    "dries_up": (
        "{}から、件数がほとんど無くなっています。",
        "記録が途中で切れていれば、予測は実際より大幅に少なくなります。",
        "その日以降の記録を取り込み直すか、その期間を学習から除外してください。",
        (_day,),
    ),
    "level_jump": (
        "{}頃から、件数の水準が以前の{}に変わっています。",
        "新しい水準が続くものとして見込みます。集計の誤りや一時的な増減であれば、予測も誤ります。",
        "窓口の統合や数え方の変更など理由を確かめ、誤りであれば取り込み直してください。",
        (_day, _factor),
    ),
    "huge_day": (
        "{}の件数は{}件で、前後の日（約{}件）の10倍を超えています。",
        "桁の誤りや一括登録であれば、件数の水準と予測の幅が大きく見込まれます。",
        "件数を確かめ、誤りであれば直し、特別な日であれば学習から除外してください。",
        (_day, _count, _count),
    ),
    "days_missing": (
        "{}から{}まで、{}開庁日の記録がありません。",
        "その間は学習から除くため、その間の季節と行事は学べず、予測の幅が広くなります。",
        "記録又は月の合計があれば、取り込んでください。閉庁していた期間であれば、行事に臨時閉庁として登録してください。",
        (_day, _day, _count),
    ),
    "many_empty_days": (
        "件数が0件の開庁日が{}日（全{}日）あります。",
        "閉庁した日や記録漏れの日が0件として残っていれば、予測は実際より少なくなり、幅も広くなります。",
        "閉庁した日であれば行事のページに登録し、記録漏れであれば学習から除外してください。",
        (_count, _count),
    ),
    "event_never_seen": (
        "予測する期間に行事「{}」がありますが、同じ時期の同じ種類の行事が履歴にありません。",
        "増加の大きさは他の行事と一般的な目安によるため、幅を広く見ています。",
        "過去の同じ行事を行事のページに登録するか、見込まれる影響の人数を登録してください。",
        (event_kind,),
    ),
    "many_left_out": (
        "履歴のうち{}日（全{}日）を学習から除外しています。",
        "残りの日だけから学ぶため、曜日、季節及び行事の見込みが不確かになります。",
        "除外した日と理由を確かめ、通常の日であれば除外を取り消してください。",
        (_count, _count),
    ),
}


def soundness_doubt(code: str, value: str) -> Doubt:
    """Write a notice of ``forecasts.soundness`` in three sentences. Raises KeyError on an unknown code."""
    seen, means, do, writers = SOUNDNESS[code]
    parts = [write(part) for write, part in zip(writers, _parts(value, len(writers)), strict=True)]
    return Doubt(seen.format(*parts), means, do)


def _parts(value: str, number: int) -> list[str]:
    """Part a value; the last part may hold spaces (a kind of event of the desk's own)."""
    return value.split(maxsplit=number - 1) if number else []


def soundness_sentence(code: str, value: str) -> str:
    """Write a notice as one text."""
    doubt = soundness_doubt(code, value)
    return f"{doubt.seen}{doubt.means}{doubt.do}"
