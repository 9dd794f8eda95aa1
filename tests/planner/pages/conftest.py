"""A database as the demo leaves it, and the dashboard opened in it as a role."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.access import Actor, Role
from planner.actions.keep_plan import Made, keep_plan
from planner.desk_folder import keep_desk
from planner.store import Store, open_store
from tests.planner import actions_builders
from tests.planner.document_builder import real_content

ROOT = Path(__file__).resolve().parents[3]
PLANNER = Actor("local", Role.PLANNER, "受託事業者 計画担当")

Opened = Callable[..., AppTest]


def fill(store: Store) -> Store:
    """Give a store the sample's desk and one plan as of 2026-03-01."""
    keep_desk(store.home, ROOT / "data/desks/lan-desk.toml")
    keep_plan(store, real_content(as_of=date(2026, 3, 1)), Made(), PLANNER, datetime(2026, 3, 2, 9, 0))
    return store


def open_page(store: Store, page: str, role: Role = Role.PLANNER, **address: str) -> AppTest:
    """Open a page of the dashboard as a role, as a sent address would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MADOGUCHI_HOME", str(store.home))
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in {"role": str(role), **address}.items():
            at.query_params[name] = value
        return at.switch_page(f"planner/pages/{page}.py").run()


def written(at: AppTest) -> str:
    """Return the HTML that a page writes by itself: sentences, marks, tables."""
    return "".join(html.proto.body for html in at.get("html"))


@pytest.fixture(scope="package", autouse=True)
def _proposals_of_a_real_plan() -> Iterator[None]:
    """Let proposals be made of a content with every part that a plan fills."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions_builders, "make_content", lambda: real_content(as_of=date(2026, 3, 1)))
        yield


@pytest.fixture(scope="package")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with nothing in it, only looked at."""
    store = open_store(tmp_path_factory.mktemp("empty"))
    yield store
    store.close()


@pytest.fixture(scope="package")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a plan and a submitted proposal, only looked at."""
    store = fill(open_store(tmp_path_factory.mktemp("looked-at")))
    actions_builders.filed_at(store, actions_builders.State.SUBMITTED)
    yield store
    store.close()


@pytest.fixture
def filled(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with a plan, to be worked in."""
    monkeypatch.setenv("MADOGUCHI_HOME", str(store.home))
    return fill(store)
