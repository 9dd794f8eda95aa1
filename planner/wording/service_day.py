"""Service through the day in sentences: where it breaks first, why, and what a change does about it."""

from collections.abc import Mapping, Sequence

from planner.wording.dates import clock_span, percent
from planner.wording.numbers import heads, times
from planner.wording.terms import alternative_name, joined

NO_CALLS = "応答の目標に数える問合せが見込まれないため、時間帯ごとの基準時間内の応答率はない"
SCOPE = (
    "基準時間内の応答率は、繁忙期間中の平均的な日の見込みである。問合せの数は、全ての受付方法を合わせた1時間ごとの見込み"
    "による。平均して1日1件に満たない時間帯は、目標を下回るかどうかの判定から除いた。"
)
"""What the figures are, and what they cannot say."""
PLACED = "休憩及び運用管理業務の時刻は、現体制を含め、各案で最も良く置いたものである。"
"""Of pages that show breaks: the plan places them (assumption ``placed_breaks``)."""

_CAUSES: Mapping[str, str] = {
    "arrivals": "問合せの集中（1日の平均の{times}）",
    "present": "勤務する人数の少なさ（1日の最多{beside}に対し{number}）",
    "reception": "受付の人数の少なさ（1日の最多{beside}に対し{number}）",
    "break": "休憩による離席（{number}）",
    "operations": "運用管理業務による離席（{number}）",
    "backlog": "直前の時間帯から続く待ち",
    "shortage": "受付の人数の不足（必要な{beside}に対し{number}）",
}
_HOLDS = "目標を下回る時間帯はない"
_NO_CAUSE = "問合せの数及び人数に、この時間帯だけの偏りはない"


def formation_name(key: str) -> str:
    """Return how a formation is called in a sentence: 現体制; 「1名増員」."""
    return "現体制" if key == "status_quo" else f"「{alternative_name(key)}」"


def people(number: float) -> str:
    """Write people as 2人, a mean that is no whole number as 平均2.4人."""
    return f"{round(number)}人" if heads(number).endswith(".0") else f"平均{heads(number)}人"


def falls(key: str, span: tuple[int, int] | None, low: float, within_min: float, goal: float) -> str:
    """Say where a formation's service breaks first, and how low it gets; ``span`` None: all day long."""
    share = f"基準時間内（{within_min:g}分以内）の応答率が"
    when = f"{clock_span(*span)}に{share}" if span else f"{share}1日を通じて目標を下回り、"
    return f"{formation_name(key)}では、{when}{percent(low)}まで下がる（目標{percent(goal)}）"


def falls_short(key: str, span: tuple[int, int], low: float) -> str:
    """Say the same in short: a chart's title."""
    where = f"{clock_span(*span)}（{percent(low)}）"
    return f"{formation_name(key)}で基準時間内の応答率が目標を最初に下回るのは{where}"


def holds(keys: Sequence[str], goal: float) -> str:
    """Say that none of these formations falls below the target."""
    names = joined([formation_name(key) for key in keys])
    return f"{names}では、基準時間内の応答率が目標（{percent(goal)}）を下回る時間帯はない"


def because(causes: Sequence[tuple[str, float, float]]) -> str:
    """Say what makes a stretch short: (code, number, what stands beside it) of each cause."""
    said = [
        _CAUSES[code].format(times=times(number), number=people(number), beside=people(beside))
        for code, number, beside in causes
        if code in _CAUSES
    ]
    return f"要因は、{joined(said)}である" if said else _NO_CAUSE


def others(number: int, worst: tuple[tuple[int, int], float]) -> str:
    """Say in how many further stretches the target is missed, and the lowest of them (span, low)."""
    lowest = f"{clock_span(*worst[0])}の{percent(worst[1])}"
    found = f"{lowest}" if number == 1 else f"{number}つの時間帯（最も低いのは{lowest}）"
    return f"このほか、{found}でも目標を下回る"


def instead(key: str, low: float | None, first: tuple[tuple[int, int], float] | None) -> str:
    """Say what the chosen formation does where the present one breaks first, and where it breaks itself.

    ``low``: None where it is closed then, or nobody calls. ``first``: (span, low) of its own first stretch.
    """
    here = (
        "同じ時間帯に目標に数える問合せはなく" if low is None else f"同じ時間帯で最低でも{percent(low)}であり"
    )
    own = f"最初に目標を下回るのは{clock_span(*first[0])}（{percent(first[1])}）である" if first else _HOLDS
    return f"{formation_name(key)}では、{here}、{own}"
