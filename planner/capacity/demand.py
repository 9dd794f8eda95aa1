"""Day paths → what a day asks of the people: calls within reception hours, and work due that day.

Years ahead are kept as days only (DESIGN.md, idea 1): a day's slots follow the mean shape of days of its
class, and a few days are drawn by slot, to know what straying from it costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from forecasts.distribution import Floats, Forecast, Wholes
from planner.capacity.scenario import Scenario
from planner.queueing.arrivals import Flags
from planner.workload import WorkClass

_ALIKE = 0.005
"""Days whose calls are spread alike but for this share of them are one class, as in ``call_service``."""
_STRAYING_DAYS = 12


@dataclass(frozen=True, slots=True, eq=False)
class DayClass:
    """Days on which inquiries are spread alike.

    By slot (S,), each summing to 1: ``calls`` of any kind, ``measured`` ones, ``due_min`` minutes of work as
    somebody may begin with it (what came outside reception hours stands at the opening). ``mix`` (C,): shares
    of the immediate classes among the calls. ``straying`` (X, S): calls by slot of some days as drawn.
    """

    calls: Floats
    measured: Floats
    due_min: Floats
    mix: Floats
    straying: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What P paths of D days ask for.

    (P, D): ``calls`` that wait and come within reception hours, ``measured`` of them those that the target
    counts; ``due`` contacts to be done that day, ``due_min`` minutes these take; ``inquiries`` of any kind.
    ``of_class`` (D,): the class of each day in ``classes``. ``kinds``: what handling takes.
    """

    days: tuple[date, ...]
    kinds: tuple[WorkClass, ...]
    calls: Floats
    measured: Floats
    due: Floats
    due_min: Floats
    inquiries: Floats
    of_class: Wholes
    classes: tuple[DayClass, ...]

    @property
    def each_due_min(self) -> float:
        """Minutes that a due contact takes, the mean of all."""
        contacts = float(self.due.sum())
        return float(self.due_min.sum()) / contacts if contacts else 1.0

    def under(self, scenario: Scenario) -> "Demand":
        """Return the same paths as a scenario would have them."""
        since = scenario.users_from or self.days[0]
        users = np.array([scenario.users_times if d >= since else 1.0 for d in self.days])
        kinds = tuple(replace(k, handling_min=k.handling_min * scenario.handling_times) for k in self.kinds)
        return replace(
            self,
            kinds=kinds,
            calls=self.calls * users,
            measured=self.measured * users,
            due=self.due * users,
            due_min=self.due_min * users * scenario.handling_times,
            inquiries=self.inquiries * users,
        )


def demand_of(forecast: Forecast, kinds: Sequence[WorkClass], opens_min: int, closes_min: int) -> Demand:
    """Take day paths apart. ``kinds`` in the order of the forecast's channels.

    Raises ValueError where no channel makes somebody wait: there is nothing to plan residents for.
    """
    immediate = np.array([k.waiting == "immediate" for k in kinds])
    if not immediate.any():
        message = "no channel is immediate: a capacity plan needs calls or visits"
        raise ValueError(message)
    parts = _Parts(forecast, opens_min, closes_min)
    handling = np.array([k.handling_min for k in kinds])
    counted = np.array([k.waiting == "immediate" and k.is_measured for k in kinds])
    if not counted.any():
        counted = immediate
    due = parts.due(immediate)
    calls = parts.inside * immediate
    of_class, classes = _classes(forecast, parts, calls, counted, immediate, handling)
    return Demand(
        days=forecast.days,
        kinds=tuple(kinds),
        calls=_summed(forecast.day_rate, calls),
        measured=_summed(forecast.day_rate, parts.inside * counted),
        due=due.sum(axis=2),
        due_min=due @ handling,
        inquiries=forecast.day_rate.sum(axis=2),
        of_class=of_class,
        classes=classes,
    )


def _summed(rate: Floats, share: Floats) -> Floats:
    """Sum rates (P, D, C) times shares of the day (D, C) over the channels: (P, D)."""
    return np.asarray(np.einsum("pdc,dc->pd", rate, share))


class _Parts:
    """A day's inquiries before, within and after reception hours."""

    def __init__(self, forecast: Forecast, opens_min: int, closes_min: int) -> None:
        width, slots = forecast.grid.slot_min, forecast.grid.slots
        starts = np.arange(slots) * float(width)
        opened = np.minimum(starts + width, closes_min) - np.maximum(starts, opens_min)
        self.open_part: Floats = np.clip(opened / width, 0.0, 1.0)
        passed = np.clip((np.minimum(starts + width, opens_min) - starts) / width, 0.0, 1.0)
        self.first_slot = min(opens_min // width, slots - 1)
        self.rate, self.share = forecast.day_rate, forecast.share
        self.inside: Floats = np.einsum("dsc,s->dc", forecast.share, self.open_part)
        self.before: Floats = np.einsum("dsc,s->dc", forecast.share, passed)
        self.after: Floats = np.maximum(forecast.share.sum(axis=1) - self.inside - self.before, 0.0)

    def due(self, immediate: Flags) -> Floats:
        """Return contacts due by path, day and channel (P, D, C): those after closing on the next day."""
        waiting = self.inside * ~immediate
        out: Floats = self.rate * (waiting + self.before)
        out[:, 1:] += (self.rate * self.after)[:, :-1]
        return out


def _classes(  # the parts of one day
    forecast: Forecast,
    parts: _Parts,
    calls: Floats,
    counted: Flags,
    immediate: Flags,
    handling: Floats,
) -> tuple[Wholes, tuple[DayClass, ...]]:
    mean = forecast.day_rate.mean(axis=0)
    in_hours = forecast.share * parts.open_part[:, None]
    by_slot = np.einsum("dc,dsc->ds", mean * immediate, in_hours)
    groups = _alike(_normed(by_slot))
    of_class = np.zeros(len(forecast.days), dtype=np.int64)
    found = []
    for number, places in enumerate(groups):
        of_class[places] = number
        volume = mean[places]
        share = in_hours[places]
        lumps = parts.before[places] + parts.after[places]
        due = np.einsum("dc,dsc->s", volume * ~immediate * handling, share)
        due[parts.first_slot] += float((volume * lumps * handling).sum())
        mix = (volume * calls[places]).sum(axis=0)[immediate]
        found.append(
            DayClass(
                calls=_normed(by_slot[places].sum(axis=0)),
                measured=_normed(np.einsum("dc,dsc->s", volume * counted, share)),
                due_min=_normed(due),
                mix=_normed(mix),
                straying=_straying(forecast, places, parts.open_part, immediate),
            )
        )
    return of_class, tuple(found)


def _alike(shapes: Floats) -> list[list[int]]:
    """Part days into groups in which calls are spread alike."""
    groups: list[tuple[Floats, list[int]]] = []
    for day, shape in enumerate(shapes):
        near = next((g for first, g in groups if np.abs(first - shape).sum() / 2 <= _ALIKE), None)
        if near is None:
            groups.append((shape, [day]))
        else:
            near.append(day)
    return [places for _, places in groups]


def _normed(values: Floats) -> Floats:
    """Make the last axis sum to 1; zeros stay."""
    total = values.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(values, total, out=np.zeros_like(values), where=total > 0))


def _straying(
    forecast: Forecast,
    places: Sequence[int],
    open_part: Floats,
    immediate: Flags,
) -> Floats:
    """Return calls by slot of some path-days as they are drawn (X, S), evenly spread over days and paths."""
    some = sorted({places[n] for n in np.linspace(0, len(places) - 1, _STRAYING_DAYS).astype(int)})
    drawn = forecast.only([forecast.days[n] for n in some]).slot_rates()[..., immediate].sum(axis=3)
    paths = np.linspace(0, forecast.paths - 1, min(forecast.paths, 5)).astype(int)
    return np.asarray((drawn[paths] * open_part).reshape(-1, open_part.size))
