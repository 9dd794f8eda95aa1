"""A desk of three on a 30-minute grid, and work for it: quick to plan, small enough to think through."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from forecasts.calendar import Calendar
from forecasts.distribution import Forecast
from forecasts.slots import Grid
from planner.desk import Channel, Desk, Grade, Labour, Person, Reception, Shift, Target, Terms
from planner.desk_levers import Levers
from planner.workload import Workload, workload

TERMS = Terms("見本省", "見本課", "見本課長", "受託事業者", "責任者", "体制を維持する")
PHONE = Channel("phone", "電話", "immediate", 15.0, patience_min=5.0, is_measured=True)
MAIL = Channel("mail", "メール", "deferred", 12.0)


def make_desk(**changes: object) -> Desk:
    """Return a desk open 9:00 to 18:00 with an early, a middle and a late duty."""
    fields: dict[str, object] = {
        "id": "small",
        "name": "見本窓口",
        "calendar": Calendar(),
        "grid": Grid(30),
        "reception": Reception(9 * 60, 18 * 60),
        "channels": (PHONE, MAIL),
        "grades": (Grade("standard", "一般SE", 900_000, 60), Grade("junior", "初級SE", 800_000)),
        "people": (
            Person("p1", "架空 一", "standard", standing_shift="early"),
            Person("p2", "架空 二", "standard", standing_shift="late"),
            Person("p3", "架空 三", "junior", standing_shift="early"),
            Person("m1", "架空 四", "standard", is_resident=False, may_manage=True),
        ),
        "shifts": (Shift("early", "早番", 8 * 60 + 30, 17 * 60 + 30), Shift("late", "遅番", 9 * 60, 18 * 60)),
        "levers": Levers(extra_grade="junior", starts_min=(8 * 60, 9 * 60, 10 * 60)),
        "target": Target(),
        "labour": Labour(),
        "terms": TERMS,
    }
    return Desk(**(fields | changes))  # type: ignore[arg-type]


def make_work(desk: Desk, days: Sequence[date], day_calls: Sequence[float], paths: int = 20) -> Workload:
    """Return work with two thirds phone and one third mail, flat from 8:00 to 19:00, rates spread by path."""
    slot_min = desk.grid.slot_min
    minute = np.arange(desk.grid.slots) * slot_min
    flat = ((minute >= 8 * 60) & (minute < 19 * 60)).astype(float)
    share = np.broadcast_to((flat / flat.sum())[None, :, None], (len(days), flat.size, 2)).copy()
    spread = np.linspace(0.8, 1.2, paths)[:, None, None]
    rate = spread * np.asarray(day_calls, dtype=float)[None, :, None] * np.array([2 / 3, 1 / 3])
    drawn = np.random.default_rng(1).poisson(rate)
    forecast = Forecast(
        tuple(days), desk.grid, ("phone", "mail"), rate, drawn, share, np.full(2, np.inf), seed=1
    )
    return workload(forecast, desk)
