from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.events import Event
from forecasts.faults import FaultyFile
from forecasts.history.records import Records, conformed
from forecasts.slots import Period
from planner.desk_file import read_desk
from planner.intake import LogSource, Origin, Question, Sources, question, read_question

DESK = Path("data/desks/lan-desk.toml")
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))


AS_OF = date(2026, 3, 1)
AUTUMN = (date(2025, 9, 1), date(2026, 2, 27))


def asked(past: pd.DataFrame | Records, as_of: date = AS_OF, **origin: Any) -> Question:
    records = past if isinstance(past, Records) else Records(past)
    return question(replace(Origin(read_desk(DESK), (), (), "log.csv"), **origin), records, APRIL, as_of)


def inquiries(first: date, last: date, a_day: int = 30, **values: Any) -> pd.DataFrame:
    days = pd.date_range(first, last, freq="B").repeat(a_day)
    row = {"received_at": days + pd.Timedelta(hours=10), "channel": ["phone"] * len(days), **values}
    return conformed("inquiries", row)


def reports(first: date, last: date, offered: int = 30, **values: Any) -> pd.DataFrame:
    days = pd.date_range(first, last, freq="B")
    row = {"start_at": days + pd.Timedelta(hours=9), "length_min": [30] * len(days)}
    return conformed(
        "intervals", {**row, "channel": ["phone"] * len(days), "offered": [offered] * len(days), **values}
    )


def totals(first: date, last: date, channel: str = "mail", count: int = 12) -> pd.DataFrame:
    days = pd.date_range(first, last, freq="B")
    row = {"day": days, "span": ["day"] * len(days), "channel": [channel] * len(days)}
    return conformed("totals", {**row, "count": [count] * len(days)})


def codes(found: Question) -> list[tuple[str, str]]:
    return [(n.code, n.value) for n in found.notices]


def test_rows_after_as_of_are_not_used() -> None:
    early = inquiries(date(2025, 9, 1), date(2026, 2, 27))
    late = inquiries(date(2026, 3, 2), date(2026, 3, 20), a_day=500)
    with_later = asked(pd.concat([early, late]), date(2026, 3, 1))
    without = asked(early, date(2026, 3, 1))
    assert with_later.history.days == without.history.days
    assert (with_later.history.count == without.history.count).all()


def test_office_days_after_the_last_row_are_unknown_not_empty() -> None:
    log = inquiries(date(2025, 9, 1), date(2026, 2, 27))
    assert asked(log, date(2026, 3, 6)).history.days[-1] == date(2026, 2, 27)


def test_a_dried_tail_is_cut_with_a_notice() -> None:
    log = inquiries(date(2025, 9, 1), date(2026, 2, 20))
    stray = inquiries(date(2026, 2, 27), date(2026, 2, 27), a_day=1)
    found = asked(pd.concat([log, stray]), date(2026, 3, 1))
    assert found.history.days[-1] == date(2026, 2, 20)
    assert codes(found) == [("history_dried_up", "2026-02-24")]


def test_a_stray_row_long_before_the_log_is_cut_with_a_notice() -> None:
    log = inquiries(date(2025, 9, 1), date(2026, 2, 27))
    stray = inquiries(date(1999, 3, 1), date(1999, 3, 1), a_day=1)
    found = asked(pd.concat([stray, log]), date(2026, 3, 1))
    assert found.history.days[0] == date(2025, 9, 1)
    assert codes(found) == [("history_begins", "2025-09-01")]


def test_a_log_that_ends_long_before_is_told() -> None:
    found = asked(inquiries(date(2025, 6, 2), date(2025, 12, 26)), date(2026, 3, 1))
    assert codes(found) == [("history_ends_early", "2025-12-26")]


def test_rows_after_as_of_are_not_even_read(tmp_path: Path) -> None:
    rows = inquiries(date(2025, 9, 1), date(2026, 2, 27))
    text = rows[["received_at", "channel"]].assign(channel="電話").to_csv(index=False)
    for name, later in (("clean", ""), ("later", "2026-03-05 10:00,のろし\n")):
        (tmp_path / name).write_text(text + later, encoding="utf-8")
    sources = Sources(DESK, APRIL.start, APRIL.last, date(2026, 3, 1))
    clean, later = (read_question(sources, LogSource(tmp_path / n)) for n in ("clean", "later"))
    assert (clean.history.count == later.history.count).all()


def test_a_history_too_short_to_learn_from_is_refused() -> None:
    with pytest.raises(FaultyFile) as refused:
        asked(inquiries(date(2026, 2, 2), date(2026, 2, 10)), date(2026, 3, 1))
    assert [f.code for f in refused.value.faults] == ["history_too_short"]


def test_days_of_outages_are_no_days_to_learn_from() -> None:
    outage = Event(date(2026, 2, 2), date(2026, 2, 6), "outage", "停電", date(2026, 2, 2))
    log = inquiries(date(2026, 1, 26), date(2026, 2, 27))
    with pytest.raises(FaultyFile) as refused:
        asked(log, events=(outage,))
    assert [(f.code, f.value) for f in refused.value.faults] == [("history_too_short", "18")]


def test_an_outage_of_the_events_is_not_learned() -> None:
    log = LogSource(Path("data/sample/inquiries.csv"))
    found = read_question(Sources(DESK, APRIL.start, APRIL.last, date(2026, 3, 1)), log)
    assert found.history.left_out
    assert found.history.left_out < set(found.history.days)
    assert found.handling["phone"].n > 1000
    assert found.patience["phone"].n_abandoned > 100
    assert found.as_of < APRIL.start - timedelta(days=1)


def test_marked_days_are_kept_and_not_learned() -> None:
    marks = {date(2026, 2, 5): "停電", date(2026, 2, 7): "土曜日"}
    found = asked(inquiries(*AUTUMN), marks=marks)
    assert found.history.left_out == {date(2026, 2, 5)}
    assert found.history.day_count[found.history.days.index(date(2026, 2, 5))].sum() == 30


def test_a_closure_known_then_closes_the_desk_and_an_opening_opens_it() -> None:
    closure = Event(date(2026, 4, 8), date(2026, 4, 8), "closure", "点検", date(2026, 2, 2), source="通知")
    opening = Event(date(2026, 4, 11), date(2026, 4, 11), "opening", "移転", date(2026, 2, 2), source="通知")
    later = Event(date(2026, 4, 9), date(2026, 4, 9), "closure", "停電", date(2026, 3, 9), source="通知")
    calendar = asked(inquiries(*AUTUMN), events=(closure, opening, later)).desk.calendar
    assert not calendar.is_office_day(date(2026, 4, 8))
    assert calendar.is_office_day(date(2026, 4, 11))
    assert calendar.is_office_day(date(2026, 4, 9))  # nobody knew on the day of the plan


def test_the_reports_of_the_exchange_tell_the_telephone_and_the_log_the_rest() -> None:
    mail = inquiries(*AUTUMN, a_day=5, channel=pd.Categorical(["mail"] * 5 * len(pd.bdate_range(*AUTUMN))))
    found = asked(Records(mail, reports(*AUTUMN)))
    shares = found.history.day_count.sum(axis=0).tolist()
    days = found.history.days
    assert shares[:2] == [30 * len(pd.bdate_range(*AUTUMN)), 5 * len(pd.bdate_range(*AUTUMN))]
    assert days[-1] == AUTUMN[1]
    assert codes(found) == [("counts_from_intervals", "電話")]


def test_a_change_of_the_source_is_told() -> None:
    found = asked(Records(inquiries(*AUTUMN), reports(date(2026, 2, 2), AUTUMN[1])))
    assert codes(found) == [("counts_mixed", "電話")]


def test_totals_of_days_are_enough_for_a_forecast_of_days() -> None:
    found = asked(Records(totals=totals(*AUTUMN)))
    opens, closes = (n // found.desk.grid.slot_min for n in (8 * 60 + 30, 18 * 60 + 15))
    by_slot = found.history.count.sum(axis=(0, 2))
    busy = np.flatnonzero(by_slot[1:]) + 1  # what came on closing days waits in the first slot
    assert busy.min() >= opens
    assert busy.max() < closes
    assert codes(found) == [("counts_from_totals", "メール"), ("times_even", "メール")]


def months(first: date, count: int, a_month: int = 400) -> pd.DataFrame:
    """Return totals of months by all channels of the desk."""
    channels = read_desk(DESK).channel_ids
    days = pd.date_range(first, periods=count, freq="MS").repeat(len(channels))
    row = {"day": days, "span": ["month"] * len(days), "channel": [*channels] * count}
    return conformed("totals", {**row, "count": [a_month // len(channels)] * len(days)})


def test_totals_of_months_before_the_log_are_known_to_the_forecast() -> None:
    log = inquiries(date(2025, 12, 22), AUTUMN[1])
    found = asked(Records(log, totals=months(date(2025, 4, 1), 12)))
    assert [(t.period.start.month, t.count) for t in found.history.totals] == [(n, 400) for n in range(4, 12)]
    assert codes(found) == [("totals_learned", "8")]  # December has days, February ended, March has not
    assert found.history.days == asked(log).history.days


def test_totals_before_a_mistyped_year_was_cut_off_are_kept() -> None:
    stray = inquiries(date(1999, 3, 1), date(1999, 3, 1), a_day=1)
    log = pd.concat([stray, inquiries(date(2025, 9, 1), AUTUMN[1])])
    found = asked(Records(log, totals=months(date(2025, 4, 1), 5)))
    assert codes(found) == [("history_begins", "2025-09-01"), ("totals_learned", "5")]
    assert len(found.history.totals) == 5


def test_talk_times_replace_the_handling_time_only_where_they_are_longer() -> None:
    n = len(pd.bdate_range(*AUTUMN))
    short = asked(Records(intervals=reports(*AUTUMN, talk_s=[300.0] * n)))
    assert short.handling == {}
    assert codes(short)[-1] == ("talk_not_used", "電話 5.0")
    long = asked(Records(intervals=reports(*AUTUMN, talk_s=[1500.0] * n)))
    assert long.handling["phone"].mean_min == 25.0
    assert not long.handling["phone"].is_cv_measured
    assert codes(long)[-1] == ("talk_is_longer", "電話 25.0")
    measured = Records(inquiries(*AUTUMN, handling_min=[7.0] * 30 * n), reports(*AUTUMN, talk_s=[300.0] * n))
    assert asked(measured).handling["phone"].mean_min == 7.0


def test_a_plan_is_made_of_a_report_of_the_exchange(tmp_path: Path) -> None:
    rows = "".join(f"{d:%Y/%m/%d},9:00,{7}\n{d:%Y/%m/%d},9:30,{5}\n" for d in pd.bdate_range(*AUTUMN))
    path = tmp_path / "acd.csv"
    path.write_text("日付,時間帯,着信数\n" + rows, encoding="cp932")
    found = read_question(Sources(DESK, APRIL.start, APRIL.last, AS_OF), LogSource(path))
    assert found.history.day_count[-1].tolist() == [12, 0, 0, 0]
    assert ("counts_from_intervals", "電話") in codes(found)
    assert found.input_digests[0][0] == "acd.csv"


@pytest.mark.skipif(is_missing("data/servicenow_incidents.csv"), reason=REASON)
def test_a_real_log_is_read_as_it_is() -> None:
    columns = {"received_at": "opened", "channel": "contact_type", "category": "category"}
    log = LogSource(shared("data/servicenow_incidents.csv"), columns)
    desk = Path("data/desks/large-desk.toml")
    found = read_question(Sources(desk, date(2016, 6, 6), date(2016, 7, 1)), log)
    assert found.history.days[-1] == date(2016, 5, 31)
    assert [n.code for n in found.notices] == ["history_dried_up"]
    assert found.handling == {}
