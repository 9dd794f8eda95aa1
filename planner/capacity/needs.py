"""What each month needs, whatever is placed in it; and when the peaks are."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from forecasts.distribution import Floats
from planner.capacity.answer import MonthNeed, Peak
from planner.capacity.calendar import Span
from planner.capacity.crews import MOST_MORE, Crew, choices
from planner.capacity.months import Shares, month_shares, risk_of, room_of
from planner.capacity.scenario import Scenario
from planner.capacity.tables import Solved

PEAK = 1.15
"""A week with so many times the inquiries of the usual week is a peak, as in ``alternatives.window``."""
_AS_IS = Scenario()


def needs(solved: Solved, months: Sequence[Span]) -> tuple[MonthNeed, ...]:
    """Return what each month needs with the same people all month, and what the present ones give."""
    return tuple(_need(solved, month) for month in months)


def _need(solved: Solved, month: Span) -> MonthNeed:
    now = _shares(solved, Crew("", 0), month)
    margin = now.margin(solved.desk.target)
    needed, is_reached, is_least = _needed(solved, month)
    return MonthNeed(
        first=month.first,
        last=month.last,
        inquiries=float(solved.demand.inquiries[:, list(month.places)].mean()),
        needed=needed,
        is_reached=is_reached,
        is_least=is_least,
        risk=float(risk_of(margin)[0]),
        in_time=_mean(now.in_time),
        answer_rate=_mean(now.answer_rate),
        same_day=_mean(now.same_day),
        short=max(-float(room_of(margin, solved.desk.target.max_risk)[0]), 0.0),
    )


def _needed(solved: Solved, month: Span) -> tuple[int, bool, bool]:
    """Return the fewest people that keep the targets; whether any do; whether these are the fewest judged."""
    residents = len(solved.desk.residents)
    fewer = [Crew(r.fewer, 0) for r in choices(solved.desk) if r.fewer]
    more = [Crew("", n) for n in range(MOST_MORE + solved.desk.levers.extra_heads + 1)]
    by_heads = [(residents - 1, fewer), *((residents + c.added, [c]) for c in more)]
    judged = [(heads, [c for c in crews if solved.has(c)]) for heads, crews in by_heads]
    judged = [(heads, crews) for heads, crews in judged if crews]
    for heads, crews in judged:
        if any(_is_kept(solved, crew, month) for crew in crews):
            return heads, True, heads == judged[0][0]
    return judged[-1][0] + 1, False, False


def _is_kept(solved: Solved, crew: Crew, month: Span) -> bool:
    target = solved.desk.target
    margin = _shares(solved, crew, month).margin(target)
    return bool(room_of(margin, target.max_risk)[0] >= 0)


def _shares(solved: Solved, crew: Crew, month: Span) -> Shares:
    return month_shares(solved.demand, [solved.served(crew, _AS_IS)], month, [month])


def _mean(by_path: Floats) -> float:
    known = by_path[~np.isnan(by_path)]
    return float(known.mean()) if known.size else float("nan")


def peaks(solved: Solved, weeks: Sequence[Span], acting: Mapping[date, Sequence[str]]) -> tuple[Peak, ...]:
    """Return the weeks with clearly more inquiries a day than the median week, those on end as one.

    ``acting``: the names of the events that act on a day, "" for one that nobody has announced.
    """
    a_day = solved.demand.inquiries.mean(axis=0)
    busy = np.array([float(a_day[list(w.places)].mean()) for w in weeks])
    usual = max(float(np.median(busy)), 1e-9)
    found: list[list[int]] = []
    for n in np.flatnonzero(busy >= PEAK * usual).tolist():
        if found and found[-1][-1] == n - 1:
            found[-1].append(n)
        else:
            found.append([n])
    days = solved.demand.days
    return tuple(
        Peak(
            weeks[g[0]].first,
            weeks[g[-1]].last,
            float(busy[g].max() / usual),
            tuple(dict.fromkeys(e for n in g for p in weeks[n].places for e in acting.get(days[p], ()))),
        )
        for g in found
    )
