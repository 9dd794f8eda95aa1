"""Three months of events: closing days by name, events as marks that need no colour, their names below."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from html import escape
from itertools import groupby

import streamlit as st

from forecasts.calendar import Calendar
from forecasts.events import EXPECTED, SESSIONS, Event
from planner.wording.dates import reiwa_year, short_day, short_span, weekday_ja
from planner.wording.events import event_name, mark
from planner.wording.terms import closure, event_kind

MONTHS = 3
_STYLE = """<style>
.stApp .mado-months { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem; }
.mado-month { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: .875rem; }
.mado-month caption { text-align: left; font-weight: 700; font-size: 1rem; padding: 0 0 .25rem; }
.mado-month th { font-weight: 400; border: 1px solid #b3b3b3; background: #f1f1f4; padding: .1rem;
  text-align: center; }
.mado-month td { border: 1px solid #b3b3b3; vertical-align: top; padding: 0; line-height: 1.2; }
.mado-month td > div { min-height: 2.55rem; padding: .05rem .15rem 0; display: flex; flex-direction: column; }
.mado-month td > div > .going { margin: auto -.15rem 0; }
.mado-month td.closed { color: #4d4d4d; background:
  repeating-linear-gradient(45deg, #f1f1f4 0 4px, #fff 4px 8px); }
.mado-month td.today { outline: 3px solid #1a1a1a; outline-offset: -3px; }
.mado-month td.none { background: #fff; border-color: #e6e6e6; }
.mado-ev { display: inline-block; border: 1px solid #0017c1; color: #0017c1; background: #fff;
  border-radius: .2rem; font-size: .8125rem; line-height: 1.2; margin: 0 .1rem .05rem 0; }
.mado-ev.diet { border-color: #197a4b; color: #197a4b; }
.mado-ev.day { border-color: #ac3e00; color: #ac3e00; }
.mado-ev.expected { border-style: dashed; }
.mado-on { display: block; height: .3rem; margin-top: .08rem; background: #0017c1; }
.mado-on.diet { background: repeating-linear-gradient(90deg, #197a4b 0 5px, #fff 5px 7px); }
.mado-on.day { background: repeating-linear-gradient(45deg, #ac3e00 0 3px, #fff 3px 5px); }
.stApp .mado-days { list-style: none; margin: .4rem 0 0; padding: 0; font-size: .875rem; line-height: 1.55; }
.mado-days li { margin: 0 0 .1rem; display: flex; gap: .35rem; align-items: baseline; }
.mado-days li > :first-child { flex: none; width: 1.1rem; text-align: center; }
.mado-days .rest { color: #4d4d4d; }
</style>"""
_DAY_KINDS = {"closure", "opening", "outage"}


def months(first: date, events: Sequence[Event], calendar: Calendar, today: date) -> None:
    """Show three months from the month of ``first`` on."""
    shown = "".join(
        f"<section>{_grid(start, events, calendar, today)}{_list(start, events, calendar)}</section>"
        for start in month_starts(first)
    )
    st.html(f"{_STYLE}<div class='mado-months'>{shown}</div>")


def month_starts(first: date, count: int = MONTHS) -> tuple[date, ...]:
    """Return the first days of months that follow one another."""
    months_on = [first.year * 12 + first.month - 1 + n for n in range(count)]
    return tuple(date(m // 12, m % 12 + 1, 1) for m in months_on)


def _days(start: date) -> tuple[date, ...]:
    end = month_starts(start, 2)[1]
    return tuple(start + timedelta(days=n) for n in range((end - start).days))


def _grid(start: date, events: Sequence[Event], calendar: Calendar, today: date) -> str:
    cells = ["<td class='none'></td>"] * start.weekday()
    cells += [_cell(day, events, calendar, today) for day in _days(start)]
    cells += ["<td class='none'></td>"] * (-len(cells) % 7)
    weeks = "".join(f"<tr>{''.join(cells[n : n + 7])}</tr>" for n in range(0, len(cells), 7))
    head = "".join(f"<th scope='col'>{weekday_ja(n)}</th>" for n in range(7))
    caption = f"{reiwa_year(start.year)}{start.month}月"
    return (
        f"<table class='mado-month'><caption>{caption}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{weeks}</tbody></table>"
    )


def _cell(day: date, events: Sequence[Event], calendar: Calendar, today: date) -> str:
    """Write one day: its number, a mark for what begins on it, a strip for what goes on."""
    acting = [e for e in events if e.start <= day <= e.end]
    marks = "".join(
        f"<span class='mado-ev {_look(e)}' title='{escape(event_name(e))}'>{escape(mark(e.kind))}</span>"
        for e in acting
        if e.start == day or (e.kind not in SESSIONS and day.weekday() == 0)
    )
    strips = "".join(f"<span class='mado-on {_look(e)}'></span>" for e in acting if e.start < e.end)
    reason = calendar.closing_reason(day)
    classes = " ".join(["closed"] * bool(reason) + ["today"] * (day == today))
    hint = f" title='{escape(closure(reason))}'" if reason else ""
    going = f"<span class='going'>{strips}</span>"
    return f"<td class='{classes}'{hint}><div><span>{day.day}</span><span>{marks}</span>{going}</div></td>"


def _look(event: Event) -> str:
    look = "diet" if event.kind.startswith("diet_") else "day" if event.kind in _DAY_KINDS else ""
    return f"{look} expected" if event.status == EXPECTED else look


def _list(start: date, events: Iterable[Event], calendar: Calendar) -> str:
    """List what the marks of a month stand for, and its closing days by name."""
    days = _days(start)
    lines = [(max(e.start, start), _line(e)) for e in events if e.start <= days[-1] and e.end >= start]
    lines += [(run[0], _rest(run, reason)) for run, reason in _closures(days, calendar)]
    body = "".join(line for _, line in sorted(lines, key=lambda pair: pair[0]))
    return f"<ul class='mado-days'>{body or '<li>行事はない。</li>'}</ul>"


def _closures(days: Sequence[date], calendar: Calendar) -> Iterator[tuple[list[date], str]]:
    """Yield the closing days that are no weekend, those that follow one another for one reason together."""
    for reason, run in groupby(days, calendar.closing_reason):
        if reason not in {"", "weekend"}:
            yield list(run), closure(reason)


def _rest(run: Sequence[date], reason: str) -> str:
    span = f"{run[0].day}日" if len(run) == 1 else f"{run[0].day}〜{run[-1].day}日"
    return f"<li class='rest'><span>休</span><span>{span} {escape(reason)}</span></li>"


def _line(event: Event) -> str:
    span = short_day(event.start) if event.start == event.end else short_span(event.start, event.end)
    shown = f"<span class='mado-ev {_look(event)}'>{escape(mark(event.kind))}</span>"
    kind = "" if event.kind in SESSIONS else f"［{event_kind(event.kind)}］"
    return f"<li>{shown}<span>{escape(span)} {escape(event_name(event))}{escape(kind)}</span></li>"
