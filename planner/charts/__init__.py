"""Altair charts from plain data. A title states the finding; axes carry units; colour is never alone."""

from planner.charts.days import fan, heat
from planner.charts.formations import heads, in_time_by_slot, risk
from planner.charts.history import days_chart, shares_chart
from planner.charts.style import png, svg

__all__ = ["days_chart", "fan", "heads", "heat", "in_time_by_slot", "png", "risk", "shares_chart", "svg"]
