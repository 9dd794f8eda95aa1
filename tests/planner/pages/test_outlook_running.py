"""見通し while a day is running: its part is told as a part, and no whole day is judged by it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from forecasts.slots import Grid
from planner import session
from planner.actions.keep_outlook import keep_outlook
from planner.outlook import KeptOutlook
from planner.outlook.running_day import RunningDay
from planner.parts.outlook_came import Came, came_after
from planner.parts.outlook_running import series_of
from planner.store import Store
from tests.planner.outlook_builder import make_outlook
from tests.planner.pages.conftest import PLANNER, open_page, written
from tests.planner.reading_builder import make_reading, take_in

AT = datetime(2026, 3, 2, 9, 0)
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def by_quarters(outlook: KeptOutlook) -> KeptOutlook:
    """Cut the days of the builder's outlook as the desk does, into quarters of an hour."""
    return replace(outlook, share=np.repeat(outlook.share, 2, axis=1) / 2)


OUTLOOK = by_quarters(make_outlook(slot_min=15))


@pytest.fixture
def kept(filled: Store) -> Iterator[Store]:
    """A store with the sample's plan and an outlook; what pages remember of it is forgotten."""
    keep_outlook(filled, OUTLOOK, PLANNER, AT)
    yield filled
    session._past.clear()  # noqa: SLF001  # the memory of the process, not of the test


def import_day(store: Store, day: date, each_hour: int, until_hour: int = 19, **more: object) -> None:
    """Import a day of so many calls an hour from 8:30 on, evenly."""
    gap = timedelta(minutes=60 / each_hour)
    start = datetime(day.year, day.month, day.day, 8, 30) + gap / 2
    moments = (start + n * gap for n in range(each_hour * 24))
    end = datetime(day.year, day.month, day.day, until_hour)
    rows = [{"received_at": m, "channel": "phone", **more} for m in moments if m < end]
    take_in(store, make_reading(rows), f"{day}-{until_hour}.csv")


def opened(store: Store) -> AppTest:
    at = open_page(store, "outlook")
    at.session_state["outlook-lan-desk"] = "実績と予測"
    at = at.run()
    assert not at.exception
    return at


def came_of(store: Store) -> Came:
    desk = session.desk("lan-desk")
    assert desk is not None
    found = came_after(OUTLOOK, desk)
    assert found is not None
    return found


def running_of(store: Store) -> RunningDay:
    found = came_of(store).running
    assert found is not None
    return found


def test_the_part_of_a_day_is_told_with_what_it_means_for_the_whole(kept: Store) -> None:
    import_day(kept, MONDAY, 6, until_hour=11)
    at = opened(kept)
    said = written(at)
    assert "11時までの問合せは15件（当初の見込み13件）で、令和8年3月2日（月）の全体では" in said
    assert "令和8年3月2日（月）11時までの問合せは15件で、予測（90%予測区間" in said
    assert "11時までの受付方法ごとの実績と見込み" in said
    assert "最後の記録は10時55分である。" in said
    assert not at.warning
    assert "日ごとの実績と予測" not in said


def test_a_busy_morning_is_told_at_the_top(kept: Store) -> None:
    import_day(kept, MONDAY, 20, until_hour=11)
    (warning,) = opened(kept).warning
    assert "11時までの問合せは50件" in warning.value
    assert "1日の多さである。行事の日程及び人数に変わりがないか確かめ" in warning.value


def test_a_busy_morning_may_be_answered_by_an_urgent_change(kept: Store) -> None:
    import_day(kept, MONDAY, 40, until_hour=12)
    assert "緊急の変更案を作る" in [b.label for b in opened(kept).button]


def test_half_a_day_is_no_quiet_day(kept: Store) -> None:
    import_day(kept, MONDAY, 5)
    import_day(kept, TUESDAY, 5, until_hour=11)
    at = opened(kept)
    assert not at.warning
    said = written(at)
    assert "日ごとの実績と予測" in said
    assert "3月3日（火）</th>" not in said
    assert any("3月2日（月）までの終わった日については" in m.value for m in at.markdown)
    assert "その日の朝の見込み" in said


def test_a_day_that_is_over_is_whole(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import_day(kept, MONDAY, 5)
    came = came_of(kept)
    assert (came.days, came.unfinished) == ((MONDAY,), None)
    import_day(kept, TUESDAY, 5, until_hour=11)
    monkeypatch.setattr(session, "day_of", lambda _desk: date(2026, 3, 4))
    assert came_of(kept).days == (MONDAY, TUESDAY)


def test_the_days_before_move_the_morning(kept: Store) -> None:
    import_day(kept, TUESDAY, 5, until_hour=11)
    alone = running_of(kept)
    import_day(kept, MONDAY, 12)
    assert running_of(kept).update.before.mean > alone.update.before.mean + 2


def test_the_part_of_a_day_does_not_move_the_days_ahead(kept: Store) -> None:
    import_day(kept, MONDAY, 5)
    before = came_of(kept)
    import_day(kept, TUESDAY, 40, until_hour=11)
    after = came_of(kept)
    assert after.unfinished == TUESDAY
    assert after.days == before.days
    np.testing.assert_array_equal(after.count, before.count)


def test_without_times_the_day_is_left_out_and_it_is_said(kept: Store) -> None:
    keep_outlook(kept, replace(make_outlook(), facts=replace(OUTLOOK.facts, slot_min=30)), PLANNER, AT)
    import_day(kept, MONDAY, 6, until_hour=11)
    at = opened(kept)
    assert at.info[0].value.startswith("3月2日（月）は受付の途中までの記録であるため")
    assert not at.warning


def test_the_picture_shows_reception_and_as_far_as_records_go(kept: Store) -> None:
    import_day(kept, MONDAY, 6, until_hour=11)
    seen = running_of(kept)
    assert series_of(OUTLOOK, seen).hours == (8 * 60, 19 * 60)
    late = replace(seen, actual=(*seen.actual, (20 * 60 + 15, 99)))
    assert series_of(OUTLOOK, late).hours == (8 * 60, 21 * 60)


def test_the_grid_of_the_builder_is_that_of_the_desk() -> None:
    desk = OUTLOOK.forecast()
    assert desk.grid == Grid(15)
    np.testing.assert_allclose(desk.share.sum(axis=1), 1.0)
