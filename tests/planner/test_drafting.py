from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forecasts.slots import Period
from planner.alternatives.alternative import Alternative
from planner.content import KnownEvent, PastEvent, Texts
from planner.desk_file import read_desk
from planner.drafting import drafted_texts, proposal_title
from planner.ending import EndRule
from tests.planner.content_builder import make_alternative, make_content

DESK = read_desk(Path("data/desks/lan-desk.toml"))
WINDOW = Period(date(2026, 4, 1), date(2026, 4, 15))
NOW = make_alternative("status_quo")
PLUS_1 = make_alternative("plus_1")


def event(day: int, headcount: int | None) -> KnownEvent:
    start = date(2026, 4, day)
    return KnownEvent(
        "transfer", "人事異動", start, start, date(2026, 2, 20), headcount, "planned", "架空データ"
    )


def drafted(proposed: Alternative, **changes: Any) -> Texts:
    plain = {"window": WINDOW, "events": (), "past": (), "peak_ratio": 1.5}
    return drafted_texts(DESK, make_content(**(plain | changes)), proposed)


def test_the_background_puts_the_dates_of_one_event_together() -> None:
    events = (event(1, 680), event(6, 180), event(13, None), event(20, 9))
    text = drafted(PLUS_1, events=events, peak_ratio=1.52).background
    assert "人事異動（4月1日、4月6日、4月13日、対象計860名）" in text
    assert "平常の約1.5倍" in text
    assert "令和8年4月1日（水）から同月14日（火）まで" in text


@pytest.mark.parametrize(
    ("events", "ratio", "said"),
    [((), 1.0, "定例の行事は見込まれない"), ((event(1, None),), 1.01, "増加は小さい")],
)
def test_the_background_claims_no_peak_where_there_is_none(
    events: tuple[KnownEvent, ...], ratio: float, said: str
) -> None:
    assert said in drafted(NOW, events=events, peak_ratio=ratio).background


def test_the_background_claims_no_precedent_that_was_not_seen() -> None:
    def past(year: int, ratio: float) -> PastEvent:
        return PastEvent("人事異動", date(year, 4, 1), 10, 50.0 * ratio, 50.0, ratio)

    never = drafted(PLUS_1, events=(event(1, 680),)).background
    twice = drafted(PLUS_1, events=(event(1, 680),), past=(past(2023, 1.4), past(2024, 1.0), past(2025, 1.3)))
    assert "これまで" not in never
    assert "3回のうち2回" in twice.background


def test_the_notice_names_new_hours_only_where_they_change() -> None:
    people, hours = drafted(PLUS_1).notice, drafted(make_alternative("hours")).notice
    assert "変更はありません" in people
    assert "異動" not in people
    assert "受付時間を" in hours
    assert "平常は8時30分から18時15分まで" in hours


def test_status_quo_needs_no_end_and_is_no_change() -> None:
    texts = drafted(NOW)
    assert "解除の手続は要しない" in texts.revert_condition
    assert "周知は要しない" in texts.notice
    assert "維持" in proposal_title(WINDOW, date(2026, 3, 1), is_change=False)
    assert "変更" in proposal_title(WINDOW, date(2026, 3, 1), is_change=True)


def test_the_end_is_told_by_inquiries_where_the_standing_formation_serves_some() -> None:
    ruled = drafted(PLUS_1, end_rule=EndRule(3, 64, 0)).revert_condition
    assert "1日の問合せが平常体制で目標を保てる64件以下であり" in ruled
    assert "滞留）が0件である日が3開庁日続いた場合" in ruled
    assert "2件以下である日" in drafted(PLUS_1, end_rule=EndRule(3, 64, 2)).revert_condition
    for without in (None, EndRule(3, 0, 0)):
        assert "応答率が3開庁日続けて" in drafted(PLUS_1, end_rule=without).revert_condition
