"""Fixtures of more than one area."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.content import Content
from planner.store import Store, open_store
from tests.planner.content_builder import make_content


@pytest.fixture
def content() -> Content:
    """A complete content; others are made with ``make_content(field=…)``."""
    return make_content()


@pytest.fixture(scope="session")
def _empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    open_store(home).close()
    return home


@pytest.fixture
def store(tmp_path: Path, _empty_home: Path) -> Iterator[Store]:
    """An empty store in a folder of its own."""
    opened = open_store(shutil.copytree(_empty_home, tmp_path / "var"))
    yield opened
    opened.close()
