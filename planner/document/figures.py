"""The charts of a proposal: each finding in words, each chart from the content alone."""

from collections.abc import Callable, Mapping
from typing import Any

from planner import charts
from planner.content import Content
from planner.document.blocks import Figure
from planner.wording.findings import (
    busiest_hour,
    heat_scope,
    outlook_finding,
    risk_finding,
    shortage_finding,
    worst_hour_finding,
)
from planner.wording.terms import alternative_name


def _fan(content: Content) -> Any:
    return charts.fan(content.outlook, content.events, content.closed_days, finding("fan", content))


def _heat(content: Content) -> Any:
    title, scope = finding("heat", content), heat_scope(*_reception(content))
    return charts.heat(dict(enumerate(content.heat)), _hours(content), title, scope)


def _reception(content: Content) -> tuple[int, int]:
    """Return when reception opens and closes, the wider of now and proposed, in minutes of the day."""
    shown = [a.formation for a in (content.alternatives[0], content.alternative(content.recommended))]
    return min(f.opens_min for f in shown), max(f.closes_min for f in shown)


def _hours(content: Content) -> range:
    """Return the clock hours that hold reception time."""
    opens, closes = _reception(content)
    return range(opens // 60, -(-closes // 60))


def _heads(content: Content) -> Any:
    proposed = content.alternative(content.recommended)
    return charts.heads(content.alternatives[0], proposed, content.slot_min, finding("heads", content))


def _in_time(content: Content) -> Any:
    share = dict(content.targets)["within_share"]
    title = finding("in_time", content)
    return charts.in_time_by_slot(content.alternatives, content.recommended, content.slot_min, share, title)


def _risk(content: Content) -> Any:
    most = dict(content.targets)["max_risk"]
    return charts.risk(content.alternatives, content.recommended, most, finding("risk", content))


_DRAWN: Mapping[str, tuple[str, Callable[[Content], Any]]] = {
    "fan": ("開庁日ごとの問合せの見込み", _fan),
    "heat": ("曜日・時間帯ごとの問合せの見込み（繁忙期間中）", _heat),
    "heads": ("時間帯ごとの必要人数と配置（繁忙期間中の平均的な日）", _heads),
    "in_time": ("時間帯ごとの基準時間内の応答率（繁忙期間中の平均的な日）", _in_time),
    "risk": ("変更案ごとの目標を下回るおそれ", _risk),
}


def figure(kind: str, content: Content) -> Figure:
    """Return a chart's place in the document."""
    return Figure(kind, _DRAWN[kind][0], finding(kind, content))


def drawn(kind: str, content: Content) -> Any:
    """Draw a chart of the proposal (an Altair chart)."""
    return _DRAWN[kind][1](content)


def finding(kind: str, content: Content) -> str:
    """Say what a chart shows."""
    window, proposed = content.window, content.alternative(content.recommended)
    now = content.alternatives[0]
    match kind:
        case "fan":
            return outlook_finding(window.start, window.last, content.peak_ratio)
        case "heat":
            return busiest_hour(dict(enumerate(content.heat)), _hours(content))
        case "heads":
            return shortage_finding(content.short_slots, content.slot_min)
        case "in_time":
            worst = [(o.worst_hour_min, o.worst_hour.mean) for o in (now.outcome, proposed.outcome)]
            return worst_hour_finding(worst[0], alternative_name(proposed.key), worst[1])
        case _:
            return risk_finding(now.outcome.risk, alternative_name(proposed.key), proposed.outcome.risk)
