import sys
from types import ModuleType

import pytest


@pytest.fixture(autouse=True)
def bare_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that a benchmark spawns import the main module again: not what a page test left there."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
