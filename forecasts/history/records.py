"""What is kept of a desk's past: one frame per kind of file, the same columns whatever the file had."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from forecasts.history.kinds import Kind
from forecasts.slots import Period

# Column → dtype. Names are "category": few distinct ones, each read once.
COLUMNS: Mapping[Kind, Mapping[str, str]] = MappingProxyType(
    {
        "inquiries": {
            "number": "str",  # "" = the file has none
            "received_at": "datetime64[us]",
            "is_timed": "bool",  # False: the file gives the day only; received_at is its midnight
            "channel": "category",
            "kind": "category",
            "category": "category",
            "bureau": "category",
            "handler": "category",  # keyed hash, never a name
            "closed_at": "datetime64[us]",
            "answered_at": "datetime64[us]",
            "abandoned_at": "datetime64[us]",
            "handling_min": "float64",
            "escalated": "float64",  # 1 yes, 0 no, NaN not said
        },
        "intervals": {
            "start_at": "datetime64[us]",
            "length_min": "int64",
            "channel": "category",
            "offered": "int64",
            "answered": "float64",
            "abandoned": "float64",
            "talk_s": "float64",  # mean per answered call
            "wait_s": "float64",  # mean
        },
        "totals": {
            "day": "datetime64[us]",  # first day of the span
            "span": "category",  # day | week | month
            "channel": "category",
            "count": "int64",
        },
        "attendance": {
            "start_at": "datetime64[us]",
            "end_at": "datetime64[us]",
            "role": "category",  # code of a grade
            "heads": "int64",
        },
    }
)


_MISSING: Mapping[str, object] = {
    "str": "",
    "category": "",
    "bool": True,
    "float64": float("nan"),
    "int64": 0,
    "datetime64[us]": pd.NaT,
}


def empty_frame(kind: Kind) -> pd.DataFrame:
    """Return a frame of a kind without rows."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in COLUMNS[kind].items()})


def conformed(kind: Kind, values: Mapping[str, object], index: pd.Index | None = None) -> pd.DataFrame:
    """Make the frame of a kind of what is there; absent columns hold missing values ("" in names)."""
    filled = {name: values.get(name, _MISSING[dtype]) for name, dtype in COLUMNS[kind].items()}
    # Without copies: a million rows of one type would be put together, only to be taken apart by column.
    return pd.DataFrame(filled, index=index, copy=False).astype(dict(COLUMNS[kind]))


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """What all imports of a desk say together, overlap removed: the frames of ``COLUMNS``, by time."""

    inquiries: pd.DataFrame = field(default_factory=lambda: empty_frame("inquiries"))
    intervals: pd.DataFrame = field(default_factory=lambda: empty_frame("intervals"))
    totals: pd.DataFrame = field(default_factory=lambda: empty_frame("totals"))
    attendance: pd.DataFrame = field(default_factory=lambda: empty_frame("attendance"))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to learn from."""
        return self.inquiries.empty and self.intervals.empty and self.totals.empty

    @property
    def counted_period(self) -> Period | None:
        """From the first to the last day of which anything tells a count; None where nothing does."""
        by_day = self.totals[self.totals["span"] == "day"]
        told = [self.inquiries["received_at"], self.intervals["start_at"], by_day["day"]]
        days = [day.date() for moments in told if len(moments) for day in (moments.min(), moments.max())]
        return Period.through(min(days), max(days)) if days else None
