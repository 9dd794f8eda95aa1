"""The desks of an installation: one folder each below ``MADOGUCHI_HOME/desks``, to be edited there."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from planner.desk_file import event_paths, read_desk

FILE = "desk.toml"


def keep_desk(home: Path, path: Path) -> Path:
    """Copy a desk file and its event files to the installation, and return where the desk file now is.

    A desk that is there already stays as it is: it may have been edited. Raises FaultyFile.
    """
    desk = read_desk(path)
    kept = home / "desks" / desk.id / FILE
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8")
    for written, events in zip(desk.event_files, event_paths(desk, path), strict=True):
        shutil.copyfile(events, kept.parent / events.name)
        text = text.replace(f'"{written}"', f'"{events.name}"')
    kept.write_text(text, encoding="utf-8")
    return kept


def desk_files(home: Path) -> Mapping[str, Path]:
    """Return the desk files of the installation by the desk's code."""
    return {path.parent.name: path for path in sorted((home / "desks").glob(f"*/{FILE}"))}
