"""Events as tests need them."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from forecasts.events import OWN, Event

APRIL = date(2026, 4, 1)
_DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
_TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=30).map(str.strip)
_NAMES = _TEXTS.filter(bool)
_KINDS = st.sampled_from(["transfer", "rollout", "other", "system_change", f"{OWN}棚卸し"])


def make_event(start: date = APRIL, **changed: Any) -> Event:
    """Return a transfer announced two weeks before, changed where a test says so."""
    given = {
        "end": start,
        "kind": "transfer",
        "name": "異動",
        "announced_on": start - timedelta(days=14),
        "source": "架空データ",
        **changed,
    }
    return Event(start, **given)


def session(start: date, end: date, group: str = "第221回国会", **changed: Any) -> Event:
    """Return an ordinary session of the Diet."""
    name = f"{group}（常会）"
    announced_on = start - timedelta(days=7)
    given = {"kind": "diet_ordinary", "name": name, "announced_on": announced_on, "group": group, **changed}
    return make_event(start, end=end, **given)


@st.composite
def sound_events(draw: st.DrawFn) -> Event:
    """Draw an event without a fault of its own."""
    start = draw(_DAYS)
    end = start + timedelta(days=draw(st.integers(0, 60)))
    status = draw(st.sampled_from(["planned", "confirmed", "closed", "cancelled"]))
    is_changed = draw(st.booleans())
    first = start + timedelta(days=draw(st.integers(0, 60)))
    return Event(
        start,
        end,
        draw(_KINDS),
        draw(_NAMES),
        start - timedelta(days=draw(st.integers(0, 60))),
        group=draw(_TEXTS),
        headcount=draw(st.none() | st.integers(0, 9_999)),
        status=status,
        source=draw(_NAMES),
        note=draw(_TEXTS),
        planned_end=first if is_changed else None,
        changed_on=start if is_changed else None,
        bureau=draw(_TEXTS),
    )
