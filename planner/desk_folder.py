"""The desks of an installation: one folder each below ``MADOGUCHI_HOME/desks``, to be edited there."""

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from forecasts.events import read_events
from forecasts.faults import Fault, FaultyFile
from planner.desk import Desk
from planner.desk_file import event_paths, read_desk

FILE = "desk.toml"
EVENTS = "events"
"""Where those event files go that lie outside the folder of their desk file."""
_KEY = "event_files"
# The array of the key at the head of a line: strings in either quote, comments, commas, up to its bracket.
_ARRAY = re.compile(
    rf"""^[ \t]*(?:{_KEY}|"{_KEY}"|'{_KEY}')[ \t]*=[ \t]*"""
    r"""\[(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|[^\]"'\#])*\]""",
    re.MULTILINE,
)


def keep_desk(home: Path, path: Path) -> Path:
    """Copy a desk file and its event files to the installation, and return where the desk file now is.

    A desk that is there already stays as it is: it may have been edited. Raises FaultyFile.
    """
    desk = read_desk(path)
    kept = _kept(home, desk)
    if not kept.exists():
        read_events(event_paths(desk, path))
        _copy(desk, path, kept.parent)
    return kept


def is_kept(home: Path, path: Path) -> bool:
    """Tell whether the installation has this very desk with these events, whatever the files look like."""
    desk = read_desk(path)
    kept = _kept(home, desk)
    try:
        return kept.samefile(path) or _said(kept) == _said(path)
    except (FaultyFile, OSError):  # not there, or edited until it could not be read
        return False


def replace_desk(home: Path, path: Path, at: datetime) -> Path | None:
    """Put a desk file in the place of the kept one, and return the folder to which that was moved, if any.

    The folder bears the time: ``desks/lan-desk.20260302-090000``. Raises FaultyFile.
    """
    desk = read_desk(path)
    read_events(event_paths(desk, path))
    folder = _kept(home, desk).parent
    if not folder.exists():
        _copy(desk, path, folder)
        return None
    backup = folder.with_name(f"{folder.name}.{at:%Y%m%d-%H%M%S}")
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)  # of a run that was stopped half way
    _copy(desk, path, new)
    folder.rename(backup)
    new.rename(folder)
    return backup


def desk_files(home: Path) -> Mapping[str, Path]:
    """Return the desk files of the installation by the desk's code."""
    # A code has no dot: folders with one are what was replaced.
    folders = sorted(p for p in (home / "desks").glob("*") if "." not in p.name)
    return {folder.name: folder / FILE for folder in folders if (folder / FILE).exists()}


def _kept(home: Path, desk: Desk) -> Path:
    return home / "desks" / desk.id / FILE


def _said(path: Path) -> tuple[Desk, object]:
    """Return what a desk file and its event files say."""
    desk = read_desk(path)
    return replace(desk, event_files=()), read_events(event_paths(desk, path))


def _copy(desk: Desk, path: Path, folder: Path) -> None:
    """Copy a desk file and its event files; those beside or below it keep their places."""
    text = path.read_text(encoding="utf-8-sig")
    names = _names(desk, path)
    if names != desk.event_files:
        text = _with_event_files(text, names, path)
    for name, events in zip(names, event_paths(desk, path), strict=True):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(events, folder / name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(text, encoding="utf-8")


def _names(desk: Desk, path: Path) -> tuple[str, ...]:
    """Return where the event files will lie, seen from the kept desk file; no two at the same place."""
    names: list[str] = []
    for events in event_paths(desk, path):
        place, root = events.resolve(), path.parent.resolve()
        inside = place.relative_to(root) if place.is_relative_to(root) else Path(EVENTS) / place.name
        name, n = inside, 1
        while name.as_posix() in {*names, FILE}:
            n += 1
            name = inside.with_stem(f"{inside.stem}-{n}")
        names.append(name.as_posix())
    return tuple(names)


def _with_event_files(text: str, names: tuple[str, ...], path: Path) -> str:
    """Write other event files into the text of a desk file, and nothing else; its comments stay."""
    array = ", ".join(json.dumps(name, ensure_ascii=False) for name in names)
    wanted = {**tomllib.loads(text), _KEY: list(names)}
    for found in _ARRAY.finditer(text):
        changed = f"{text[: found.start()]}{_KEY} = [{array}]{text[found.end() :]}"
        if _is_toml_of(changed, wanted):  # else what was found stands in a text or in another table
            return changed
    raise FaultyFile([Fault("bad_value", str(path), None, _KEY, "", f"{_KEY} = [{array}]")])


def _is_toml_of(text: str, wanted: Mapping[str, object]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False
