"""Altair charts from plain data. A title states the finding; axes carry units; colour is never alone."""

from planner.charts.days import fan, heat
from planner.charts.formations import heads, in_time_by_slot, risk
from planner.charts.style import png, svg

__all__ = ["fan", "heads", "heat", "in_time_by_slot", "png", "risk", "svg"]
