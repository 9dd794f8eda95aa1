"""A small but complete proposal content (架空データ): April 2026 of a desk of four, three alternatives.

``from tests.planner.content_builder import make_content``, or ask for the fixture ``content``.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from forecasts.calendar import Calendar
from forecasts.slots import Grid, Period
from planner.alternatives.alternative import Alternative, Effort, Interval, Outcome, PatternProof
from planner.content import (
    Accuracy,
    Assumption,
    Check,
    Content,
    Dates,
    DayOutlook,
    KnownEvent,
    Parties,
    PastEvent,
    Texts,
)
from planner.formation import Away, Formation, FormationChange, Pattern, Seat

GRID = Grid(15)
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))
WINDOW = Period(date(2026, 4, 1), date(2026, 4, 15))
OPENS, CLOSES = 8 * 60 + 30, 18 * 60 + 15


def interval(mean: float, spread: float = 0.05) -> Interval:
    return Interval(mean, max(mean - spread, 0.0), min(mean + spread, 1.0) if mean <= 1 else mean + spread)


def make_outcome(in_time: float, risk: float, **changes: Any) -> Outcome:
    outcome = Outcome(
        in_time=interval(in_time),
        answer_rate=interval(in_time + 0.05),
        same_day=interval(0.97, 0.02),
        window_in_time=interval(in_time - 0.08),
        worst_hour=interval(in_time - 0.25),
        worst_hour_min=9 * 60,
        risk=risk,
        risk_in_time=risk,
        risk_answer_rate=risk / 2,
        risk_same_day=0.05,
        day_miss=min(risk + 0.1, 1.0),
        backlog=interval(6.4, 3.0),
        wait_min=interval(1.8, 0.6),
        occupancy=0.86,
        overtime_h=0.0,
        standard_error=0.004,
    )
    return replace(outcome, **changes)


def make_pattern(extra: int = 0, earlier_min: int = 0) -> Pattern:
    def seat(grade: str, start: int, lunch: int, *, is_extra: bool = False) -> Seat:
        away = (Away(lunch, lunch + 60, "break"), Away(start + 360, start + 450, "operations"))
        return Seat(grade, start, start + 540, away, is_extra)

    early, late = OPENS - earlier_min, OPENS + 45
    standing = (
        seat("standard", early, 690),
        seat("standard", late, 750),
        seat("junior", early, 720),
        seat("junior", late, 780),
    )
    return Pattern(
        (*standing, *(seat("junior", OPENS + 30, 810 + 30 * n, is_extra=True) for n in range(extra)))
    )


def make_alternative(key: str = "plus_1", **changes: Any) -> Alternative:
    """Return one alternative by its key: status_quo, hours, plus_1, …"""
    extra = next((n for n in (1, 2) if f"plus_{n}" in key), 0)
    earlier = 60 if "hours" in key else 0
    days = tuple(Calendar().office_days(WINDOW.start, WINDOW.end)) if key != "status_quo" else ()
    pattern = make_pattern(extra, earlier)
    is_open = [OPENS - earlier <= 15 * s < CLOSES for s in range(GRID.slots)]
    in_time = 0.66 + 0.12 * extra + (0.02 if earlier else 0.0)
    cost = 800_000 * extra // 2
    alternative = Alternative(
        key=key,
        change=FormationChange(WINDOW, earlier, 0, extra, "junior" if extra else ""),
        formation=Formation(OPENS - earlier, CLOSES, (("standard", 2), ("junior", 2 + extra))),
        pattern=pattern,
        outcome=make_outcome(in_time, 0.9 - 0.42 * extra),
        effort=Effort(extra, 8.0 * extra * len(days), earlier / 60 * len(days), cost, 0),
        proof=PatternProof("optimal", 9.2 - 3 * extra, 9.2 - 3 * extra),
        needed=tuple(3.4 if o and 36 <= s < 48 else 2.2 if o else 0.0 for s, o in enumerate(is_open)),
        scheduled=tuple(float(n) for n in pattern.heads(GRID)),
        slot_in_time=tuple(in_time if o else None for o in is_open),
        days_changed=days,
    )
    return replace(alternative, **changes)


def make_outlook() -> tuple[DayOutlook, ...]:
    """The office days of April 2026: 1.8 times the usual 55 on the first, decaying over the window."""
    days = Calendar().office_days(APRIL.start, APRIL.end)
    levels = [55.0 * (1 + 0.8 * max(0.0, 1 - n / 10)) for n, _ in enumerate(days)]
    return tuple(
        DayOutlook(
            day,
            0.8 * x,
            x,
            1.25 * x,
            x + 0.5,
            55.0,
            ("人事異動（4月1日）",) if day in WINDOW else (),
            round(x),
        )
        for day, x in zip(days, levels, strict=True)
    )


TRANSFER = KnownEvent(
    "personnel_transfer",
    "人事異動（4月1日）",
    APRIL.start,
    APRIL.start + timedelta(days=1),
    date(2026, 2, 20),
    620,
    "planned",
    "架空データ",
)
PARTIES = Parties(
    ministry="見本省",
    supervising_section="主管課",
    addressee_title="見本省大臣官房主管課長",
    contractor="受託事業者",
    sender_title="受託事業者 責任者",
    ground="業務の繁忙時期等を考慮し、適宜・適切な対応が可能となる体制を維持すること（仕様書 1(1)①ウ）",
)
TEXTS = Texts(
    background="4月1日付けの人事異動に伴い、問合せの増加が見込まれる。",
    risks="異動の規模が想定を超える場合は、期間の延長を協議する。",
    revert_condition="1日の問合せが3開庁日続けて平常の1.2倍を下回ったとき。",
    notice="4月1日から14日まで、受付窓口の体制を一時的に変更します。",
)
ACCURACY = Accuracy(
    model="joint",
    baseline="recent_mean",
    wape=0.162,
    wape_floor=0.108,
    wape_event=0.214,
    coverage=0.81,
    coverage_event=0.76,
    crps_ratio=0.83,
    crps_ratio_event=0.55,
    origins=12,
    horizon_days=30,
    window_coverage=0.79,
    wape_floor_event=0.091,
)


def make_content(**changes: Any) -> Content:
    """Return a complete content; name the fields that differ."""
    plus_1 = make_alternative("plus_1", is_recommended=True, reasons=(("cheapest_within_risk", "0.2"),))
    content = Content(
        desk_id="lan-desk",
        desk_name="見本省LAN受付窓口",
        is_sample=True,
        parties=PARTIES,
        as_of=date(2026, 2, 27),
        learned_until=date(2026, 2, 27),
        period=APRIL,
        window=WINDOW,
        slot_min=GRID.slot_min,
        grades=(("standard", "一般SE"), ("junior", "初級SE")),
        channels=(("phone", "電話"), ("mail", "メール"), ("form", "申請"), ("visit", "来室")),
        targets=(("in_time", 0.8), ("answer_rate", 0.9), ("same_day", 0.95), ("max_risk", 0.2)),
        events=(TRANSFER,),
        outlook=make_outlook(),
        past=(PastEvent("人事異動（4月1日）", date(2025, 4, 1), 10, 88.4, 54.1, 1.63, 600),),
        peak_ratio=1.4,
        left_out_days=(date(2025, 9, 3),),
        closed_days=((date(2026, 4, 29), "昭和の日"),),
        channel_shares=(("phone", 0.5), ("mail", 0.25), ("form", 0.2), ("visit", 0.05)),
        heat=tuple(
            tuple(6.0 + (5 - w) if 8 <= h < 18 else 0.0 for h in range(24))  # hours of the day
            for w in range(5)
        ),
        accuracy=ACCURACY,
        alternatives=(make_alternative("status_quo"), make_alternative("hours"), plus_1),
        recommended="plus_1",
        needed_peak=4.2,
        short_slots=tuple(range(36, 48)),
        cost_rule="within_contract",
        dates=Dates(date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 25), is_urgent=False),
        checks=(Check("no_staff_name", is_passed=True), Check("lead_time", is_passed=True, detail="15")),
        assumptions=(Assumption("patience", "desk_file_assumed", "phone", 3.0, "min"),),
        texts=TEXTS,
        seed=20260302,
        paths=200,
        program_version="0.1.0",
        input_digests=(("inquiries.csv", "0" * 64), ("lan-desk.toml", "1" * 64)),
    )
    return replace(content, **changes)
