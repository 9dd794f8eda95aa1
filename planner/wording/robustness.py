"""Words about what becomes of the alternatives where the assumptions fail."""

from collections.abc import Mapping, Sequence

from planner.wording.dates import percent
from planner.wording.terms import alternative_name, joined

SCENARIOS: Mapping[str, str] = {
    "as_forecast": "予測のとおり",
    "fewer": "問合せが20%少ない",
    "more": "問合せが20%多い",
    "quicker": "処理時間が10%短い",
    "slower": "処理時間が10%長い",
    "week_later": "行事が1週間遅れる",
    "follow_little": "受付時間の変更に伴う移動が少ない",
    "follow_much": "受付時間の変更に伴う移動が多い",
}
TITLE = "前提が外れた場合の目標を下回るおそれ"


def finding(key: str, max_risk: float, broken: Sequence[tuple[str, float]]) -> str:
    """Say under which scenarios an alternative no longer keeps the accepted risk, and how far it goes."""
    name, most = alternative_name(key), percent(max_risk)
    if not broken:
        return f"「{name}」は、次のいずれの場合も、目標を下回るおそれが許容する値（{most}）以下にとどまる"
    said = joined([f"{_case(scenario)}（{percent(risk)}）" for scenario, risk in broken])
    return f"「{name}」の目標を下回るおそれが許容する値（{most}）を超えるのは、{said}である"


def _case(scenario: str) -> str:
    """Write 問合せが20%多い場合; 予測のとおりの場合."""
    words = SCENARIOS[scenario]
    return f"{words}の場合" if scenario == "as_forecast" else f"{words}場合"


def scope(paths: int) -> str:
    """Say how it was computed."""
    return (
        f"先頭の{paths}経路で1回ずつ計算した概算であり、予測のとおりの値も同じ経路による。"
        "このため、変更案の比較の値とは異なる。変更の期間は、いずれの場合も変えていない。"
    )
