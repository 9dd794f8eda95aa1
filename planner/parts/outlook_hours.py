"""Hours of the day on the page 見通し: the days of the peak, or the weekdays of all that is shown."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from planner.charts import day_heat, heat
from planner.outlook import KeptOutlook
from planner.outlook.figures import Peak, View, days_of, hour_rates, reception_hours, weekday_hours
from planner.parts import drawing, markup
from planner.wording.dates import short_day, short_span
from planner.wording.findings import busiest_hour, heat_scope
from planner.wording.numbers import count

_MOST_DAYS = 20


def hours(outlook: KeptOutlook, view: View, peak: Peak) -> None:
    """Show when on a day inquiries come."""
    span = short_span(peak.period.start, peak.period.last)
    is_lifted = peak.office_days < len(days_of(outlook, view))
    of_peak = f"{'山の期間' if is_lifted else '期間'}（{span}）を日ごとに見る"
    of_all = "表示中の全期間を曜日ごとに見る"
    is_peak = st.radio("見る範囲", (of_peak, of_all), horizontal=True, key="outlook-hours") == of_peak
    if is_peak:
        _of_peak(outlook, view, peak)
    else:
        _of_weekdays(outlook, view)
    markup.notes((f"{heat_scope(*outlook.facts.hours)}。数は1時間に見込まれる件数である。",))


def _of_peak(outlook: KeptOutlook, view: View, peak: Peak) -> None:
    days = days_of(outlook, view)
    at = around([n for n, d in enumerate(days) if d in peak.period], days.index(peak.busiest.first))
    rates, shown = hour_rates(outlook, view)[at], reception_hours(outlook)
    day, hour = np.unravel_index(int(rates[:, shown.start : shown.stop].argmax()), (len(at), len(shown)))
    most = rates[day, shown[int(hour)]]
    title = f"最も多いのは{short_day(days[at[day]])}の{shown[int(hour)]}時台（1時間に約{count(most)}件）"
    scope = "" if len(at) == peak.office_days else f"最も多い日の前後{_MOST_DAYS}開庁日"
    drawing.draw(day_heat([days[n] for n in at], rates.tolist(), shown, title, scope), title)


def around(at: Sequence[int], top: int) -> list[int]:
    """Return as many places as find room, with that of the busiest day as near to their middle as can be."""
    first = min(max(at.index(top) - _MOST_DAYS // 2, 0), max(len(at) - _MOST_DAYS, 0))
    return list(at[first : first + _MOST_DAYS])


def _of_weekdays(outlook: KeptOutlook, view: View) -> None:
    rows, shown = weekday_hours(outlook, view), reception_hours(outlook)
    title = busiest_hour(rows, shown)
    days = days_of(outlook, view)
    drawing.draw(heat(rows, shown, title, f"{short_span(days[0], days[-1])}の平均"), title)
