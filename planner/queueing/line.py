"""The line of those who wait, and the conventions by which a desk answers it."""

from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal, get_args

ShiftEnd = Literal["exhaustive", "handover"]
Returns = Literal["full", "on_time"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, first come, first served: exponential handling, and exponential patience.

    ``patience_min``: mean time until somebody in the line hangs up (inf = never);
    ``measured_patience_min``: that of the calls which the target counts, where others stand in the same line
    (None = the same).

    Raises ValueError where a figure is not positive.
    """

    handling_min: float
    patience_min: float = inf
    measured_patience_min: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is no time."""
        measured = self.patience_min if self.measured_patience_min is None else self.measured_patience_min
        if not (isfinite(self.handling_min) and self.handling_min > 0):
            message = f"handling_min is {self.handling_min}: minutes above 0 are wanted"
            raise ValueError(message)
        if not (self.patience_min > 0 and measured > 0):
            message = f"patience_min is {self.patience_min}, measured {measured}: minutes above 0, or inf"
            raise ValueError(message)

    @property
    def service_per_min(self) -> float:
        """Contacts that one person finishes a minute."""
        return 1.0 / self.handling_min

    @property
    def leaving_per_min(self) -> float:
        """Hang-ups a minute of one who waits."""
        return 1.0 / self.patience_min

    @property
    def measured_leaving_per_min(self) -> float:
        """Hang-ups a minute of one who waits and is counted by the target."""
        return (
            self.leaving_per_min if self.measured_patience_min is None else 1.0 / self.measured_patience_min
        )


@dataclass(frozen=True, slots=True)
class Conventions:
    """How shifts end, and how people come back.

    ``shift_end``: ``exhaustive`` = a leaver finishes the call in hand, ``handover`` = others take it over.
    ``returns``: ``full`` = who left late comes back as much later (a break is moved, not cut:
    労働基準法34条), ``on_time`` = comes back as planned.
    """

    shift_end: ShiftEnd = "exhaustive"
    returns: Returns = "full"

    def __post_init__(self) -> None:
        """Raises ValueError for words that are no convention."""
        if self.shift_end not in get_args(ShiftEnd) or self.returns not in get_args(Returns):
            message = (
                f"shift_end is {self.shift_end!r}, returns {self.returns!r}: "
                f"{get_args(ShiftEnd)} and {get_args(Returns)} are known"
            )
            raise ValueError(message)
