"""Altair charts from plain data. A title states the finding; axes carry units; colour is never alone."""

from planner.charts.accuracy import calibration, errors_by_horizon
from planner.charts.change_calendar import change_calendar
from planner.charts.days import day_heat, fan, heat
from planner.charts.formations import heads, in_time_by_slot, risk
from planner.charts.history import days_chart, shares_chart
from planner.charts.outlook import OutlookSeries, outlook_fan
from planner.charts.running_course import RunningSeries, running_course
from planner.charts.service_day import service_through_day
from planner.charts.style import png, svg

__all__ = [
    "OutlookSeries",
    "RunningSeries",
    "calibration",
    "change_calendar",
    "day_heat",
    "days_chart",
    "errors_by_horizon",
    "fan",
    "heads",
    "heat",
    "in_time_by_slot",
    "outlook_fan",
    "png",
    "risk",
    "running_course",
    "service_through_day",
    "shares_chart",
    "svg",
]
