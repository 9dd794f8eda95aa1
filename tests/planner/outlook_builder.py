"""A kept outlook with known figures (架空データ): 50 inquiries a day, 90 from 1 to 14 April 2026."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from forecasts.backtest import Backtest, Comparison, Trial, scored
from forecasts.calendar import Calendar
from forecasts.events import EXPECTED, Event
from forecasts.model import DayReason, EventEffect, Explanation
from forecasts.slots import Period
from planner.outlook import HORIZON_WEEKS, KeptOutlook, OutlookFacts

AS_OF = date(2026, 3, 1)
CALENDAR = Calendar()
DAYS = CALENDAR.office_days(date(2026, 3, 2), date(2026, 3, 2) + timedelta(weeks=max(HORIZON_WEEKS)))
PAST = CALENDAR.office_days(date(2025, 3, 3), date(2026, 2, 28))
PEAK = Period(date(2026, 4, 1), date(2026, 4, 15))
CHANNELS = (("phone", "電話"), ("mail", "メール"), ("form", "申請"), ("walk_in", "来訪"))
PATHS = 60
TRANSFER = Event(
    date(2026, 4, 1), date(2026, 4, 1), "transfer", "令和8年4月期人事異動", date(2026, 2, 20),
    group="令和8年4月期", headcount=680, status="planned", source="架空データ",
)  # fmt: skip
COMING = Event(
    date(2026, 7, 1), date(2026, 7, 1), "transfer", "", AS_OF,
    group="令和7年夏期+1", headcount=400, status=EXPECTED,
)  # fmt: skip
SESSION = Event(
    date(2026, 2, 18), date(2026, 7, 17), "diet_special", "第221回国会（特別会）", date(2026, 2, 11),
    group="第221回国会", status="planned", source="架空データ",
)  # fmt: skip
EFFECTS = (
    EventEffect("transfer", 1.8, 1.5, 2.3, 3, (2023, 2024, 2025), 5),
    EventEffect("diet_opening", 1.1, 1.0, 1.2, 0, (), None),
    EventEffect("after_closure", 1.4, 1.3, 1.5, 10, (2021, 2022), None),
)


def is_peak(day: date) -> bool:
    return day in PEAK


def make_backtest(model: str = "joint", width: float = 1.0) -> Backtest:
    """Return scores of 8 origins of 65 days of 50 inquiries; ``width`` of the forecast: 1 = calibrated."""
    rng = np.random.default_rng(3)
    tried = []
    for n in range(8):
        days = PAST[20 * n : 20 * n + 65]
        actual = rng.poisson(50, len(days))
        samples = np.maximum(50 + width * (rng.poisson(50, (80, len(days))) - 50), 0).astype(np.int64)
        tried.append(
            Trial(
                days[0], days, actual, samples, np.full(len(days), 50.0), np.arange(len(days)) % 9 == 0,
                np.arange(1, len(days) + 1), (tuple(range(10, 20)),),
            )
        )  # fmt: skip
    return scored(model, tried, 5)


def make_facts(**changes: Any) -> OutlookFacts:
    """Return the facts; name the fields that differ."""
    reasons = tuple(
        DayReason(
            d, 50.0, 1.0, 1.0, 1.8 if is_peak(d) else 1.0, 90.0 if is_peak(d) else 50.0,
            (TRANSFER.name,) if is_peak(d) else (), 0.8, 1.25,
        )
        for d in DAYS
    )  # fmt: skip
    facts = OutlookFacts(
        desk_id="lan-desk",
        desk_name="LAN運用窓口",
        is_sample=True,
        as_of=AS_OF,
        days=DAYS,
        past_days=PAST,
        slot_min=30,
        channels=CHANNELS,
        hours=(510, 1095),
        closed_days=((date(2026, 3, 20), "春分の日"),),
        peaks=tuple((w, PEAK if w >= 13 else Period(AS_OF, DAYS[4 * w])) for w in HORIZON_WEEKS),
        events=(SESSION, TRANSFER, COMING),
        explanation=Explanation(reasons, EFFECTS),
        chosen="joint",
        why="combined",
        weights=(("joint", 0.6), ("boosting", 0.4)),
        weights_why="learned",
        backtests=(make_backtest("recent_mean", 0.3), make_backtest()),
        beside=(
            Comparison("joint", "last_year_growth", 8, 520, 60, 0.7, 0.5, 0.15, 0.2, 0.16, 0.3),
            Comparison("joint", "recent_mean", 8, 520, 60, 0.8, None, 0.15, 0.2, None, None),
        ),
        notices=(),
        doubts=(),
        seed=7,
        program_version="0.1.0",
        input_digests=(("import-1", "a" * 64),),
    )
    return replace(facts, **changes)


def make_outlook(**changes: Any) -> KeptOutlook:
    """Return an outlook whose paths are gamma-Poisson; phone 60 %, mail 30 %, the rest 10 %."""
    rng = np.random.default_rng(11)
    split = np.array([0.6, 0.3, 0.08, 0.02])
    level = np.array([90.0 if is_peak(d) else 50.0 for d in DAYS])
    busy = rng.gamma(40, 1 / 40, (PATHS, 1)) * rng.gamma(40, 1 / 40, (PATHS, len(DAYS)))
    rate = (busy * level)[:, :, None] * split
    calm = (busy * 50.0)[:, :, None] * split
    share = np.zeros((2, 48, 4))
    share[:, 17:37] = 1 / 20
    share[1, 17:37] = 0
    share[1, 18:20] = 1 / 2
    return KeptOutlook(
        facts=make_facts(**changes),
        count=rng.poisson(rate).astype(np.int32),
        path_rate=rate.astype(np.float32),
        calm_count=rng.poisson(calm).astype(np.int32),
        rate=rate.mean(axis=0),
        calm_rate=calm.mean(axis=0),
        share=share,
        share_of=np.array([int(is_peak(d)) for d in DAYS], dtype=np.int32),
        past_count=rng.poisson(50 * split, (len(PAST), 4)).astype(np.int32),
    )
