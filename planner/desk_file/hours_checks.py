"""What must agree in a desk file about other reception hours: how calls follow, when there were any."""

from collections.abc import Iterable, Iterator
from datetime import date

from forecasts.faults import Fault
from forecasts.slots import clock
from planner.desk_file.checks import Draft
from planner.desk_levers import SHARES, Band

_ROUNDING = 1e-9


def faults_of_hours(draft: Draft) -> Iterator[Fault]:
    """Yield the faults of ``[following]`` and ``[[past_hours]]`` that each look right alone."""
    yield from _following(draft)
    yield from _past_hours(draft)


def _following(draft: Draft) -> Iterator[Fault]:
    """A band rises from low to high; of the calls of closed time no more than all come at another time."""
    if (following := draft.following) is None:
        return
    bands: dict[str, Band] = {share: getattr(following, share) for share in SHARES}
    for key, band in bands.items():
        if list(band) != sorted(band):
            yield draft.fault("bad_value", f"following.{key}", _numbers(band), _numbers(sorted(band)))
    most = [1 - a for a in following.same_day]
    if any(b > limit + _ROUNDING for b, limit in zip(following.next_day, most, strict=True)):
        allowed = "、".join(f"{limit:g}以下" for limit in most)
        yield draft.fault("bad_value", "following.next_day", _numbers(following.next_day), allowed)


def _numbers(values: Iterable[float]) -> str:
    """Write an array as the file does."""
    return f"[{', '.join(f'{v:g}' for v in values)}]"


def _past_hours(draft: Draft) -> Iterator[Fault]:
    """A past period ends after it begins, its hours too; a day had one set of hours."""
    taken: dict[date, int] = {}
    for number, past in draft.past_hours.items():
        at = f"past_hours[{number}]"
        if past.closes_min <= past.opens_min:
            opens, closes = clock(past.opens_min), clock(past.closes_min)
            yield draft.fault("closes_before_opens", f"{at}.closes", closes, opens)
        if past.last < past.first:
            yield draft.fault("end_before_start", f"{at}.to", past.last, f"{past.first}以後")
            continue
        again = sorted(day for day in past.period.days if taken.setdefault(day, number) != number)
        if again:
            yield draft.fault("duplicate", f"{at}.from", again[0], "")
