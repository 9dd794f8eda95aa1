"""What an event is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

KINDS = (
    "transfer",  # 人事異動; start = 発令日
    "diet_ordinary",  # 常会
    "diet_extraordinary",  # 臨時会
    "diet_special",  # 特別会
    "diet_milestone",  # 施政方針演説, 代表質問, 予算委員会 …; of the session with the same group
    "rollout",  # PC・OS 更改
    "system_change",  # システム変更
    "password_expiry",
    "election",
    "outage",  # 障害: the day is left out of learning
    "closure",  # 臨時閉庁: the desk is closed on an office day
    "opening",  # 臨時開庁: the desk works on a closing day
    "other",
)
OWN = "own:"
"""How a kind of the desk's own begins (``own:棚卸し``); it acts as ``other`` does, learned by itself."""
SESSIONS = ("diet_ordinary", "diet_extraordinary", "diet_special")
STATUSES = ("planned", "confirmed", "closed", "dissolved", "extended", "cancelled")
EXPECTED = "expected"
"""Status of an event that nobody has announced, but that came in former years; never in a file."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``end`` is its last day, as people write it; ``headcount`` the people it moves, if known.

    ``planned_end``: the last day as it was first announced, where it came otherwise; ``changed_on``: the day
    on which the change (extension, dissolution, cancellation …) became known. ``bureau``: whom it concerns.
    """

    start: date
    end: date
    kind: str
    name: str
    announced_on: date
    group: str = ""
    headcount: int | None = None
    status: str = "confirmed"
    source: str = ""
    note: str = ""
    planned_end: date | None = None
    changed_on: date | None = None
    bureau: str = ""

    def __lt__(self, other: "Event") -> bool:
        """Order by time, then by what tells events of one day apart."""
        return _key(self) < _key(other)


def _key(event: Event) -> tuple[object, ...]:
    """Return all that an event says, so that no two different ones are equal in order."""
    never = date.max
    heads = -1 if event.headcount is None else event.headcount
    what = (event.kind, event.name, event.announced_on, event.group, event.bureau, heads)
    course = (event.status, event.planned_end or never, event.changed_on or never)
    return (event.start, event.end, *what, *course, event.source, event.note)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events in order of time."""
    return tuple(sorted(events))


def is_cancelled(event: Event) -> bool:
    """Tell whether an event does not take place."""
    return event.status == "cancelled"
