"""During the period: a forecast takes up what comes, within the day and across days."""

from forecasts.update.across_days import updated_period
from forecasts.update.firmness import elapsed_firmness
from forecasts.update.unusual import Alarm, Code, Surprise, surprise, surprise_so_far
from forecasts.update.within_day import DayUpdate, Span, updated_day

__all__ = [
    "Alarm",
    "Code",
    "DayUpdate",
    "Span",
    "Surprise",
    "elapsed_firmness",
    "surprise",
    "surprise_so_far",
    "updated_day",
    "updated_period",
]
