"""Work from a forecast: classes of the desk, measured times first."""

from dataclasses import replace
from datetime import date
from math import inf

import numpy as np
import pytest

from forecasts.calendar import Calendar
from forecasts.distribution import Forecast
from forecasts.history.handling import Handling
from forecasts.history.patience import Patience
from forecasts.slots import Grid
from planner.desk import Channel, Desk, Labour, Reception, Target, Terms
from planner.desk_levers import Levers
from planner.workload import workload

CHANNELS = (
    Channel("phone", "電話", "immediate", 15.0, 0.8, 5.0, is_measured=True),
    Channel("mail", "メール", "deferred", 20.0),
)
DESK = Desk(
    id="desk", name="見本", calendar=Calendar(), grid=Grid(60), reception=Reception(510, 1095),
    channels=CHANNELS, grades=(), people=(), shifts=(), levers=Levers(), target=Target(), labour=Labour(),
    terms=Terms("見本省", "主管課", "課長", "受託事業者", "責任者", "仕様書"),
)  # fmt: skip


def forecast(channels: tuple[str, ...] = ("mail", "phone")) -> Forecast:
    rate = np.arange(1.0, 9.0).reshape(2, 2, 2)
    return Forecast(
        days=(date(2026, 4, 1), date(2026, 4, 2)), grid=Grid(60), channels=channels, day_rate=rate,
        day_count=rate.astype(np.int64), share=np.full((2, 24, 2), 1 / 24), concentration=np.full(2, np.inf),
        seed=1,
    )  # fmt: skip


def test_classes_follow_the_forecast_and_rates_its_paths() -> None:
    work = workload(forecast(), DESK)
    assert [c.channel for c in work.classes] == ["mail", "phone"]
    assert [(c.handling_min, c.patience_min, c.is_measured) for c in work.classes] == [
        (20.0, None, False),
        (15.0, 5.0, True),
    ]
    assert work.rates.sum(axis=2) == pytest.approx(forecast().day_rate)


def test_measured_times_replace_assumed_ones() -> None:
    handling = {"phone": Handling(12.5, 0.9, 800)}
    patience = {"phone": Patience(3.5, 40, 800), "mail": Patience(1.0, 1, 1)}
    mail, phone = workload(forecast(), DESK, handling, patience).classes
    assert (phone.handling_min, phone.handling_cv, phone.patience_min) == (12.5, 0.9, 3.5)
    assert (mail.handling_min, mail.patience_min) == (20.0, None)


def test_where_handling_has_moved_its_recent_level_counts() -> None:
    moved = Handling(12.5, 0.9, 800, has_moved=True, recent_min=16.0)
    still = Handling(9.0, 0.9, 800, has_moved=False, recent_min=10.0)
    mail, phone = workload(forecast(), DESK, {"phone": moved, "mail": still}).classes
    assert (phone.handling_min, mail.handling_min) == (16.0, 9.0)


def test_arrays_say_the_same() -> None:
    arrivals = workload(forecast(), DESK).arrivals()
    assert arrivals.slot_min == 60
    assert arrivals.kinds.patience_min.tolist() == [inf, 5.0]
    assert arrivals.kinds.is_immediate.tolist() == [False, True]


def test_some_of_the_days() -> None:
    work = workload(forecast(), DESK)
    assert (work.only(work.days[1:]).rates == work.rates[:, 1:]).all()


def test_the_rule_for_mail_is_the_desks_and_stays_with_some_of_the_days() -> None:
    assert workload(forecast(), DESK).is_mail_interrupted
    work = workload(forecast(), replace(DESK, is_mail_interrupted=False))
    assert not work.is_mail_interrupted
    assert not work.only(work.days[1:]).is_mail_interrupted


def test_the_method_follows_the_work_and_the_people() -> None:
    work = workload(forecast(), DESK)  # handling times of cv 0.8
    assert work.method().kind == "two_phase"
    assert replace(work, most_people=100).method().kind == "exact"
    assert work.method().handling_cv == pytest.approx(0.8)
    finished = workload(forecast(), replace(DESK, is_mail_interrupted=False))
    assert finished.method().reason == "mail_not_interrupted"
    even = {"phone": Handling(12.5, 0.3, 800)}
    assert workload(forecast(), DESK, even).method().reason == "handling_cv"


def test_an_unknown_channel_is_refused() -> None:
    with pytest.raises(KeyError, match="fax"):
        workload(forecast(("fax", "phone")), DESK)
