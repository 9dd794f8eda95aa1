"""The inquiry log: a file of one row per inquiry → clean inquiries, or every fault of the file at once."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from forecasts.faults import Fault, FaultyFile
from forecasts.history.aliases import ALIASES, recognised_columns
from forecasts.history.cells import amounts, key_of, moments, stripped
from forecasts.history.sheet import Sheet, read_sheet
from forecasts.slots import FIRST_DAY, LAST_DAY

FIELDS = tuple(ALIASES)
REQUIRED = ("received_at", "channel")
EVERY_OTHER = "*"  # as a synonym: whatever is not named counts as this channel
LISTED_FAULTS = 1_000  # of one code in one column; the rest is only counted

Values = pd.Series  # a column of read values; their type depends on the field


def read_log(
    path: Path, columns: Mapping[str, str], synonyms: Mapping[str, str], until: date | None = None
) -> pd.DataFrame:
    """Read an inquiry log (CSV, UTF-8 or CP932).

    Args:
        path: The file.
        columns: Field (one of ``FIELDS``) → column of the file; empty: the usual names are recognised.
        synonyms: Channel as written, in any width and case → code of the channel. ``*`` stands for
            whatever is not named. Without a column for it the channel is the only one there is.
        until: The last day to read; rows received later are passed over unread, faults and all.

    Returns:
        One row per inquiry in the order of the file: ``received_at`` (datetime64) and ``channel`` (code),
        and where the file has them ``category`` (text), ``closed_at``, ``answered_at``, ``abandoned_at``
        (datetime64, NaT = did not happen) and ``handling_min`` (minutes, NaN = not measured).

    Raises:
        FaultyFile: With all faults; of more than ``LISTED_FAULTS`` of one kind in one column the rest
            is counted in a fault ``more_faults``, value = how many more.
    """
    faults: list[Fault] = []
    sheet = read_sheet(path, faults)
    if sheet.cells.empty and not faults:
        faults.append(Fault("no_rows", str(path)))
    mapping = columns or recognised_columns(sheet.header)
    if until is not None:
        sheet = _known_until(sheet, mapping.get("received_at", ""), until)
    inquiries = _Reading(str(path), sheet, synonyms, faults).inquiries(mapping)
    if faults:
        raise FaultyFile(_listed(faults))
    return pd.DataFrame(inquiries).reset_index(drop=True)


def _known_until(sheet: Sheet, received_at: str, until: date) -> Sheet:
    """Pass over the rows received after a day; what is no date stays, to be reported."""
    if sheet.header.count(received_at) != 1:
        return sheet
    received = moments(stripped(sheet.cells[sheet.header.index(received_at)]))
    is_later = received >= pd.Timestamp(until) + pd.Timedelta(days=1)
    return Sheet(sheet.header, sheet.cells[~is_later])


def column_mapping(text: str, place: str = "--columns") -> dict[str, str]:
    """Read a mapping typed by a person: ``received_at=opened,channel=contact_type``.

    A column whose name holds a comma is quoted as in CSV. Raises FaultyFile with all faults.
    """
    mapping: dict[str, str] = {}
    faults: list[Fault] = []
    for part in next(csv.reader([text], skipinitialspace=True), []):
        name, equals, column = (piece.strip() for piece in part.partition("="))
        if not (name and equals and column):
            faults.append(
                Fault("bad_mapping", place, value=part, allowed="received_at=受付日時,channel=受付方法")
            )
        elif name not in FIELDS:
            faults.append(_unknown_field(place, name))
        elif name in mapping:
            faults.append(Fault("duplicate_field", place, column=name, value=column, allowed=mapping[name]))
        else:
            mapping[name] = column
    if faults:
        raise FaultyFile(faults)
    return mapping


def _listed(faults: list[Fault]) -> list[Fault]:
    """Return the faults by row; of many of one kind in one column the first, and last how many more."""
    kinds: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.code, fault.column), []).append(fault)
    listed = [fault for kind in kinds.values() for fault in kind[:LISTED_FAULTS]]
    more = [
        Fault("more_faults", kind[0].place, None, column, str(len(kind) - LISTED_FAULTS), code)
        for (code, column), kind in kinds.items()
        if len(kind) > LISTED_FAULTS
    ]
    return sorted(listed, key=lambda f: f.row or 0) + more


def _unknown_field(place: str, name: str) -> Fault:
    return Fault("unknown_field", place, column=name, value=name, allowed=", ".join(FIELDS))


@dataclass(slots=True)
class _Reading:
    """One log while it is read; collects its faults."""

    place: str
    sheet: Sheet
    synonyms: Mapping[str, str]
    faults: list[Fault]

    def inquiries(self, columns: Mapping[str, str]) -> dict[str, Values]:
        """Return the values by field, in the order of ``FIELDS``."""
        found = self._located(columns)
        values = {name: self._values(name, at) for name, at in found.items()}
        if "channel" not in columns:
            values["channel"] = self._only_channel()
        return {name: values[name] for name in FIELDS if name in values}

    def _located(self, columns: Mapping[str, str]) -> dict[str, int]:
        """Find each mapped column: by its very name, else in another width or spelling."""
        header, allowed = self.sheet.header, ", ".join(self.sheet.header)
        self.faults.extend(_unknown_field(self.place, name) for name in columns if name not in FIELDS)
        if "received_at" not in columns:
            self.faults.append(Fault("unmapped_field", self.place, 1, "received_at", allowed=allowed))
        found: dict[str, int] = {}
        for name in (f for f in FIELDS if f in columns):
            column, key = columns[name], key_of(columns[name])
            at = [n for n, h in enumerate(header) if h == column]
            at = at or [n for n, h in enumerate(header) if key_of(h) == key]
            if len(at) == 1:
                found[name] = at[0]
            else:
                code = "duplicate_column" if at else "missing_column"
                self.faults.append(Fault(code, self.place, 1, column, name, allowed))
        return found

    def _values(self, name: str, at: int) -> Values:
        text = stripped(self.sheet.cells[at])
        values, code, allowed = self._read(name, text)
        wrong, is_empty = values.isna(), text == ""
        if name in REQUIRED:
            self._list("empty_cell", at, text[wrong & is_empty], allowed)
        self._list(code, at, text[wrong & ~is_empty], allowed)
        if name == "received_at":
            is_far = ~wrong & ~values.between(pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY))
            self._list("far_date", at, text[is_far], f"{FIRST_DAY}〜{LAST_DAY}")
        return values

    def _read(self, name: str, text: "pd.Series[str]") -> tuple[Values, str, str]:
        """Return the values; for those that could not be read the code of the fault and what is allowed."""
        if name == "category":
            return text, "", ""
        if name == "handling_min":
            return amounts(text), "bad_number", "0, 12.5, 1,200"
        if name == "channel":
            return self._channels(text), "unknown_channel", ", ".join(self.synonyms)
        return moments(text), "bad_date", "2026-03-02 08:30"

    def _channels(self, text: "pd.Series[str]") -> Values:
        by_key = {key_of(written): channel for written, channel in self.synonyms.items()}
        other = self.synonyms.get(EVERY_OTHER)
        return text.map({written: by_key.get(key_of(written), other) for written in text.unique()})

    def _only_channel(self) -> Values:
        channels = set(self.synonyms.values())
        only = self.synonyms.get(EVERY_OTHER) or (channels.pop() if len(channels) == 1 else None)
        if only is None:
            allowed = ", ".join(self.sheet.header)
            self.faults.append(Fault("unmapped_field", self.place, 1, "channel", allowed=allowed))
        return pd.Series(only, index=self.sheet.cells.index, dtype=str)

    def _list(self, code: str, at: int, wrong: "pd.Series[str]", allowed: str) -> None:
        column = self.sheet.header[at]
        self.faults.extend(
            Fault(code, self.place, int(str(line)), column, value, allowed) for line, value in wrong.items()
        )
