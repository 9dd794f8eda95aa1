"""What every benchmark is: one module that answers one question in figures, and this list of them."""

import importlib
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import metadata
from importlib.util import find_spec
from typing import Any, Protocol, TypeVar, cast

NAMES = ("alternatives", "forecast", "imports", "rosters", "simulation", "staffing")
_ALWAYS_NAMED = ("madoguchi", "numpy", "pandas", "scipy")

Size = TypeVar("Size")


@dataclass(frozen=True, slots=True)
class Run:
    """How a benchmark is run: ``is_short`` only shows that it works; ``peers`` are the installed ones.

    ``earlier``: figures of an earlier run, from which those of the peers are taken to save time.
    """

    is_short: bool = False
    peers: frozenset[str] = frozenset()
    earlier: Mapping[str, float] = field(default_factory=dict)

    def of(self, full: Size, short: Size) -> Size:
        """Choose the settings of this run."""
        return short if self.is_short else full


class Benchmark(Protocol):
    """A module of this folder.

    ``QUESTION``: what it answers, in a line. ``NEEDS``: the shared files without which it is skipped.
    ``PEERS``: packages that it measures us against, imported only where ``Run.peers`` holds them.
    It may have ``also_kept(figures)``: what a result holds besides, by name, such as the folds; what it calls
    ``goals`` is a list of lines that are printed too.
    """

    QUESTION: str
    NEEDS: tuple[str, ...]
    PEERS: tuple[str, ...]

    def figures(self, run: Run) -> Mapping[str, float]:
        """Measure. A figure is named row.column, as ``uihc_ed.recent_mean.coverage_80``, or column alone."""
        ...


def benchmark(name: str) -> Benchmark:
    """Load a benchmark of ``NAMES``; not before it is asked for, so that one cannot break another."""
    return cast(Benchmark, importlib.import_module(f"benchmarks.{name}"))


def installed(peers: Iterable[str]) -> frozenset[str]:
    """Return which peers can be imported here."""
    return frozenset(p for p in peers if find_spec(p))


def record(name: str, figures: Mapping[str, float], peers: Iterable[str], day: date) -> dict[str, Any]:
    """Return what is kept of a run."""
    return {
        "benchmark": name,
        "figures": {k: float(f"{v:.5g}") for k, v in figures.items()},
        "versions": {p: metadata.version(p) for p in (*_ALWAYS_NAMED, *sorted(peers))},
        "date": day.isoformat(),
        "python": platform.python_version(),
    }


def table(figures: Mapping[str, float]) -> str:
    """Lay figures out for people: the last part of a name is the column, what stands before it the row.

    Figures without a row follow, one a line.
    """
    alone = [[name, f"{value:.4g}"] for name, value in figures.items() if "." not in name]
    cells = {tuple(n.rpartition(".")[::2]): f"{value:.4g}" for n, value in figures.items() if "." in n}
    rows = list(dict.fromkeys(row for row, _ in cells))
    columns = list(dict.fromkeys(column for _, column in cells))
    lines = [["", *columns], *([row, *(cells.get((row, c), "–") for c in columns)] for row in rows)]
    return "\n".join([*_aligned(lines if cells else []), *_aligned(alone)])


def _aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    """Pad cells to columns: names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    ]
