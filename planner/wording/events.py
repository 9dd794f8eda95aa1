"""Words for events: their fields, their days, what changed, what became known when."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from forecasts.events import EXPECTED, OWN, SESSIONS, Event
from forecasts.faults import Fault
from planner.wording.dates import wareki, wareki_weekday
from planner.wording.faults import fault_parts
from planner.wording.terms import EVENT_KINDS, EVENT_STATUSES, event_kind

FIELDS: Mapping[str, str] = {
    "kind": "種類",
    "group": "まとまり",
    "name": "名称",
    "start": "開始日",
    "end": "終了日",
    "planned_end": "当初の終了日",
    "announced_on": "公表日",
    "changed_on": "変更が分かった日",
    "headcount": "人数",
    "bureau": "部局",
    "status": "状況",
    "source": "出所",
    "note": "備考",
}
_STARTS: Mapping[str, str] = {
    "transfer": "発令日",
    "outage": "発生日",
    "election": "投票日",
    **dict.fromkeys(SESSIONS, "召集日"),
}
# One character beside the day: kinds are told apart without colour.
MARKS: Mapping[str, str] = {
    "transfer": "異",
    "diet_ordinary": "国",
    "diet_extraordinary": "国",
    "diet_special": "国",
    "diet_milestone": "程",
    "rollout": "端",
    "system_change": "変",
    "password_expiry": "鍵",
    "election": "選",
    "outage": "障",
    "closure": "閉",
    "opening": "開",
    "other": "他",
}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def mark(kind: str) -> str:
    """Return the character that stands for a kind; of one of the desk's own its first."""
    return event_kind(kind)[:1] if kind.startswith(OWN) else MARKS[kind]


def field_name(column: str, kind: str = "") -> str:
    """Return the name of a field, in the words of the kind: 発令日, 召集日, 会期終了日."""
    if column == "end" and kind in SESSIONS:
        return "会期終了日"
    if column == "planned_end" and kind in SESSIONS:
        return "当初の会期終了日"
    return _STARTS.get(kind, FIELDS[column]) if column == "start" else FIELDS.get(column, column)


def event_name(event: Event) -> str:
    """Return the name of an event; one that nobody has announced is said to be expected."""
    if event.status == EXPECTED:
        return f"{event_kind(event.kind)}（公表前、前年並みの想定）"
    heads = (
        ""
        if event.headcount is None
        else f"（{event.headcount:,}{'名' if event.kind == 'transfer' else ''}）"
    )
    return f"{event.name}{heads}"


def event_span(event: Event) -> str:
    """Write the days of an event, the year once where it is one: 令和8年4月1日（水）."""
    if event.start == event.end:
        return wareki_weekday(event.start)
    return f"{wareki_weekday(event.start)}\n〜{wareki_weekday(event.end)}"


def event_choice(event: Event) -> str:
    """Write an event in a list to choose from."""
    return f"{wareki(event.start)}　{event.name}　［{EVENT_STATUSES[event.status]}］"


def field_words(event: Event, column: str) -> str:
    """Write the value of a field; ― where it is empty."""
    value = getattr(event, column)
    if column == "kind":
        return event_kind(event.kind)
    if column == "status":
        return EVENT_STATUSES[event.status]
    if isinstance(value, date):
        return wareki(value)
    return f"{value:,}" if isinstance(value, int) else value or "―"


def event_fault_line(fault: Fault, kind: str = "") -> str:
    """Write a fault of an event (``place``: its name) for the screen: its field and days in Japanese."""
    what, remedy = fault_parts(fault)
    if fault.code == "unknown_value":
        remedy = (
            f"{'、'.join(EVENT_KINDS.values())}などから選んでください" if fault.column == "kind" else remedy
        )
    where = "の".join(part for part in (fault.place, field_name(fault.column, kind)) if part)
    return _ISO.sub(lambda found: wareki(date.fromisoformat(found[0])), f"{where}: {what}。{remedy}。")


# --- what changed from one version to the next ---


def differences(before: Iterable[Event], after: Iterable[Event]) -> tuple[tuple[str, str, str], ...]:
    """Return how two lists differ: (追加, 削除 or 変更; event; what)."""
    old, new = list(before), list(after)
    added = [e for e in new if e not in old]
    removed = [e for e in old if e not in new]
    rows: list[tuple[str, str, str]] = []
    for event in added:
        earlier = next((e for e in removed if _is_like(e, event)), None)
        if earlier is None:
            rows.append(("追加", event.name, f"{event_kind(event.kind)}、{wareki_weekday(event.start)}"))
        else:
            removed.remove(earlier)
            rows.append(("変更", event.name, "、".join(_changes(earlier, event))))
    rows += [("削除", e.name, f"{event_kind(e.kind)}、{wareki_weekday(e.start)}") for e in removed]
    return tuple(rows)


def _is_like(one: Event, other: Event) -> bool:
    """Tell whether two rows are the same event: enough stayed the same."""
    same = (one.kind == other.kind, one.name == other.name, one.start == other.start)
    return sum(same) >= 2  # of three


def _changes(before: Event, after: Event) -> Iterator[str]:
    for column in FIELDS:
        if getattr(before, column) != getattr(after, column):
            name = field_name(column, after.kind)
            yield f"{name}: {field_words(before, column)} → {field_words(after, column)}"


# --- what became known when ---


def learned(events: Iterable[Event]) -> tuple[tuple[date, str, str], ...]:
    """Return what became known, the newest first: (day, event, what)."""
    found = [piece for event in events for piece in _learned_of(event)]
    return tuple(sorted(found, key=lambda piece: piece[0], reverse=True))


def _learned_of(event: Event) -> Iterator[tuple[date, str, str]]:
    first = event.end if event.planned_end is None else event.planned_end
    days = wareki(event.start) if event.start == first else f"{wareki(event.start)}〜{wareki(first)}"
    yield event.announced_on, event.name, f"公表: {days}"
    if event.changed_on is None:
        return
    said = {"cancelled": "中止", "dissolved": f"解散: {wareki(event.end)}"}.get(event.status)
    if said is None and first != event.end:
        said = (
            f"{'延長' if first < event.end else '短縮'}: 終わりは{wareki(first)}ではなく{wareki(event.end)}"
        )
    yield event.changed_on, event.name, said or f"{EVENT_STATUSES[event.status]}"


def groups_of(events: Sequence[Event]) -> tuple[tuple[Event, ...], ...]:
    """Return events by their round (kind and group), in order of its first day."""
    rounds: dict[tuple[str, str], list[Event]] = {}
    for event in sorted(events):
        rounds.setdefault((event.kind, event.group or event.name), []).append(event)
    return tuple(tuple(one) for one in rounds.values())
