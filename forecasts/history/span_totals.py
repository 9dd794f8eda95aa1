"""Totals of whole weeks and months of which no day is counted: they tell a level, not a day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from forecasts.slots import Period


@dataclass(frozen=True, slots=True)
class SpanTotal:
    """Inquiries of all channels together in a whole week or month; how they fell on its days is not known."""

    period: Period
    count: int


def span_totals(
    totals: pd.DataFrame, channels: Sequence[str], counted: Collection[date] = ()
) -> tuple[SpanTotal, ...]:
    """Return the totals of spans of which no day is ``counted``, by time; no day is in two of them.

    A span is told only where all ``channels`` are: a level without the telephone would be a wrong one. Of
    spans that overlap the shorter is taken, as it tells more.

    Args:
        totals: The records of totals (``records.COLUMNS``); those of single days are passed over.
        channels: The channels of the desk; others are passed over.
        counted: The days of which the count is known.
    """
    spans = totals[(totals["span"] != "day") & totals["channel"].isin(channels)]
    found: dict[Period, dict[str, int]] = {}
    for day, span, channel, count in zip(
        spans["day"], spans["span"].astype(str), spans["channel"].astype(str), spans["count"], strict=True
    ):
        of = found.setdefault(_period(day.date(), span), {})
        of[channel] = of.get(channel, 0) + int(count)
    whole = [SpanTotal(period, sum(of.values())) for period, of in found.items() if {*of} == {*channels}]
    return _apart(whole, counted)


def _apart(spans: Iterable[SpanTotal], counted: Collection[date]) -> tuple[SpanTotal, ...]:
    taken, kept = set(counted), []
    for span in sorted(spans, key=lambda s: (s.period.end - s.period.start, s.period.start)):
        days = set(span.period.days)
        if days and not days & taken:
            taken |= days
            kept.append(span)
    return tuple(sorted(kept, key=lambda s: s.period.start))


def _period(start: date, span: str) -> Period:
    """Return the days of a span from its first day: a week, else a month."""
    if span == "week":
        return Period(start, start + timedelta(days=7))
    return Period(start, (pd.Timestamp(start) + pd.offsets.MonthBegin(1)).date())
