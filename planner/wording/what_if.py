"""Words of 条件を変えて試す on the page 変更案."""

from planner.wording.dates import percent
from planner.wording.terms import change_words

NO_FIGURES = "この計画には試すための値が保存されていない。計画を計算し直すと、条件を変えて試すことができる。"
RESET = "推奨案に戻す"
SCOPE = (
    "変更案を選ぶときに用いた経路による概算である。変更案の比較の値は、新たに作った経路で、"
    "模擬計算の回数を増やして改めて計算したものであり、これと異なる（おそれは、この概算の方が大きめに出やすい。）。"
    "「収まる」は、経路の数による誤差を見込んでも許容する値以下であることをいう。"
)


def name(heads: int, opens_earlier_min: int, closes_later_min: int) -> str:
    """Say what a setting of the levers changes."""
    return change_words(opens_earlier_min, closes_later_min, heads)


def finding(risk: float, max_risk: float, *, is_met: bool) -> str:
    """Say whether a setting keeps the accepted risk."""
    if is_met:
        said = f"許容する値（{percent(max_risk)}）に収まる"
    elif risk <= max_risk:
        said = f"許容する値（{percent(max_risk)}）に近く、確実に収まるとはいえない"
    else:
        said = f"許容する値（{percent(max_risk)}）を超える"
    return f"この条件では、目標を下回るおそれは約{percent(risk)}で、{said}。"


def again(max_risk: float) -> str:
    """Name the button that computes the plan anew."""
    return f"許容するおそれを{percent(max_risk)}として計算し直す"
