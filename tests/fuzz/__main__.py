"""Mutates the files of tests/cases/imports and reads them: python -m tests.fuzz [--files N] [--seed N]."""

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from tests.fuzz.properties import Outcome, outcome
from tests.fuzz.subjects import ROOT, Mutant, Subject, mutant, subjects

OUT = ROOT / "out/fuzz"
_LONGEST_S = 10.0
_MOST_MB = 1_500.0
_AT_A_TIME = 100


@dataclass(slots=True)
class Tally:
    """What came of many mutants. ``violations``: number of the mutant → what should not have been."""

    files: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    rejected: int = 0
    compared: int = 0
    slowest_s: float = 0.0
    peak_mb: float = 0.0
    violations: dict[int, list[str]] = field(default_factory=dict)

    def add(self, number: int, found: Outcome, seconds: float = 0.0) -> None:
        """Add one mutant."""
        self.files += 1
        self.read += not found.refused
        self.refused.update([found.refused] if found.refused else [])
        self.accepted += found.accepted
        self.rejected += found.rejected
        self.compared += found.compared
        self.slowest_s = max(self.slowest_s, seconds)
        if found.violations:
            self.violations[number] = found.violations

    def join(self, other: "Tally") -> None:
        """Add the tally of others."""
        self.files += other.files
        self.read += other.read
        self.refused.update(other.refused)
        self.accepted += other.accepted
        self.rejected += other.rejected
        self.compared += other.compared
        self.slowest_s = max(self.slowest_s, other.slowest_s)
        self.peak_mb = max(self.peak_mb, other.peak_mb)
        self.violations |= other.violations


@cache
def _subjects() -> tuple[Subject, ...]:
    return subjects()


def made(seed: int, number: int) -> Mutant:
    """Make the mutant of a number: the same whoever asks, in whatever order."""
    known = _subjects()
    return mutant(known[number % len(known)], Random(f"{seed}:{number}"))


def tallied(seed: int, numbers: range, *, is_bounded: bool = True) -> Tally:
    """Make and read the mutants of some numbers; ``is_bounded``: time and memory are judged too."""
    tally = Tally()
    for number in numbers:
        one = made(seed, number)
        start = time.process_time()
        found = outcome(one)
        seconds = time.process_time() - start
        tally.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        if is_bounded and seconds > _LONGEST_S:
            found.violations.append(f"took {seconds:.1f} s")
        if is_bounded and tally.peak_mb > _MOST_MB:
            found.violations.append(f"memory grew to {tally.peak_mb:.0f} MB")
        tally.add(number, found, seconds)
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print what was found, write the files of violations."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="default: 10,000")
    parser.add_argument("--seed", type=int, default=20260302)
    parser.add_argument("--only", type=int, help="one mutant of a run, by its number")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args(arguments)
    if asked.only is not None:
        return _told(asked.seed, tallied(asked.seed, range(asked.only, asked.only + 1)))
    total = Tally()
    parts = [range(n, min(n + _AT_A_TIME, asked.files)) for n in range(0, asked.files, _AT_A_TIME)]
    with ProcessPoolExecutor(asked.jobs) as pool:
        for part in pool.map(tallied, [asked.seed] * len(parts), parts):
            total.join(part)
            if sys.stderr.isatty() or total.files % 1_000 < _AT_A_TIME:
                count = len(total.violations)
                print(f"{total.files:>7,} of {asked.files:,} files, {count} with violations", file=sys.stderr)
    return _told(asked.seed, total)


def _told(seed: int, total: Tally) -> int:
    rows = {
        "files": f"{total.files:,}",
        "read": f"{total.read:,}",
        "refused": f"{sum(total.refused.values()):,}",
        **{f"  {code}": f"{n:,}" for code, n in total.refused.most_common()},
        "rows accepted": f"{total.accepted:,}",
        "rows rejected": f"{total.rejected:,}",
        "untouched rows compared": f"{total.compared:,}",
        "slowest file": f"{total.slowest_s:.2f} s",
        "memory at most": f"{total.peak_mb:,.0f} MB",
        "files with violations": f"{len(total.violations):,}",
    }
    print("\n".join(f"{name:<26}{value:>12}" for name, value in rows.items()))
    for number, found in sorted(total.violations.items()):
        one = made(seed, number)
        path = OUT / f"{seed}-{number}{Path(one.subject.place).suffix}"
        OUT.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.raw)
        print(f"\n{one.subject.name} after {', '.join(one.done)}: {'; '.join(found)}")
        print(f"  {path.relative_to(ROOT)}; again: python -m tests.fuzz --seed {seed} --only {number}")
    return bool(total.violations)


if __name__ == "__main__":
    sys.exit(main())
