"""What the commands print: on a narrow terminal, and of files that hold what a terminal takes for markup."""

from typing import Any

import pytest
from rich.cells import cell_len

from planner.cli import terminal
from tests.planner.content_builder import make_content


def shown(width: int, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> str:
    monkeypatch.setattr(terminal.out, "width", width)
    with terminal.out.capture() as printed:
        terminal.show_plan(make_content(targets=(("within_min", 1.0),), **changes))
    return printed.get()


@pytest.mark.parametrize("width", [80, 118])
def test_the_table_of_alternatives_fits(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = shown(width, monkeypatch)
    assert "現状維持" in printed
    assert "参考額" in printed
    assert "…" not in printed
    assert ("時間外" in printed) == (width == 118)
    assert all(cell_len(line.rstrip()) <= width for line in printed.splitlines() if "★ 推奨案" not in line)
    assert printed.count("〜18:") + printed.count("〜19:") >= len(make_content().alternatives)


def test_a_name_is_printed_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "[red]窓口:warning:[/]"
    assert name in shown(118, monkeypatch, desk_name=name)
    with terminal.err.capture() as printed:
        terminal.show_mistake(name)
    assert printed.get() == f"{name}\n"
