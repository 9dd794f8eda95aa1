"""Run the benchmarks: python -m benchmarks [NAME …] [--json FILE] [--keep] [--short] [--peers-from FILE]."""

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from benchmarks.benchmark import NAMES, Run, benchmark, installed, record, table
from benchmarks.shared_data import REASON, is_missing

RESULTS = Path(__file__).parent / "results"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was asked for, print it, write it."""
    asked = _asked(arguments)
    today = datetime.now().astimezone().date()
    records = [r for name in asked.names or NAMES if (r := _run(name, today, asked))]
    if asked.keep:
        for one in records:
            _write(RESULTS / f"{today}-{one['benchmark']}.json", one)
    if asked.json:
        _write(asked.json, records[0] if len(asked.names) == 1 and records else records)


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=f"There are {', '.join(NAMES)}."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="default: all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures; a list unless one NAME")
    parser.add_argument("--keep", action="store_true", help="write benchmarks/results/<date>-<name>.json")
    parser.add_argument("--short", action="store_true", help="show that they work: the figures mean nothing")
    parser.add_argument(
        "--peers-from",
        type=Path,
        metavar="FILE",
        help="take the peers of forecast's real series from a result",
    )
    asked = parser.parse_args(arguments)
    if unknown := sorted(set(asked.names) - set(NAMES)):
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}")
    if asked.keep and (asked.short or asked.peers_from):
        parser.error("--keep is for whole runs, not for --short or --peers-from")
    missing = sorted({p for name in asked.names or NAMES for p in _without(name)})
    if asked.keep and missing:
        parser.error(f"--keep is for whole runs: {', '.join(missing)} not installed; make setup-bench")
    return asked


def _without(name: str) -> list[str]:
    peers = benchmark(name).PEERS
    return sorted(set(peers) - installed(peers))


def _run(name: str, today: date, how: argparse.Namespace) -> dict[str, Any] | None:
    """Run one benchmark and print its table; None where it had to be skipped."""
    asked = benchmark(name)
    print(f"\n{name}: {asked.QUESTION}")
    if lacking := [path for path in asked.NEEDS if is_missing(path)]:
        print(f"  skipped: {', '.join(lacking)} missing; {REASON}")
        return None
    if without := _without(name):
        print(f"  without {', '.join(without)}: make setup-bench")
    peers = installed(asked.PEERS)
    start = time.perf_counter()
    figures = asked.figures(Run(how.short, peers, _earlier(how.peers_from)))
    print(table(figures))
    print(f"  {time.perf_counter() - start:.0f} s")
    also_kept: Callable[[Mapping[str, float]], Mapping[str, object]] = getattr(
        asked, "also_kept", lambda _: {}
    )
    more = also_kept(figures)
    for verdict in cast("Sequence[str]", more.get("goals", ())):
        print(f"  {verdict}")
    return {**record(name, figures, peers, today), **more}


def _earlier(path: Path | None) -> Mapping[str, float]:
    """Return the figures of an earlier result."""
    if path is None:
        return {}
    figures: Mapping[str, float] = json.loads(path.read_text(encoding="utf-8"))["figures"]
    return figures


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
