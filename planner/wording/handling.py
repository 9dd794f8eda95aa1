"""Handling times and patience as a manager reads them: figures with their intervals, and what they mean."""

from collections.abc import Mapping, Sequence
from math import isinf

from forecasts.history.estimates import Estimate
from forecasts.history.handling import Handling
from forecasts.history.patience import Patience
from planner.wording.dates import percent
from planner.wording.numbers import count, minutes_with_span, ratio, times
from planner.wording.terms import joined

HANDLING_CAPTION = "対応時間（後処理を含む。）"
HANDLING_COLUMNS = (
    ("受付方法・分類", ""),
    ("件数", "件"),
    ("平均", "分"),
    ("変動係数", ""),
    ("1年当たりの変化", ""),
    ("直近3か月のそれ以前に対する変化", ""),
)
PATIENCE_CAPTION = "応答を待つ時間"
PATIENCE_COLUMNS = (
    ("受付方法", ""),
    ("記録のある件数", "件"),
    ("切断", "件"),
    ("平均", "分"),
    ("半数が切断するまで", "分"),
    ("初めの1分の切断", ""),
)
_UNKNOWN = "―"
_STEADY = 0.0005  # below, a change is none
_OWN = 0.5  # below, a category's figures are more its channel's than its own

_DOUBTS: Mapping[str, str] = {
    "": "特に多くも少なくもない",
    "early_hang_ups": "多い",
    "late_hang_ups": "少ない",
}
_DOUBT_MEANS: Mapping[str, str] = {
    "early_hang_ups": (
        "{channel}は、初めの1分の切断が多い。必要人数の計算では切断が時間によらず同じ割合で生じるものとするため、"
        "待ち時間が短いときの切断を少なく、長いときの切断を多く見込む。"
    ),
    "late_hang_ups": (
        "{channel}は、初めの1分の切断が少ない。必要人数の計算では切断が時間によらず同じ割合で生じるものとするため、"
        "待ち時間が短いときの切断を多く、長いときの切断を少なく見込む。"
    ),
}


def handling_row(name: str, found: Handling) -> tuple[str, ...]:
    """Write a row of ``HANDLING_COLUMNS``: 17.2（16.8〜17.6）, 2.1%増（0.4%減〜4.6%増）."""
    spread = ratio(found.cv) if found.is_cv_measured else _UNKNOWN
    if found.is_cv_measured and found.cv_interval:
        low, high = map(ratio, found.cv_interval)
        spread = f"{spread}（{low}〜{high}）"
    return (
        name,
        count(found.n),
        _minutes(found.mean_min, found.interval_min),
        spread,
        _change(found.change),
        _change(found.step),
    )


def talk_name(channel: str) -> str:
    """Name a channel of which only talk times are known."""
    return f"{channel}（通話時間のみ）"


def category_name(category: str) -> str:
    """Write a category below its channel; rows that tell none have a name too."""
    return f"　{category or '分類の記載なし'}"


def handling_notes(
    by_channel: Mapping[str, Handling], by_category: Mapping[tuple[str, str], Handling], hidden: int
) -> list[str]:
    """Say how the figures came about, and what has moved; channels by their names."""
    lines = [
        "（　）内は80%区間である。極端に長い記録は、受付方法ごとに上から0.5%の値に置き換えて平均した。",
    ]
    if by_category:
        lines.append(
            "分類の値は、件数の少ない分類ほど、その受付方法の各分類に共通する値に近づけて推定した。"
            + _weak(by_category)
        )
    if hidden:
        lines.append(f"分類は、対応に要した時間の多いものを示した。ほかに{count(hidden)}分類ある。")
    return [*lines, *(_moved(channel, h) for channel, h in by_channel.items() if h.has_moved)]


def patience_row(name: str, found: Patience) -> tuple[str, ...]:
    """Write a row of ``PATIENCE_COLUMNS``."""
    first = _DOUBTS[found.doubt]
    if found.early_ratio is not None:
        first = f"{first}（その後の{times(found.early_ratio)}）"
    return (
        name,
        count(found.n),
        count(found.n_abandoned),
        _minutes(found.mean_min, found.interval_min),
        _UNKNOWN if found.median_min is None else _minutes(found.median_min, found.median_interval_min),
        first,
    )


def patience_notes(by_channel: Mapping[str, Patience]) -> list[str]:
    """Say how the figures came about, and where the shape speaks against what is assumed."""
    return [
        "（　）内は80%区間である。応答した問合せは、応答までは待ったものとして平均に含めた。",
        *(
            _DOUBT_MEANS[found.doubt].format(channel=channel)
            for channel, found in by_channel.items()
            if found.doubt
        ),
    ]


def _minutes(number: float, interval: tuple[float, float] | None) -> str:
    if interval is None:
        return f"{number:.1f}"
    low, high = interval
    return f"{number:.1f}（{low:.1f}以上）" if isinf(high) else minutes_with_span(number, low, high)


def _change(found: Estimate | None) -> str:
    if found is None:
        return _UNKNOWN
    return f"{_more(found.value)}（{_more(found.low)}〜{_more(found.high)}）"


def _more(factor: float) -> str:
    """Write a factor as 2.1%増, 0.4%減, 増減なし."""
    if abs(factor - 1) < _STEADY:
        return "増減なし"
    return f"{percent(factor - 1, 1)}増" if factor > 1 else f"{percent(1 - factor, 1)}減"


def _weak(by_category: Mapping[tuple[str, str], Handling]) -> str:
    weak = [(c, h.n) for c, h in by_category.items() if h.own_weight < _OWN]
    if not weak:
        return ""
    names = [
        f"{channel}の「{category or '分類の記載なし'}」（{count(n)}件）" for (channel, category), n in weak
    ]
    shown: Sequence[str] = names[:3] if len(names) <= 3 else [*names[:3], f"ほか{len(names) - 3}分類"]
    return f"{joined(shown)}は、自らの記録よりも共通の値の方が大きく効いている。"


def _moved(channel: str, found: Handling) -> str:
    if found.step is None or found.recent_min is None:
        return ""
    return (
        f"{channel}の対応時間は、直近3か月の平均が{found.recent_min:.1f}分で、それ以前の{found.step.value:.2f}倍"
        f"（80%区間{found.step.low:.2f}〜{found.step.high:.2f}倍）である。必要人数は、全期間の平均（{found.mean_min:.1f}分）"
        "ではなく、この直近の平均から求めるため、変化が一時的なものでないかを窓口の実情と照らして確かめる。"
    )
