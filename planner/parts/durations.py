"""How long inquiries take and how long callers wait, by channel and category: tables of the page データ."""

from collections.abc import Mapping

import streamlit as st

from forecasts.history.handling import Handling, handling_by_category, handling_times, talk_times
from forecasts.history.patience import Patience, patience
from planner import session
from planner.desk_past import DeskPast
from planner.document.blocks import Column, Table
from planner.parts import markup
from planner.wording import handling as words

_MOST_CATEGORIES = 6
"""Categories of a channel that are shown: those that take most of the time."""

_Handlings = tuple[Mapping[str, Handling], Mapping[tuple[str, str], Handling], Mapping[str, Patience]]


def durations(past: DeskPast) -> None:
    """Show what was measured; nothing where nothing was."""
    by_channel, by_category, waited = _measured(session.past_state(past.desk), past)
    if by_channel:
        _handling(by_channel, by_category)
    if waited:
        rows = tuple(words.patience_row(name, found) for name, found in waited.items())
        markup.table(Table(_columns(words.PATIENCE_COLUMNS), rows, words.PATIENCE_CAPTION))
        markup.notes(words.patience_notes(waited))


def _handling(by_channel: Mapping[str, Handling], by_category: Mapping[tuple[str, str], Handling]) -> None:
    rows: list[tuple[str, ...]] = []
    shown: dict[tuple[str, str], Handling] = {}
    for channel, found in by_channel.items():
        rows.append(words.handling_row(channel, found))
        own = {key: h for key, h in by_category.items() if key[0] == channel}
        most = sorted(own.items(), key=lambda kept: (-kept[1].n * kept[1].mean_min, kept[0]))
        shown |= dict(most[:_MOST_CATEGORIES])
        rows += [
            words.handling_row(words.category_name(category), h)
            for (_, category), h in most[:_MOST_CATEGORIES]
        ]
    markup.table(Table(_columns(words.HANDLING_COLUMNS), tuple(rows), words.HANDLING_CAPTION))
    markup.notes(words.handling_notes(by_channel, shown, len(by_category) - len(shown)))


def _columns(names: tuple[tuple[str, str], ...]) -> tuple[Column, ...]:
    return tuple(Column(name, unit, is_figure=n > 0) for n, (name, unit) in enumerate(names))


@st.cache_resource(max_entries=4, show_spinner="対応時間を確かめている。")
def _measured(state: str, _past: DeskPast) -> _Handlings:  # noqa: ARG001  # the key
    """Measure by the names of the desk's channels, in their order; talk times where nothing else is known."""
    inquiries, channels = _past.records.inquiries, _past.desk.channels
    times, talk = handling_times(inquiries), talk_times(_past.records.intervals)
    of_category, waited = handling_by_category(inquiries), patience(inquiries)
    by_channel = {c.name: times[c.id] for c in channels if c.id in times}
    by_channel |= {
        words.talk_name(c.name): talk[c.id] for c in channels if c.id in talk and c.id not in times
    }
    names = {c.id: c.name for c in channels}
    by_category = {(names[c], name): h for (c, name), h in of_category.items() if c in names}
    return by_channel, by_category, {c.name: waited[c.id] for c in channels if c.id in waited}
