"""What a file of a desk's past can be, and which fields each kind has."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["inquiries", "intervals", "totals", "attendance"]
FieldType = Literal[
    "moment", "day", "clock", "month", "amount", "duration", "count", "name", "flag", "secret"
]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what its cells are; ``is_required`` unless another field of ``instead`` is there.

    ``secret``: kept only as a keyed hash (担当者). ``month``: a month such as 2025年4月.
    """

    type: FieldType
    is_required: bool = False
    instead: tuple[str, ...] = ()


SPANS = ("day", "week", "month")
"""What a total may be of, the finest first: the field of a file that tells it, and the value of ``span``."""

KINDS: Mapping[Kind, Mapping[str, Field]] = MappingProxyType(
    {
        # One row per inquiry. received_at in one cell, or received_on with or without received_time.
        "inquiries": {
            "number": Field("name"),
            "received_at": Field("moment", is_required=True, instead=("received_on",)),
            "received_on": Field("day"),
            "received_time": Field("clock"),
            "channel": Field("name"),
            "kind": Field("name"),
            "category": Field("name"),
            "bureau": Field("name"),
            "handler": Field("secret"),
            "closed_at": Field("moment"),
            "answered_at": Field("moment"),
            "abandoned_at": Field("moment"),
            "handling_min": Field("duration"),
            "escalated": Field("flag"),
        },
        # A telephone exchange's report: one row per interval (and channel).
        "intervals": {
            "start_at": Field("moment", is_required=True, instead=("start_on",)),
            "start_on": Field("day"),
            "start_time": Field("clock"),  # 9:00, or 9:00-9:30
            "channel": Field("name"),
            "offered": Field("count", is_required=True),
            "answered": Field("count"),
            "abandoned": Field("count"),
            "talk_s": Field("duration"),
            "wait_s": Field("duration"),
        },
        # Totals of a day, a week (its first day) or a month by channel; months as columns become rows.
        "totals": {
            "day": Field("day", is_required=True, instead=("week", "month")),
            "week": Field("day"),
            "month": Field("month"),
            "channel": Field("name"),
            "count": Field("count", is_required=True),
        },
        # Who really sat there, as heads by role: no name is read.
        "attendance": {
            "day": Field("day", is_required=True),
            "start_time": Field("clock", is_required=True),  # 8:30, or 8:30-17:30
            "end_time": Field("clock"),
            "role": Field("name", is_required=True),
            "heads": Field("count"),  # without it every row is one head
        },
    }
)
