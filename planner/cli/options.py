"""Reads what was typed after an option; all faults of a call are collected before anything is read."""

import csv
import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from forecasts.faults import Fault, FaultyFile
from forecasts.history.kinds import KINDS, Kind
from forecasts.history.log import column_mapping
from forecasts.slots import FIRST_DAY, LAST_DAY


@dataclass(slots=True)
class Options:
    """The options of one call, read one by one; ``checked`` raises FaultyFile with all their faults."""

    faults: list[Fault] = field(default_factory=list)

    def day(self, option: str, text: str | None) -> date | None:
        """Read a date; None where nothing was typed."""
        if text is None:
            return None
        plain = unicodedata.normalize("NFKC", text).strip().replace("/", "-")  # 2026/4/1 is 2026-04-01
        try:
            day = datetime.strptime(plain, "%Y-%m-%d").date()
        except ValueError:
            self.faults.append(Fault("bad_date", option, value=text, allowed="2026-04-01"))
            return None
        if not FIRST_DAY <= day <= LAST_DAY:
            self.faults.append(Fault("far_date", option, value=text, allowed=f"{FIRST_DAY}〜{LAST_DAY}"))
        return day

    def needed_day(self, option: str, text: str | None) -> date:
        """Read a date that must be there."""
        if text is None:
            self.faults.append(Fault("missing_option", option))
        return self.day(option, text) or date.min

    def needed_path(self, option: str, path: Path | None) -> Path:
        """Return a path that must be there; whether the file exists is found when it is read."""
        if path is None:
            self.faults.append(Fault("missing_option", option))
        return path or Path()

    def needed_paths(self, option: str, paths: Sequence[Path] | None) -> tuple[Path, ...]:
        """Return paths of which there must be one."""
        if not paths:
            self.faults.append(Fault("missing_option", option))
        return tuple(paths or ())

    def needed_text(self, option: str, text: str | None) -> str:
        """Return a text that must be there."""
        if not text:
            self.faults.append(Fault("missing_option", option))
        return text or ""

    def without(self, option: str, others: Mapping[str, str | None]) -> None:
        """Refuse each of the other options that was typed: it would be without effect beside this one."""
        typed = [other for other, text in others.items() if text is not None]
        self.faults.extend(Fault("option_clash", other, allowed=option) for other in typed)

    def kind(self, option: str, text: str | None) -> Kind | None:
        """Read the kind of a file; None where nothing was typed."""
        found = next((kind for kind in KINDS if kind == text), None)
        if text and found is None:
            self.faults.append(Fault("unknown_value", option, value=text, allowed=", ".join(KINDS)))
        return found

    def channels(self, option: str, text: str | None) -> tuple[str, Mapping[str, str]]:
        """Read the code of every row (``phone``), or written=code pairs (``TEL=phone,*=mail``)."""
        if not text or "=" not in text:
            return (text or "").strip(), {}
        channels: dict[str, str] = {}
        for pair in next(csv.reader([text], skipinitialspace=True), []):
            written, _, code = (piece.strip() for piece in pair.rpartition("="))
            if not (written and code):
                self.faults.append(Fault("bad_mapping", option, value=pair, allowed="TEL=phone,*=mail"))
            channels[written] = code
        return "", channels

    def columns(self, text: str | None) -> Mapping[str, str]:
        """Read field=column pairs; empty where nothing was typed."""
        if not text:
            return {}
        try:
            return column_mapping(text)
        except FaultyFile as faulty:
            self.faults.extend(faulty.faults)
            return {}

    def whole(self, option: str, text: str, least: int, most: int) -> int:
        """Read a whole number within bounds."""
        plain = text.strip()
        if not (plain.isdecimal() and least <= int(plain) <= most):
            self.faults.append(Fault("bad_option", option, value=text, allowed=f"{least}〜{most} の整数"))
            return least
        return int(plain)

    def folder(self, option: str, path: Path) -> Path:
        """Check that a folder can be made, or is one, and may be written to."""
        there = next(p for p in (path, *path.absolute().parents) if p.exists())
        if not there.is_dir():
            self.faults.append(Fault("not_a_folder", option, value=str(there)))
        elif not os.access(there, os.W_OK | os.X_OK):
            self.faults.append(Fault("unwritable", option, value=str(there)))
        return path

    def checked(self, files: Callable[[], Iterable[Fault]] = tuple) -> None:
        """Raise FaultyFile if anything was wrong, with what is wrong with the ``files`` too.

        Options that were left out or a mapping that cannot be read leave nothing to look for in the files.
        """
        if self.faults:
            may_read = not any(f.place == "--columns" or f.code == "missing_option" for f in self.faults)
            raise FaultyFile([*self.faults, *(files() if may_read else ())])
