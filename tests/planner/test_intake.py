from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.events import Event
from forecasts.faults import FaultyFile
from forecasts.slots import Period
from planner.desk_file import read_desk
from planner.intake import LogSource, Origin, Question, Sources, question, read_question

DESK = Path("data/desks/lan-desk.toml")
APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))


def asked(inquiries: pd.DataFrame, as_of: date) -> Question:
    return question(Origin(read_desk(DESK), (), (), "log.csv"), inquiries, APRIL, as_of)


def inquiries(first: date, last: date, a_day: int = 30) -> pd.DataFrame:
    days = pd.date_range(first, last, freq="B").repeat(a_day)
    return pd.DataFrame({"received_at": days + pd.Timedelta(hours=10), "channel": "phone"})


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
    assert [(n.code, n.value) for n in found.notices] == [("history_dried_up", "2026-02-24")]


def test_a_stray_row_long_before_the_log_is_cut_with_a_notice() -> None:
    log = inquiries(date(2025, 9, 1), date(2026, 2, 27))
    stray = inquiries(date(1999, 3, 1), date(1999, 3, 1), a_day=1)
    found = asked(pd.concat([stray, log]), date(2026, 3, 1))
    assert found.history.days[0] == date(2025, 9, 1)
    assert [(n.code, n.value) for n in found.notices] == [("history_begins", "2025-09-01")]


def test_a_log_that_ends_long_before_is_told() -> None:
    found = asked(inquiries(date(2025, 6, 2), date(2025, 12, 26)), date(2026, 3, 1))
    assert [(n.code, n.value) for n in found.notices] == [("history_ends_early", "2025-12-26")]


def test_rows_after_as_of_are_not_even_read(tmp_path: Path) -> None:
    rows = inquiries(date(2025, 9, 1), date(2026, 2, 27))
    text = rows.assign(channel="電話").to_csv(index=False)
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
        question(Origin(read_desk(DESK), (outage,), (), "log.csv"), log, APRIL, date(2026, 3, 1))
    assert [(f.code, f.value) for f in refused.value.faults] == [("history_too_short", "18")]


def test_an_outage_of_the_events_is_not_learned() -> None:
    log = LogSource(Path("data/sample/inquiries.csv"))
    found = read_question(Sources(DESK, APRIL.start, APRIL.last, date(2026, 3, 1)), log)
    assert found.history.left_out
    assert found.history.left_out < set(found.history.days)
    assert found.handling["phone"].n > 1000
    assert found.patience["phone"].n_abandoned > 100
    assert found.as_of < APRIL.start - timedelta(days=1)


@pytest.mark.skipif(is_missing("data/servicenow_incidents.csv"), reason=REASON)
def test_a_real_log_is_read_as_it_is() -> None:
    columns = {"received_at": "opened", "channel": "contact_type", "category": "category"}
    log = LogSource(shared("data/servicenow_incidents.csv"), columns)
    desk = Path("data/desks/large-desk.toml")
    found = read_question(Sources(desk, date(2016, 6, 6), date(2016, 7, 1)), log)
    assert found.history.days[-1] == date(2016, 5, 31)
    assert [n.code for n in found.notices] == ["history_dried_up"]
    assert found.handling == {}
