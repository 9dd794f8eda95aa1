import pytest

from planner.wording.findings import beside_last_year, members_words


@pytest.mark.parametrize(
    ("miss", "of_last_year", "said"),
    [
        (0.14, 0.20, "より、外れが約3割小さい"),
        (0.186, 0.20, "より、外れが約1割小さい"),
        (0.195, 0.20, "と、外れの大きさはほぼ同じである"),
        (0.205, 0.20, "と、外れの大きさはほぼ同じである"),
        (0.26, 0.20, "より、外れが約3割大きい"),
        (0.50, 0.20, "より、外れの大きさが2.5倍である"),
    ],
)
def test_a_manager_reads_how_much_less_a_forecast_misses(miss: float, of_last_year: float, said: str) -> None:
    assert beside_last_year(miss, of_last_year) == f"「前年同日×伸び率」で見込む方法{said}"


def test_a_combination_says_of_what_it_consists_the_heaviest_first() -> None:
    weights = (("joint", 0.38), ("boosting", 0.62), ("recent_mean", 0.0))
    assert members_words(weights, "learned") == (
        "「勾配ブースティング」62%、「行事を考慮した負の二項回帰」38%を、過去の予測の成績により定めた割合で組み合わせた"
    )
    assert members_words(weights, "equal").endswith("短いため、等しい割合で組み合わせた")
