"""Files of a plan: all or none."""

from dataclasses import replace
from pathlib import Path

import pytest

from forecasts.faults import FaultyFile
from planner.actions.create_proposal import create_proposal
from planner.actions.edit_texts import edit_texts
from planner.cli import demo
from planner.cli.outputs import UNNUMBERED, written
from planner.content import Content
from planner.store import Store
from tests.planner.actions_builders import AT, MANAGER, ask


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else b"/" for p in folder.rglob("*")}


def test_files_are_written_over_old_ones_and_nothing_else_is_left(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    written(out, {"x": b"1", "y": b"2"})
    assert written(out, {"x": b"3", "z": b"4"}) == (out / "x", out / "z")
    assert tree(out) == {"x": b"3", "y": b"2", "z": b"4"}


def test_the_roster_of_an_older_plan_does_not_stay_beside_a_new_one(tmp_path: Path) -> None:
    written(tmp_path, {"plan.json": b"1", "roster.xlsx": b"2"})
    written(tmp_path, {"plan.json": b"3"})
    assert tree(tmp_path) == {"plan.json": b"3"}


def test_a_failure_half_way_leaves_the_old_files(tmp_path: Path) -> None:
    written(tmp_path, {"x": b"1"})
    (tmp_path / "y").mkdir()
    before = tree(tmp_path)
    with pytest.raises(FaultyFile) as refused:
        written(tmp_path, {"x": b"3", "y": b"4"})
    assert [f.code for f in refused.value.faults] == ["unwritable"]
    assert tree(tmp_path) == before


def test_an_interrupt_while_files_are_exchanged_puts_the_old_ones_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, {"x": b"1", "y": b"2"})
    before, rename = tree(tmp_path), Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.name == "y" and self.parent == tmp_path:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        written(tmp_path, {"x": b"3", "y": b"4"})
    assert tree(tmp_path) == before


def test_a_folder_made_for_files_that_fail_is_taken_away(tmp_path: Path) -> None:
    with pytest.raises(FaultyFile):
        written(tmp_path / "a" / "b", {"n" * 300: b"1"})
    assert not tree(tmp_path)


def test_the_demo_bears_the_number_that_the_store_gives(store: Store, content: Content) -> None:
    first = demo.number_of(store, content)
    filed = create_proposal(store, content, None, MANAGER, AT)
    assert filed.proposal.number == first == demo.number_of(store, content) == "lan-desk-2026-001"
    edit_texts(store, ask(filed), replace(content.texts, risks="別の文"), ())
    assert demo.number_of(store, content) == UNNUMBERED
