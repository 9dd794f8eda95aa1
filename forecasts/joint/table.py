"""The columns of the joint model on any days, past or coming, under a list of events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from forecasts.calendar import Calendar
from forecasts.distribution import Floats
from forecasts.events import OWN, Event
from forecasts.features import rounds
from forecasts.joint.open_days import OPEN_DAY_BLOCKS, open_day_columns, worked_holidays
from forecasts.joint.penalised import Prior
from forecasts.joint.phases import PHASE_BLOCK, phase_columns
from forecasts.regressors import BLOCKS, Column, Table, feature_table, typical_heads

_YEAR_DAYS = 365.25
_SEASON_DAYS, _MONTHS_DAYS = 365, 180
FIXED = float("inf")

# Prior sd of log effects, and by how many pseudo-observations it is held.
PRIORS: Mapping[str, tuple[float, float]] = {
    "weekday": (0.2, 3.0),
    "season": (0.04, 3.0),
    "calendar": (0.3, FIXED),
    "holiday": (0.3, 3.0),
    "beside_holiday": (0.1, 3.0),
    "holiday_name": (0.15, 3.0),
    "month_position": (0.015, 3.0),
    "event": (0.5, FIXED),
    "own_event": (0.2, 3.0),
    "event_shape": (0.06, 3.0),
    "diet_phase": (0.05, 3.0),
    "round_season": (0.05, 3.0),
    "round": (0.06, 4.0),
    "trend": (0.05, FIXED),  # a year
}
POOLED_BLOCKS = ("event", "own_event", "event_shape")
LEVEL_PRIORS = (Prior(slice(0), 0.012, 4.0), Prior(slice(0), 0.03, 4.0))  # of the walk's step, of the swing


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other desks say of a column's log effect: mean and sd over desks."""

    mean: float
    sd: float


Pooled = Mapping[Column, Elsewhere]


@dataclass(frozen=True, slots=True)
class View:
    """What columns are made of: ``names`` of holidays worked on in the past, ``last`` day learned from.

    ``typical``: headcount of a typical round by family, as it was learned: another list of events does not
    change the measure.
    """

    events: tuple[Event, ...]
    calendar: Calendar
    names: tuple[str, ...]
    typical: Mapping[str, float]
    last: date

    @classmethod
    def of(cls, days: Sequence[date], events: Sequence[Event], calendar: Calendar) -> "View":
        """Look at the past."""
        heads = typical_heads(rounds(events, calendar))
        return cls(tuple(events), calendar, worked_holidays(days, calendar), heads, days[-1])

    def ahead(self, days: Sequence[date]) -> Floats:
        """Return by how many days each day lies after the last one learned from."""
        return np.array([float((d - self.last).days) for d in days])

    def table(self, days: Sequence[date]) -> Table:
        """Return all columns but the level, in the order of ``PRIORS``."""
        found = feature_table(days, self.events, self.calendar, self.typical)
        columns = [_own(c) for c in found.columns]
        values = [found.values[:, n] for n in range(len(columns))]
        # A holiday that the desk has not worked on before has an effect of its own all the same.
        names = sorted({*self.names, *worked_holidays(days, self.calendar)})
        for column, value in open_day_columns(days, self.calendar, names):
            columns.append(column)
            values.append(value)
        for column, value in phase_columns(days, self.events, self.calendar):
            columns.append(column)
            values.append(value)
        columns.append(Column("trend", ""))
        values.append(self.ahead(days) / _YEAR_DAYS)
        place = list(PRIORS)
        order = sorted(range(len(columns)), key=lambda n: place.index(columns[n].block))
        return Table(tuple(columns[n] for n in order), np.stack([values[n] for n in order], axis=1))


def _own(column: Column) -> Column:
    """Put the desk's own kinds into a block of their own: they share what is learned of their size."""
    is_own = column.block == "event" and column.of.startswith(OWN)
    return replace(column, block="own_event") if is_own else column


def priors_of(columns: Sequence[Column], span_days: int, pooled: Pooled) -> tuple[Prior, ...]:
    """Return the priors of columns that stand together by block; a pooled column has its own.

    Seasons of less than a year, and months of less than half, would only prolong a trend: held at zero.
    """
    out: list[Prior] = []
    for n, column in enumerate(columns):
        is_pooled = column in pooled
        is_same = (
            n > 0 and columns[n - 1].block == column.block and not is_pooled and columns[n - 1] not in pooled
        )
        if is_same:
            out[-1] = replace(out[-1], columns=slice(out[-1].columns.start, n + 1))
        else:
            guess = (pooled[column].sd, FIXED) if is_pooled else _guess(column.block, span_days)
            out.append(Prior(slice(n, n + 1), *guess))
    return tuple(out)


def _guess(block: str, span_days: int) -> tuple[float, float]:
    if block == "season" and span_days < _SEASON_DAYS:
        return 1e-3, FIXED
    if block == "month_position" and span_days < _MONTHS_DAYS:
        return 0.01, FIXED
    return PRIORS[block]


assert {*BLOCKS, *OPEN_DAY_BLOCKS, PHASE_BLOCK} <= {*PRIORS}  # noqa: S101  # a block without a prior is a mistake of ours
