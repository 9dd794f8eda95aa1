from datetime import datetime
from pathlib import Path

import pytest

from forecasts.events import read_events
from forecasts.faults import FaultyFile
from planner.desk_file import event_paths, read_desk
from planner.desk_folder import desk_files, is_kept, keep_desk, replace_desk

DESK = Path("data/desks/lan-desk.toml")
EVENTS = Path("data/events")
AT = datetime(2026, 3, 2, 9, 0)


def desk_with(folder: Path, event_files: str, text: str = "") -> Path:
    """Write a desk file whose ``event_files`` are written so; the event files lie around it."""
    head, _, rest = DESK.read_text(encoding="utf-8").partition("event_files = [")
    path = folder / "desks" / "own.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}{text}event_files = {event_files}{rest.partition(chr(93))[2]}", encoding="utf-8")
    for name, source in {
        "near.csv": "diet.csv",
        "lists/a.csv": "others.csv",
        "../a.csv": "transfers.csv",
    }.items():
        target = path.parent / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes((EVENTS / source).read_bytes())
    return path


def test_a_desk_is_kept_whole_with_its_events(tmp_path: Path) -> None:
    kept = keep_desk(tmp_path, DESK)
    assert desk_files(tmp_path) == {"lan-desk": kept}
    original, copy = read_desk(DESK), read_desk(kept)
    assert copy.people == original.people
    assert read_events(event_paths(copy, kept)) == read_events(event_paths(original, DESK))
    assert is_kept(tmp_path, DESK)


@pytest.mark.parametrize(
    "event_files",
    [
        '["near.csv", "lists/a.csv", "../a.csv"]',
        "['near.csv', 'lists/a.csv', '../a.csv']",
        """[  # ["none.csv"]
          'near.csv',      # it's near
          "lists/a.csv",   # 国会]
          "../a.csv",
        ]""",
    ],
)
def test_event_files_are_found_however_the_array_is_written(tmp_path: Path, event_files: str) -> None:
    own = desk_with(tmp_path, event_files, "# event_files = ['no.csv']\n")
    kept = keep_desk(tmp_path / "home", own)
    copy = read_desk(kept)
    assert copy.event_files == ("near.csv", "lists/a.csv", "events/a.csv")
    assert read_events(event_paths(copy, kept)) == read_events(event_paths(read_desk(own), own))
    assert "# event_files = ['no.csv']" in kept.read_text(encoding="utf-8")
    assert is_kept(tmp_path / "home", own)


def test_two_event_files_of_one_name_stay_two(tmp_path: Path) -> None:
    own = desk_with(tmp_path, '["../a.csv", "../x/a.csv", "near.csv"]')
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.csv").write_bytes((EVENTS / "others.csv").read_bytes())
    kept = keep_desk(tmp_path / "home", own)
    assert read_desk(kept).event_files == ("events/a.csv", "events/a-2.csv", "near.csv")
    assert is_kept(tmp_path / "home", own)


def test_event_files_beside_the_desk_leave_its_text_as_it_is(tmp_path: Path) -> None:
    own = desk_with(tmp_path, "[ 'near.csv' ]")
    kept = keep_desk(tmp_path / "home", own)
    assert kept.read_text(encoding="utf-8") == own.read_text(encoding="utf-8")


def test_a_kept_desk_that_was_edited_stays(tmp_path: Path) -> None:
    kept = keep_desk(tmp_path, DESK)
    edited = kept.read_text(encoding="utf-8").replace('name = "見本省LAN受付窓口"', 'name = "直した窓口"')
    kept.write_text(edited, encoding="utf-8")
    assert not is_kept(tmp_path, DESK)
    assert keep_desk(tmp_path, DESK) == kept
    assert kept.read_text(encoding="utf-8") == edited


def test_a_desk_differs_by_its_events_too(tmp_path: Path) -> None:
    own = desk_with(tmp_path, '["near.csv"]')
    keep_desk(tmp_path / "home", own)
    (own.parent / "near.csv").write_bytes((EVENTS / "others.csv").read_bytes())
    assert not is_kept(tmp_path / "home", own)


def test_a_replaced_desk_is_moved_aside_under_the_time(tmp_path: Path) -> None:
    kept = keep_desk(tmp_path, DESK)
    kept.write_text("id = ", encoding="utf-8")
    backup = replace_desk(tmp_path, DESK, AT)
    assert backup == tmp_path / "desks" / "lan-desk.20260302-090000"
    assert (backup / "desk.toml").read_text(encoding="utf-8") == "id = "
    assert desk_files(tmp_path) == {"lan-desk": kept}
    assert is_kept(tmp_path, DESK)


def test_a_desk_replaced_before_it_was_kept_is_kept(tmp_path: Path) -> None:
    assert replace_desk(tmp_path, DESK, AT) is None
    assert is_kept(tmp_path, DESK)


def test_a_desk_whose_events_are_faulty_is_not_kept(tmp_path: Path) -> None:
    own = desk_with(tmp_path, '["near.csv", "missing.csv"]')
    for command in (
        lambda: keep_desk(tmp_path / "home", own),
        lambda: replace_desk(tmp_path / "home", own, AT),
    ):
        with pytest.raises(FaultyFile):
            command()
    assert not (tmp_path / "home").exists()


def test_an_installation_without_desks_has_none(tmp_path: Path) -> None:
    assert not desk_files(tmp_path)
