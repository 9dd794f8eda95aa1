"""Why the joint model expects what it expects: days taken apart, and the effect of each kind of event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasts.distribution import Floats
from forecasts.events import Event
from forecasts.features import event_days, family_of, is_alike, rounds, window_of
from forecasts.joint.learned import LEVELS, Learned, Rows
from forecasts.model import DayReason, EventEffect
from forecasts.regressors import CALENDAR_KINDS, feature_table

_NORMAL_80 = 1.2816  # half the central 80 % of a standard normal
_SEASON = ("season", "calendar", "holiday", "beside_holiday", "holiday_name", "month_position")
_EVENT = ("event", "own_event", "event_shape", "diet_phase", "round_season", "round")


def day_reasons(learned: Learned, days: Sequence[date], most: float) -> tuple[DayReason, ...]:
    """Take days apart: base x weekday x season x events = expected, whose log is at most ``most``.

    The base holds half the variance of the log rate and the incidents: the products are expected values of
    the paths.
    """
    rows, estimate = learned.rows(days), learned.estimate
    part = rows.known * estimate.mean
    usual = _usual_weekday(learned)
    weekday, season, event = (part[:, learned.at(*b)].sum(axis=1) for b in (("weekday",), _SEASON, _EVENT))
    event = event + rows.new @ rows.means
    rest = part[:, :LEVELS].sum(axis=1) + part[:, learned.at("trend")].sum(axis=1)
    variance = learned.variance(rows)
    base = learned.offset + rest + usual + variance / 2 + np.log(estimate.incident_factor)
    spread = variance + estimate.dispersion
    noise = np.exp(np.outer([-1, 1], _NORMAL_80 * np.sqrt(spread)) - spread / 2)
    event = event - np.maximum(base + weekday - usual + season + event - most, 0)
    logs = np.stack([base, weekday - usual, season, event], axis=1)
    acting = event_days(learned.view.events, learned.view.calendar)
    return tuple(
        DayReason(d, b, w, s, e, b * w * s * e, acting.get(d, ()), low, high)
        for d, (b, w, s, e), low, high in zip(days, np.exp(logs).tolist(), *noise.tolist(), strict=True)
    )


def _usual_weekday(learned: Learned) -> float:
    """Return the log effect of the mean weekday, so that weekday factors are about 1."""
    at = learned.at("weekday")
    of = [int(c.of) for c in learned.columns if c.block == "weekday"]
    seen = np.bincount([d.weekday() for d in learned.days], minlength=7) / len(learned.days)
    return float(seen[of] @ learned.estimate.mean[at])


@dataclass(frozen=True, slots=True)
class _Subject:
    """What an effect is told of: the columns named ``of`` on ``days``, and the years it was seen in."""

    kind: str
    of: str
    days: tuple[date, ...]
    seen_in: tuple[int, ...]


def event_effects(learned: Learned, days: Sequence[date]) -> Iterator[EventEffect]:
    """Yield the effect of each kind on the strongest of its days, with its 80 % interval.

    Told of the round that acts on ``days``, else of the last round.
    """
    subjects = [s for s in _subjects(learned, set(days)) if s.days]
    for subject in subjects:
        rows = learned.rows(subject.days)
        middle, variance = _of_subject(learned, rows, subject.of)
        spread = _NORMAL_80 * np.sqrt(variance)
        strongest = int(np.argmax(middle + spread))  # of a kind never seen the middle is 0 on every day
        low, effect, high = np.exp(middle[strongest] + spread[strongest] * np.array([-1, 0, 1])).tolist()
        years = tuple(sorted(set(subject.seen_in)))
        half = _days_to_half(np.expm1(middle), strongest) if subject.kind == "transfer" else None
        yield EventEffect(subject.kind, effect, low, high, len(subject.seen_in), years, half)


def _of_subject(learned: Learned, rows: Rows, of: str) -> tuple[Floats, Floats]:
    """Return the mean and variance of a subject's log effect on the days of ``rows`` (D,)."""
    x = np.zeros_like(rows.known)
    at = learned.of(of)
    x[:, at] = rows.known[:, at]
    new = rows.new * np.array([c.of == of for c in rows.unseen], dtype=float)
    variance = learned.estimate.variance(x) + np.square(new) @ np.square(rows.sds)
    return x @ learned.estimate.mean + new @ rows.means, variance


def _days_to_half(added: Floats, strongest: int) -> int | None:
    """Return the days from the strongest until what is added has halved; None where it never does."""
    if added[strongest] <= 0:
        return None
    after = np.flatnonzero(added[strongest:] <= added[strongest] / 2)
    return int(after[0]) if after.size else None


def _subjects(learned: Learned, days: set[date]) -> Iterator[_Subject]:
    past, calendar = set(learned.days), learned.view.calendar
    windows = {
        r: tuple(sorted({d for e in r.events for d in window_of(e, calendar)}))
        for r in rounds(learned.view.events, calendar)
    }
    for kind in sorted({r.kind for r in windows}):
        of_kind = [r for r in windows if r.kind == kind]
        coming = [r for r in of_kind if days & set(windows[r])]
        seen = [r for r in of_kind if past & set(windows[r])]
        shown = (coming or seen[-1:] or of_kind)[0]
        alike = [r.start.year for r in windows if is_alike(r, shown) and past & set(windows[r])]
        yield _Subject(kind, family_of(kind), windows[shown], tuple(alike))
    no_events: tuple[Event, ...] = ()
    table = feature_table(learned.days, no_events, calendar)
    for kind in CALENDAR_KINDS:
        flags = table.values[:, table.named(kind)[0]]
        found = [d for d, flag in zip(learned.days, flags, strict=True) if flag]
        if found:
            yield _Subject(kind, kind, (found[-1],), tuple(d.year for d in found))
