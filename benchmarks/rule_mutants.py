"""Whether the tests of rostering rules see every small slip: python -m benchmarks.rule_mutants.

Every mutant of every file in planner/rosters/rules, and of the files whose functions they share, is asked
what test_rules.py asks: examples, constraint = checker near the border, what was reviewed (golden; of a
figure in force only the points, not the words that tell it). Mutants that change nothing stand in
equivalent_mutants.toml with a reason. Exit code 1 if another one survives, or if that list names one that
does not exist or is caught.
"""

import argparse
import json
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.mutant_trials import Trial, codes_of, fault, mutants_of, rule_files, shared_files, trials

EQUIVALENT = Path(__file__).parents[1] / "tests/planner/rosters/equivalent_mutants.toml"
_AT_A_TIME = 10

Key = tuple[str, str, str]
"""File, the source line's text, the change."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the mutants. ``excused``: equivalent ones with their reasons."""

    trials: Sequence[Trial]
    excused: dict[Key, str]

    @property
    def survivors(self) -> list[Trial]:
        """Return what nothing caught and no reason explains."""
        return [t for t in self.trials if not t.caught and key(t) not in self.excused]

    @property
    def idle(self) -> list[Key]:
        """Return the reasons for mutants that do not exist or are caught."""
        survived = {key(t) for t in self.trials if not t.caught}
        tried = {t.file for t in self.trials}
        return sorted(k for k in self.excused if k[0] in tried and k not in survived)


def key(trial: Trial) -> Key:
    """Return what names a mutant, whatever its line's number."""
    return trial.file, trial.line, trial.change


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants, print the table and the survivors; return the exit code."""
    asked = _asked(arguments)
    start = time.perf_counter()
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as pool:
        if wrong := [found for found in pool.map(fault, asked.files) if found]:
            print("\n".join(wrong))
            return 1
        tally = Tally(_tried(asked.files, pool), reasons(EQUIVALENT))
    print(table(tally))
    print(f"  {time.perf_counter() - start:.0f} s")
    for trial in tally.survivors:
        print(entry(trial))
    for idle in tally.idle:
        print(f"not a survivor any more, take it from {EQUIVALENT.name}: {idle}")
    if asked.json:
        _write(asked.json, tally, time.perf_counter() - start)
    return int(bool(tally.survivors or tally.idle))


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rule_mutants")
    parser.add_argument(
        "--rule", action="append", metavar="CODE", help="a rule's code or a file's name; default: all"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write figures and survivors")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes; default 2")
    asked = parser.parse_args(arguments)
    files = [*rule_files(), *shared_files()]
    named = {name: file for file in files for name in (Path(file).stem, *codes_of_rules(file))}
    if unknown := sorted(set(asked.rule or ()) - named.keys()):
        parser.error(f"no rule {', '.join(unknown)}; there are {', '.join(named)}")
    asked.files = sorted({named[name] for name in asked.rule}) if asked.rule else files
    return asked


def codes_of_rules(file: str) -> list[str]:
    """Return the codes of the rules in a file; none in one that rules share."""
    return [] if file in shared_files() else codes_of(file)


def _tried(files: Iterable[str], pool: Executor) -> list[Trial]:
    batches = [
        (file, start, start + _AT_A_TIME)
        for file in files
        for start in range(0, len(mutants_of(file)), _AT_A_TIME)
    ]
    return [trial for batch in pool.map(trials, *zip(*batches, strict=True)) for trial in batch]


def reasons(path: Path) -> dict[Key, str]:
    """Read why mutants are equivalent: tables [[mutant]] with file, line, change and reason."""
    if not path.exists():
        return {}
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    if without := [one for one in listed if not one.get("reason")]:
        message = f"{path.name}: mutants without a reason: {without}"
        raise ValueError(message)
    return {(one["file"], one["line"], one["change"]): one["reason"] for one in listed}


def entry(trial: Trial) -> str:
    """Write a survivor as it would stand among the equivalent ones."""
    told = {"file": trial.file, "line": trial.line, "change": trial.change, "reason": ""}
    lines = [f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in told.items()]
    return "\n".join(["", "[[mutant]]", *lines])


COLUMNS = ("mutants", "caught", "equivalent", "survived")


def counts(tally: Tally) -> dict[str, dict[str, int]]:
    """Return by file, and for all together, how many mutants there are and what came of them."""
    survivors = Counter(t.file for t in tally.survivors)
    out = {}
    for file, n in Counter(t.file for t in tally.trials).items():
        n_caught = sum(t.file == file and bool(t.caught) for t in tally.trials)
        figures = (n, n_caught, n - n_caught - survivors[file], survivors[file])
        out[file] = dict(zip(COLUMNS, figures, strict=True))
    return out | {"all": {column: sum(row[column] for row in out.values()) for column in COLUMNS}}


def table(tally: Tally) -> str:
    """Return the counts as people read them, and what caught how many."""
    return "\n".join(_lines(tally))


def _lines(tally: Tally) -> Iterator[str]:
    yield f"{'file':34}" + "".join(f"{column:>11}" for column in COLUMNS)
    for file, row in counts(tally).items():
        yield f"{file:34}" + "".join(f"{row[column]:11}" for column in COLUMNS)
    by = Counter(t.caught for t in tally.trials if t.caught)
    yield "caught by " + ", ".join(f"{name} {n}" for name, n in by.most_common())


def _write(path: Path, tally: Tally, seconds: float) -> None:
    told = {
        "files": counts(tally),
        "survivors": [key(t) for t in tally.survivors],
        "idle": tally.idle,
        "seconds": round(seconds, 1),
    }
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
