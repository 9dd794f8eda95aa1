"""TOML → Desk. All faults of the file are collected before it is refused."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from forecasts.calendar import Calendar
from forecasts.faults import Fault, FaultyFile
from forecasts.slots import Grid
from planner.desk import (
    Channel,
    Desk,
    Grade,
    Labour,
    Lead,
    PastHours,
    Person,
    Reception,
    Shift,
    Target,
    Terms,
)
from planner.desk_file import schema
from planner.desk_file.checks import Draft, faults_across
from planner.desk_file.hours_checks import faults_of_hours
from planner.desk_file.toml import toml_of
from planner.desk_levers import ExtraPeople, Following, Levers

_Shape = TypeVar("_Shape", bound=BaseModel)

_TABLES: dict[str, tuple[type[BaseModel], type]] = {
    "calendar": (schema.CalendarTable, Calendar),
    "reception": (schema.ReceptionTable, Reception),
    "levers": (schema.LeversTable, Levers),
    "following": (schema.FollowingTable, Following),
    "target": (schema.TargetTable, Target),
    "labour": (schema.LabourTable, Labour),
    "terms": (schema.TermsTable, Terms),
}
_LISTS: dict[str, tuple[type[BaseModel], type]] = {
    "channels": (schema.ChannelTable, Channel),
    "grades": (schema.GradeTable, Grade),
    "shifts": (schema.ShiftTable, Shift),
    "people": (schema.PersonTable, Person),
    "past_hours": (schema.PastHoursTable, PastHours),
    "extra_people": (schema.ExtraPeopleTable, ExtraPeople),
    "leads": (schema.LeadTable, Lead),
}
_MAY_BE_EMPTY = ("people", "past_hours", "extra_people", "leads")
"""Nobody at all has a code of its own; hours may always have been the usual ones, people always to be had."""
_ONCE = ("leave", "skills")
"""Lists of a person that say nothing twice: most likely another day or skill was meant."""
_REQUIRED = {"reception", "terms"}
# What is allowed, in the notation of the file, by pydantic's name of the error.
_ALLOWED = {
    "bool_type": "true, false",
    "clock": '"8:30"',
    "country": "ISO 3166-1 (JP, BR, …)",
    "date_type": "2026-04-01",
    "finite_number": "0.5, 1, 2, …",
    "float_type": "0.5, 1, 2, …",
    "frozen_set_type": "[2026-04-01, …]",
    "int_type": "0, 1, 2, …",
    "string_pattern_mismatch": "a〜z, 0〜9, -, _",
    "string_too_short": '"…"',
    "string_type": '"…"',
    "tuple_type": "[…, …]",
}
_BOUNDS = {"gt": "{}より大きい値", "ge": "{}以上", "lt": "{}未満", "le": "{}以下", "expected": "{}"}


def read_desk(path: Path) -> Desk:
    """Read a desk file.

    Raises FaultyFile with every fault found; ``column`` is the path of the key in the file, entries
    counted from 1: ``channels[2].handling_min``. Codes: missing_file, not_decodable, bad_toml and key_twice
    (with row), missing_key, unknown_key, bad_value, unknown_reference, duplicate, closes_before_opens,
    end_before_start, desk_with_nobody, yearly_variable_hours, rest_cycle_unknown, needs_art36_agreement,
    leave_on_closed_day.
    """
    document = toml_of(path)
    reader = _Reader(str(path))
    draft = reader.draft(document)
    faults = [*reader.faults, *faults_across(draft), *faults_of_hours(draft)]
    if faults:
        raise FaultyFile(faults)
    return _desk(draft)


def event_paths(desk: Desk, path: Path) -> tuple[Path, ...]:
    """Return where the desk's event files lie; their names are relative to the desk file ``path``."""
    return tuple(path.parent / name for name in desk.event_files)


class _Reader:
    """Reads table by table, so that a faulty one does not hide the faults of the others."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.faults: list[Fault] = []

    def draft(self, document: Mapping[str, Any]) -> Draft:
        """Read what has the right shape; the rest becomes faults."""
        named = {*_TABLES, *_LISTS}
        head = self._read(schema.HeadTable, {k: v for k, v in document.items() if k not in named}, "")
        parts: dict[str, Any] = {key: self._table(document, key) for key in _TABLES}
        parts |= {key: self._list(document, key) for key in _LISTS}
        written = {key: document[key] if isinstance(document.get(key), list) else [] for key in _LISTS}
        return Draft(
            place=self.place,
            ids={key: _ids(entries) for key, entries in written.items()},
            whole=frozenset(key for key, entries in written.items() if len(parts[key]) == len(entries)),
            head=head,
            **parts,
        )

    def _table(self, document: Mapping[str, Any], key: str) -> Any:
        shape, part = _TABLES[key]
        if key not in document and key in _REQUIRED:
            self.faults.append(Fault("missing_key", self.place, None, key, "", f"[{key}]"))
            return None
        table = self._read(shape, document.get(key, {}), key)
        return None if table is None else part(**table.model_dump())

    def _list(self, document: Mapping[str, Any], key: str) -> dict[int, Any]:
        shape, part = _LISTS[key]
        entries = document.get(key, [])
        if not isinstance(entries, list):
            self.faults.append(Fault("bad_value", self.place, None, key, str(entries), f"[[{key}]]"))
            return {}
        if not entries and key not in _MAY_BE_EMPTY:
            self.faults.append(Fault("missing_key", self.place, None, key, "", f"[[{key}]]"))
        self.faults.extend(self._doubled(entries, key))
        tables = {n: self._read(shape, entry, f"{key}[{n}]") for n, entry in enumerate(entries, 1)}
        return {n: part(**table.model_dump()) for n, table in tables.items() if table is not None}

    def _doubled(self, entries: list[object], at: str) -> Iterator[Fault]:
        """Yield what a list of an entry says twice. Not the shape's to refuse: it would hide other faults."""
        for n, entry in enumerate(entries, 1):
            table = entry if isinstance(entry, dict) else {}
            for key in (key for key in _ONCE if isinstance(table.get(key), list)):
                written = [str(value) for value in table[key]]
                for value in (value for value, times in Counter(written).items() if times > 1):
                    yield Fault("duplicate", self.place, None, f"{at}[{n}].{key}", value)

    def _read(self, shape: type[_Shape], raw: object, at: str) -> _Shape | None:
        try:
            return shape.model_validate(raw)
        except ValidationError as invalid:
            self.faults.extend(self._fault(shape, error, at) for error in invalid.errors(include_url=False))
            return None

    def _fault(self, shape: type[BaseModel], error: ErrorDetails, at: str) -> Fault:
        column = _column(at, error["loc"])
        match error["type"]:
            case "missing":
                return Fault("missing_key", self.place, None, column, "", str(error["loc"][-1]))
            case "extra_forbidden":
                keys = ", ".join(field.alias or name for name, field in shape.model_fields.items())
                return Fault("unknown_key", self.place, None, column, str(error["loc"][-1]), keys)
            case "model_type":
                return Fault("bad_value", self.place, None, column, _written(error["input"]), f"[{at}]")
        bounds = error.get("ctx", {})
        allowed = [form.format(bounds[key]) for key, form in _BOUNDS.items() if key in bounds]
        words = _ALLOWED.get(error["type"]) or ", ".join(allowed).replace(" or ", ", ")
        return Fault("bad_value", self.place, None, column, _written(error["input"]), words)


def _column(at: str, loc: tuple[int | str, ...]) -> str:
    """Write the path of a key; entries of arrays count from 1."""
    return at + "".join(f"[{k + 1}]" if isinstance(k, int) else f".{k}" if at else k for k in loc)


def _written(value: object) -> str:
    """Write a value as it stands in the file, near enough to find it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _ids(entries: list[object]) -> frozenset[str]:
    """Return the codes that a list of tables names, whatever else is wrong with it."""
    return frozenset(str(table["id"]) for table in entries if isinstance(table, dict) and "id" in table)


def _desk(draft: Draft) -> Desk:
    head = draft.head
    if not (head and draft.calendar and draft.reception and draft.levers and draft.following):
        raise TypeError  # cannot be: a part is absent only where there was a fault
    if not (draft.target and draft.labour and draft.terms):
        raise TypeError
    return Desk(
        id=head.id,
        name=head.name,
        calendar=draft.calendar,
        grid=Grid(head.slot_min),
        reception=draft.reception,
        channels=tuple(draft.channels.values()),
        grades=tuple(draft.grades.values()),
        people=tuple(draft.people.values()),
        shifts=tuple(draft.shifts.values()),
        levers=replace(draft.levers, people=tuple(draft.extra_people.values())),
        target=draft.target,
        labour=draft.labour,
        terms=replace(draft.terms, leads=tuple(draft.leads.values())),
        minimum_heads=head.minimum_heads,
        is_mail_interrupted=head.is_mail_interrupted,
        following=draft.following,
        past_hours=tuple(draft.past_hours.values()),
        event_files=head.event_files,
        notes=head.notes,
        is_sample=head.is_sample,
    )
