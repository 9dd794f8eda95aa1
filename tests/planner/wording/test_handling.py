"""Handling times and patience in words: figures with intervals, what they mean."""

from math import inf

from forecasts.history.estimates import Estimate
from forecasts.history.handling import Handling
from forecasts.history.patience import Patience
from planner.wording.handling import (
    HANDLING_COLUMNS,
    PATIENCE_COLUMNS,
    category_name,
    handling_notes,
    handling_row,
    patience_notes,
    patience_row,
)

PHONE = Handling(
    17.21,
    0.913,
    12345,
    interval_min=(16.84, 17.6),
    cv_interval=(0.9, 0.924),
    change=Estimate(1.021, 0.996, 1.046),
    step=Estimate(1.3, 1.24, 1.36),
    has_moved=True,
    recent_min=21.5,
)


def test_every_figure_has_its_interval() -> None:
    assert handling_row("電話", PHONE) == (
        "電話",
        "12,345",
        "17.2（16.8〜17.6）",
        "0.91（0.90〜0.92）",
        "2.1%増（0.4%減〜4.6%増）",
        "30.0%増（24.0%増〜36.0%増）",
    )
    assert len(HANDLING_COLUMNS) == 6


def test_what_was_not_measured_is_left_open() -> None:
    alone = Handling(30.0, 1.0, 1, is_cv_measured=False)
    assert handling_row("電話", alone) == ("電話", "1", "30.0", "―", "―", "―")
    assert category_name("") == "　分類の記載なし"


def test_a_level_that_moved_is_told_with_what_it_means() -> None:
    notes = handling_notes({"電話": PHONE, "メール": Handling(9.0, 1.0, 9)}, {}, 0)
    assert len(notes) == 2
    assert notes[1].startswith("電話の対応時間は、直近3か月の平均が21.5分で、それ以前の1.30倍")
    assert "全期間の平均（17.2分）ではなく、この直近の平均から" in notes[1]


def test_drawn_together_categories_are_named() -> None:
    few = Handling(20.0, 0.9, 2, own_weight=0.2)
    notes = handling_notes({}, {("電話", "その他"): few, ("電話", ""): few, ("電話", "端末"): PHONE}, 5)
    assert "電話の「その他」（2件）及び電話の「分類の記載なし」（2件）は" in notes[1]
    assert "端末" not in notes[1]
    assert "ほかに5分類" in notes[2]


def test_patience_is_told_with_its_shape() -> None:
    found = Patience(5.05, 2703, 33405, (4.93, 5.18), 3.52, (3.42, inf), 2.4, "early_hang_ups")
    row = patience_row("電話", found)
    assert row == (
        "電話",
        "33,405",
        "2,703",
        "5.0（4.9〜5.2）",
        "3.5（3.4以上）",
        "多い（その後の2.4倍）",
    )
    assert len(row) == len(PATIENCE_COLUMNS)
    assert [n.startswith("電話は、初めの1分の切断が多い。") for n in patience_notes({"電話": found})] == [
        False,
        True,
    ]


def test_a_patience_of_few_hang_ups_leaves_open_what_is_not_known() -> None:
    assert patience_row("電話", Patience(9.0, 1, 20)) == (
        "電話",
        "20",
        "1",
        "9.0",
        "―",
        "特に多くも少なくもない",
    )
    assert len(patience_notes({"電話": Patience(9.0, 1, 20)})) == 1
    late = Patience(9.0, 50, 200, early_ratio=0.1, doubt="late_hang_ups")
    assert "少ない" in patience_notes({"電話": late})[1]
