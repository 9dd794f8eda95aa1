from pathlib import Path

from forecasts.events import read_events
from planner.desk_file import event_paths, read_desk
from planner.desk_folder import desk_files, keep_desk

DESK = Path("data/desks/lan-desk.toml")


def test_a_desk_is_kept_whole_with_its_events(tmp_path: Path) -> None:
    kept = keep_desk(tmp_path, DESK)
    assert desk_files(tmp_path) == {"lan-desk": kept}
    original, copy = read_desk(DESK), read_desk(kept)
    assert copy.people == original.people
    assert read_events(event_paths(copy, kept)) == read_events(event_paths(original, DESK))


def test_a_kept_desk_that_was_edited_stays(tmp_path: Path) -> None:
    kept = keep_desk(tmp_path, DESK)
    edited = kept.read_text(encoding="utf-8").replace("見本省LAN受付窓口", "直した窓口", 1)
    kept.write_text(edited, encoding="utf-8")
    assert keep_desk(tmp_path, DESK) == kept
    assert kept.read_text(encoding="utf-8") == edited


def test_an_installation_without_desks_has_none(tmp_path: Path) -> None:
    assert not desk_files(tmp_path)
