import pytest

from planner.wording.service_day import because, falls, falls_short, holds, instead, others, people

SPAN = (615, 690)


def test_where_it_breaks_first_is_said_with_time_share_limit_and_target() -> None:
    assert falls("status_quo", SPAN, 0.58, 1.0, 0.8) == (
        "現体制では、10:15〜11:30に基準時間内（1分以内）の応答率が58%まで下がる（目標80%）"
    )
    assert falls("plus_1", None, 0.58, 0.5, 0.8) == (
        "「1名増員」では、基準時間内（0.5分以内）の応答率が1日を通じて目標を下回り、58%まで下がる（目標80%）"
    )
    assert falls_short("status_quo", SPAN, 0.58) == (
        "現体制で基準時間内の応答率が目標を最初に下回るのは10:15〜11:30（58%）"
    )


def test_causes_are_listed_as_official_japanese_lists() -> None:
    said = because([("arrivals", 1.62, 1.62), ("break", 1.0, 0.0), ("operations", 1.25, 0.0)])
    assert said == (
        "要因は、問合せの集中（1日の平均の1.6倍）、休憩による離席（1人）及び"
        "運用管理業務による離席（平均1.2人）である"
    )
    assert because([("present", 2.0, 4.0), ("backlog", 0.0, 0.0)]) == (
        "要因は、勤務する人数の少なさ（1日の最多4人に対し2人）及び直前の時間帯から続く待ちである"
    )
    assert because([("shortage", 3.0, 4.4)]) == "要因は、受付の人数の不足（必要な平均4.4人に対し3人）である"
    assert because([("even", 0.0, 0.0)]) == "問合せの数及び人数に、この時間帯だけの偏りはない"


def test_what_the_chosen_formation_does_then() -> None:
    assert instead("plus_1", 0.84, None) == (
        "「1名増員」では、同じ時間帯で最低でも84%であり、目標を下回る時間帯はない"
    )
    assert instead("hours", None, ((990, 1020), 0.7)) == (
        "「時間帯変更のみ」では、同じ時間帯に目標に数える問合せはなく、"
        "最初に目標を下回るのは16:30〜17:00（70%）である"
    )


def test_further_stretches_are_counted_and_the_lowest_is_named() -> None:
    assert others(1, (SPAN, 0.5)) == "このほか、10:15〜11:30の50%でも目標を下回る"
    assert others(3, (SPAN, 0.5)) == "このほか、3つの時間帯（最も低いのは10:15〜11:30の50%）でも目標を下回る"


def test_no_break_names_all_formations_that_hold() -> None:
    assert holds(["status_quo", "plus_1"], 0.8) == (
        "現体制及び「1名増員」では、基準時間内の応答率が目標（80%）を下回る時間帯はない"
    )


@pytest.mark.parametrize(
    ("number", "said"), [(2.0, "2人"), (1.96, "2人"), (1.25, "平均1.2人"), (0.0, "0人"), (0.94, "平均0.9人")]
)
def test_people_are_whole_or_a_mean_to_a_tenth(number: float, said: str) -> None:
    assert people(number) == said
