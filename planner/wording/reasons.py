"""Why an alternative was or was not recommended: the codes of ``alternatives.recommend`` in sentences."""

from collections.abc import Callable, Iterable, Mapping

from planner.wording.dates import percent
from planner.wording.terms import MEASURES, alternative_name


def _share(value: str) -> str:
    return percent(float(value))


def _calls(value: str) -> str:
    return f"{float(value):.1f}"


def _points(value: str) -> str:
    return f"{100 * float(value):.1f}"


def _beside(value: str) -> str:
    """Write 目標を下回るおそれは12ポイント高く、要員は40人時少ない."""
    risk, work = (float(part) for part in value.split())
    points, moved = round(100 * risk), round(work)
    said = [
        f"目標を下回るおそれは{abs(points)}ポイント{'高' if points > 0 else '低'}" if points else "",
        f"要員は{abs(moved):,}人時{'多' if moved > 0 else '少な'}" if moved else "",
    ]
    known = [part for part in said if part]
    return "く、".join(known) + "い" if known else "目標を下回るおそれ及び要員は同じである"


# code: (sentence, how its value is written)
_SENTENCES: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "risk_met": ("目標を下回るおそれは{}で、許容する値以下である", _share),
    "risk_missed": ("目標を下回るおそれは{}で、許容する値を超える", _share),
    "missed_most": ("最も下回りやすい目標は{}である", MEASURES.__getitem__),
    "falls_short": ("その目標に対し、見込みは平均して{}ポイント足りない", _points),
    "hour_missed": ("最も低い1時間の応答率が{}で、定めた下限を下回る", _share),
    "no_roster": ("労働条件を守る勤務表が組めない{}", str),
    "calls_lost": ("受付時間から外れる問合せが1日に約{}件生じる", _calls),
    "calls_gained": ("新たに受付時間に入る問合せは1日に約{}件である", _calls),
    "smallest_sufficient": ("許容する値（{}）に収まる変更案のうち、必要な要員及び時間が最も少ない", _share),
    "least_risk": ("許容する値に収まる変更案はないが、目標を下回るおそれ（{}）が最も小さい", _share),
    "smaller_change_suffices": ("より小さい変更である「{}」で足りる", alternative_name),
    "preferred": ("「{}」であれば許容する値に収まる", alternative_name),
    "no_less_risk": ("「{}」の方が、目標を下回るおそれが小さいか、又は変更が小さい", alternative_name),
    "beside": ("推奨案と比べ、{}", _beside),
}


def reason_sentence(code: str, value: str) -> str:
    """Write one reason. Raises KeyError on an unknown code."""
    sentence, written = _SENTENCES[code]
    return sentence.format(written(value))


def reason_sentences(reasons: Iterable[tuple[str, str]]) -> str:
    """Write the reasons of one alternative, one sentence after the other."""
    return "".join(f"{reason_sentence(code, value)}。" for code, value in reasons)
