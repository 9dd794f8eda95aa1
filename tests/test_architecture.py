"""What import-linter and ruff cannot hold: file sizes, whole packages, purity, a checker without a solver."""

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINES = 300
# Everything before store in the river is pure: time and randomness come in as arguments.
IMPURE = {"actions", "cli", "docs", "exports", "jobs", "pages", "parts", "pseudonyms", "session", "store"}


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "__pycache__" not in path.parts]


def pure_sources() -> list[Path]:
    inside = [
        (path, path.relative_to(ROOT / "planner").with_suffix("").parts[0]) for path in sources("planner")
    ]
    return sources("forecasts") + [path for path, module in inside if module not in IMPURE]


def test_files_stay_small() -> None:
    files = [*sources("forecasts", "planner", "benchmarks", "tests"), *ROOT.glob("app.py")]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LINES
    }
    assert not long, f"more than {LINES} lines; split where the thought splits: {long}"


def test_every_folder_is_a_package() -> None:
    """Import-linter does not see a folder without __init__.py: its contracts would not hold there."""
    unseen = {
        path.parent for path in sources("forecasts", "planner") if not (path.parent / "__init__.py").exists()
    }
    assert not unseen


def impurities(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Find clocks, unseeded generators and Python's global random numbers."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="now" | "today" | "utcnow" as clock)):
                yield node.lineno, f"clock: .{clock}()"
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="time"), attr="time" | "localtime" | "strftime")
            ):
                yield node.lineno, "clock: time"
            case ast.Call(
                func=ast.Attribute(attr="default_rng") | ast.Name(id="default_rng"), args=[], keywords=[]
            ):
                yield node.lineno, "unseeded generator"
            case ast.Import(names=names) if any(name.name in {"random", "secrets", "uuid"} for name in names):
                yield node.lineno, "hidden randomness"
            case ast.ImportFrom(module="random" | "secrets" | "uuid"):
                yield node.lineno, "hidden randomness"


def test_upstream_of_store_is_pure() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {what}"
        for path in pure_sources()
        for line, what in impurities(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, "time and the generator come in as arguments"


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(tz)",
        "date.today()",
        "pd.Timestamp.now()",
        "time.time()",
        "np.random.default_rng()",
        "import random",
        "from uuid import uuid4",
    ],
)
def test_impurities_are_found(code: str) -> None:
    assert list(impurities(ast.parse(code)))


def test_checking_a_roster_loads_no_solver() -> None:
    code = "import sys, planner.rosters.check; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_shared_data_is_named_in_one_place() -> None:
    named = [
        path for path in sources("forecasts", "planner", "benchmarks", "tests") if path != Path(__file__)
    ]
    namers = {
        str(path.relative_to(ROOT))
        for path in named
        if any(word in path.read_text(encoding="utf-8") for word in ("../shared", '"shared"'))
    }
    assert namers <= {"benchmarks/shared_data.py"}


def test_the_project_is_installed_from_this_tree() -> None:
    spec = importlib.util.find_spec("planner")
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT)
