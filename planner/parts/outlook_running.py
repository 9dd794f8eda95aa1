"""The day that is running, on the page 見通し: what came until now, what is expected of the whole day."""

import streamlit as st

from forecasts.slots import Grid
from planner.charts import RunningSeries, running_course
from planner.document.blocks import Column, Table
from planner.outlook import KeptOutlook
from planner.outlook.running_day import RunningDay
from planner.parts import drawing, markup
from planner.wording.dates import clock_ja
from planner.wording.numbers import count
from planner.wording.surprise import REMEDIES
from planner.wording.update import (
    UPDATE_EXPLAINED,
    day_update_sentence,
    reach_words,
    running_title,
    surprise_sentence,
)


def running_warning(seen: RunningDay) -> None:
    """Say at the top of the page that the day goes otherwise than expected."""
    if seen.found.code != "within":
        st.warning(surprise_sentence(seen.found, seen.update.rest.grid) + REMEDIES[seen.found.code])


def running(outlook: KeptOutlook, seen: RunningDay, *, has_days_before: bool) -> None:
    """Show how the day goes and how it is expected to end."""
    grid = seen.update.rest.grid
    markup.answer(day_update_sentence(seen.update, grid), surprise_sentence(seen.found, grid))
    title = running_title(seen.update, grid)
    drawing.draw(running_course(series_of(outlook, seen), title), title)
    markup.table(_by_channel(outlook, seen, grid))
    last_min = seen.reach.last_min or 0.0
    markup.notes((reach_words(last_min, has_days_before=has_days_before), UPDATE_EXPLAINED))


def series_of(outlook: KeptOutlook, seen: RunningDay) -> RunningSeries:
    """Return what is drawn: whole hours around reception, and farther where records go farther."""
    opens, closes = outlook.facts.hours
    until = max(closes, seen.actual[-1][0])
    hours = (opens // 60 * 60, -(-until // 60) * 60)
    return RunningSeries(hours, seen.actual, seen.before, seen.after)


def _by_channel(outlook: KeptOutlook, seen: RunningDay, grid: Grid) -> Table:
    update = seen.update
    rows = [
        (name, count(came), count(expected))
        for (_, name), came, expected in zip(
            outlook.facts.channels, update.so_far.tolist(), update.expected_so_far.tolist(), strict=True
        )
    ]
    rows.append(("合計", count(update.so_far.sum()), count(update.expected_so_far.sum())))
    columns = (
        Column("受付方法"),
        Column("実績", "件", is_figure=True),
        Column("当初の見込み", "件", is_figure=True),
    )
    until = clock_ja(grid.start_min(update.until_slot))
    return Table(columns, tuple(rows), f"{until}までの受付方法ごとの実績と見込み")
