"""The quality of a history in sentences."""

from dataclasses import replace
from datetime import date

import pytest

from forecasts.history.breaks import Gap, LevelChange
from forecasts.history.months import MonthTotal
from forecasts.history.quality import HANDLING_CODES, LENGTHS, ChannelQuality, Odd, Quality
from forecasts.slots import Period
from planner.wording.history import (
    change_sentence,
    days_title,
    gap_sentence,
    quality_answer,
    quality_findings,
    shares_title,
)

NAMES = {"phone": "電話", "mail": "メール"}
NAN = float("nan")
PHONE = ChannelQuality("phone", 600, 0.6, 0.61, 0.59, "handling_from_log", 0.0)
MAIL = ChannelQuality("mail", 400, 0.4, 0.39, 0.41, "handling_from_log", 0.1)
GAP = Gap(date(2024, 9, 10), date(2024, 9, 12), 3)
CHANGE = LevelChange(date(2024, 1, 16), 55.4, 84.9)
STEADY = Quality(
    period=Period.through(date(2021, 3, 1), date(2024, 2, 29)),
    office_days=730,
    inquiries=1000,
    left_out=0,
    length="two_years",
    gaps=(),
    changes=(),
    channels=(PHONE, MAIL),
    odd=(),
)


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        (GAP, "令和6年9月10日から3開庁日、記録がない。"),
        (replace(GAP, office_days=1), "令和6年9月10日は、記録がない。"),
        (replace(GAP, channel="mail"), "令和6年9月10日から3開庁日、メールの記録がない。"),
        (replace(GAP, is_end=True), "令和6年9月10日以降の3開庁日、記録がない。"),
        (replace(GAP, channel="mail", is_start=True), "令和6年9月12日まで3開庁日、メールの記録がない。"),
    ],
)
def test_a_gap_is_told_by_its_first_day_and_its_office_days(gap: Gap, sentence: str) -> None:
    assert gap_sentence(gap, NAMES) == sentence


def test_a_change_is_told_with_both_levels() -> None:
    assert change_sentence(CHANGE, NAMES) == (
        "令和6年1月16日頃から、問合せが1日約55件から約85件（1.5倍）に変わった。"
    )


def test_a_steady_history_leaves_nothing_to_do() -> None:
    findings = quality_findings(STEADY, NAMES)
    assert not [f for f in findings if f.is_open or f.do]
    assert quality_answer(STEADY, NAMES) == (
        "令和3年3月1日から令和6年2月29日までの1,000件に、欠けや急な変化は見当たらない。"
    )
    assert days_title(STEADY, 0) == "記録に欠けや急な変化は見当たらない"
    assert shares_title(STEADY, NAMES) == "受付方法の割合に大きな変化はない"


def test_what_is_open_is_named_in_the_answer_and_comes_with_a_remedy() -> None:
    found = replace(STEADY, gaps=(GAP,), changes=(CHANGE,))
    open_ = [f for f in quality_findings(found, NAMES) if f.is_open]
    assert [f.topic for f in open_] == ["記録の欠け", "件数の水準の変化"]
    assert all(f.means and f.do for f in open_)
    assert "記録の欠け及び件数の水準の変化を確かめる必要がある" in quality_answer(found, NAMES)
    assert days_title(found, 4) == "記録の欠けが1か所、水準の変化が1回、確認の要る日が4日ある"


def test_channels_of_like_standing_are_told_together() -> None:
    both = tuple(replace(c, handling="handling_from_desk_file") for c in (PHONE, MAIL))
    (finding,) = (
        f for f in quality_findings(replace(STEADY, channels=both), NAMES) if f.topic == "対応時間の記録"
    )
    assert finding.seen == "電話及びメールは、対応時間の記録がない。"
    partly = replace(PHONE, handling="handling_partly", missing_handling=0.4)
    (finding,) = (
        f for f in quality_findings(replace(STEADY, channels=(partly, MAIL)), NAMES) if "対応時間" in f.topic
    )
    assert finding.seen == "電話は、40%の問合せに対応時間の記録がない。"


def test_a_share_that_moved_is_the_title_of_its_chart() -> None:
    moved = (replace(PHONE, last_year_share=0.42), replace(MAIL, last_year_share=0.58))
    assert shares_title(replace(STEADY, channels=moved), NAMES) == (
        "電話は、最初の1年の61%から直近の1年の42%に変わった"
    )
    young = tuple(replace(c, first_year_share=NAN, last_year_share=NAN) for c in (PHONE, MAIL))
    assert shares_title(replace(STEADY, channels=young), NAMES) == "最も多い受付方法は電話（60%）"


def test_every_code_has_its_words() -> None:
    odd = tuple(
        Odd(code, 20, 100) for code in ("untimed", "on_closing_day", "outside_reception", "late_closing")
    )
    for length in LENGTHS:
        for handling in HANDLING_CODES:
            channels = (replace(PHONE, handling=handling, missing_handling=0.3),)
            found = replace(STEADY, length=length, channels=channels, odd=odd, left_out=3)
            for finding in quality_findings(found, NAMES):
                assert finding.seen.endswith("。")
                assert not {"{", "}", "nan"} & set(finding.seen)


def test_an_empty_history_is_told_as_such() -> None:
    nothing = Quality(None, 0, 0, 0, "too_short", (), (), (replace(PHONE, inquiries=0, share=NAN),), ())
    assert quality_answer(nothing, NAMES) == "取り込まれた記録がない。"
    assert [f.topic for f in quality_findings(nothing, NAMES)] == ["記録の長さ"]


def test_totals_of_months_are_told_where_they_differ() -> None:
    agreeing = MonthTotal(date(2023, 5, 1), "mail", 100, 101)
    less = MonthTotal(date(2023, 4, 1), "phone", 1200, 900)
    more = MonthTotal(date(2023, 6, 1), "phone", 700, 800)
    *_, found = quality_findings(replace(STEADY, months=(agreeing,)), NAMES)
    assert (found.topic, found.is_open, found.seen) == (
        "月計との照合",
        False,
        "月計のある1か月の件数は、日々の記録と合う。",
    )
    *_, found = quality_findings(replace(STEADY, months=(less, agreeing, more)), NAMES)
    assert found.is_open
    assert found.seen == (
        "令和5年4月の電話は、月計が1,200件、日々の記録が900件である。ほかに1件の月計が合わない。"
    )
    assert found.do
