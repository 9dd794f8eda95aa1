"""変更の日程 on the page 変更案: which change when, and by when each step is due."""

from planner.charts import change_calendar
from planner.content import Content
from planner.parts import drawing
from planner.wording.dates import short_span
from planner.wording.terms import alternative_name


def show(content: Content, key: str) -> None:
    """Draw the days of every alternative, alternative ``key`` marked."""
    chosen, dates, window = content.alternative(key), content.dates, content.window
    if chosen.days_changed:
        span = short_span(chosen.days_changed[0], chosen.days_changed[-1])
        title = f"「{alternative_name(key)}」の変更の期間は、{span}である"
    else:
        title = f"「{alternative_name(key)}」では、体制を変更しない"
    marks = [(dates.propose_by, "提案"), (dates.decide_by, "承認"), (dates.notify_by, "周知")]
    drawing.draw(change_calendar(content.alternatives, key, (window.start, window.last), marks, title), title)
