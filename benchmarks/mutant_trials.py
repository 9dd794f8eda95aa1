"""Each mutant of the rules' files on trial: what of their tests catches it."""

import ast
import inspect
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, FrameType, ModuleType

import planner.rosters
from benchmarks.mutants import Mutant, mutants
from planner.rosters.notation import Case
from planner.rosters.rule import Rule
from tests.planner.rosters import rule_checks
from tests.planner.rosters.rule_checks import disagreement, draws, example_faults, golden, points

_ROSTERS = Path(planner.rosters.__file__).parent
_TESTS = Path(rule_checks.__file__).parent
_PACKAGE = "planner.rosters"
_DATA = {f"{_PACKAGE}.roster", f"{_PACKAGE}.notation"}
MOST_CPU_S = 5.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and what caught it: tests, examples, draws, golden, error, time; "" if it survived."""

    file: str
    line: str
    change: str
    caught: str


class _TimeIsUpError(Exception):
    """A mutant that does not end."""


# --- which files ---


def rule_files() -> list[str]:
    """Return the rules' files, as ``rules/breaks.py``."""
    return [f"rules/{path.name}" for path in sorted(_ROSTERS.glob("rules/*.py")) if path.stem != "__init__"]


@cache
def shared_files() -> tuple[str, ...]:
    """Return the files whose functions rules share, each after those that it imports itself."""
    found: dict[str, None] = {}

    def visit(file: str) -> None:
        for module in sorted(_imported(file) - _DATA):
            other = f"{module.removeprefix(_PACKAGE).strip('.').replace('.', '/')}.py"
            if other not in found and not other.startswith("rules/") and (_ROSTERS / other).is_file():
                visit(other)
                found[other] = None

    for file in rule_files():
        visit(file)
    return tuple(found)


def codes_of(file: str) -> list[str]:
    """Return the codes of the rules in a file."""
    return list(_originals(file))


@cache
def mutants_of(file: str) -> list[Mutant]:
    """Return every mutant of a file."""
    return mutants((_ROSTERS / file).read_text(encoding="utf-8"), file)


def _imported(file: str) -> set[str]:
    nodes = ast.walk(ast.parse((_ROSTERS / file).read_text(encoding="utf-8")))
    return {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


# --- trials ---


def trials(file: str, start: int, stop: int) -> list[Trial]:
    """Try some mutants of a file."""
    return [
        Trial(file, mutant.line, mutant.change, verdict(file, mutant))
        for mutant in mutants_of(file)[start:stop]
    ]


def verdict(file: str, mutant: Mutant) -> str:
    """Return what catches a mutant of a file, "" if nothing does."""
    is_shared = file in shared_files()
    read = rule_files() if is_shared else [file]
    original = {code: rule for each in read for code, rule in _originals(each).items()}
    try:
        with _limited():
            rules = _shared_mutant(file, mutant) if is_shared else _rules(file, mutant.program)
        if {rule.code for rule in rules} != original.keys():
            return "error"
        for rule in rules:
            with _limited():
                if by := _caught(rule, original[rule.code], is_figure=mutant.is_figure):
                    return by
    except AssertionError:
        return "tests"
    except _TimeIsUpError:
        return "time"
    except Exception:  # noqa: BLE001  # whatever a mutant does wrong, it is seen
        return "error"
    return ""


def fault(file: str) -> str:
    """Return what is wrong with a file as it stands ("": nothing): its mutants would prove nothing."""
    by = verdict(file, Mutant("", "", is_figure=False, program=_program(file)))
    if not by and file not in shared_files() and not codes_of(file):
        by = "no rule in it"
    return by and f"{file}, as it stands: {by}"


def _caught(rule: Rule, original: Rule, *, is_figure: bool) -> str:
    if any(example_faults(rule)):
        return "examples"
    if any(disagreement(rule, drawn) for drawn in _draws(original)):
        return "draws"
    told: Callable[[Rule], object] = points if is_figure else golden
    return "golden" if told(rule) != told(original) else ""


@cache
def _draws(rule: Rule) -> list[Case]:
    return draws(rule)


# --- modules ---


@cache
def _program(file: str) -> CodeType:
    return compile((_ROSTERS / file).read_text(encoding="utf-8"), file, "exec")


def _name(file: str) -> str:
    return f"{_PACKAGE}.{file.removesuffix('.py').replace('/', '.')}"


def _module(file: str, program: CodeType) -> ModuleType:
    module = ModuleType(_name(file))
    exec(program, vars(module))  # noqa: S102  # our own source with one slip in it
    return module


def _rules(file: str, program: CodeType) -> list[Rule]:
    """Return the rules that a module defines, alone or in a tuple."""
    values = vars(_module(file, program)).values()
    every = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    # A mutant of rule.py has a class Rule of its own.
    return list({one.code: one for one in every if type(one).__name__ == Rule.__name__}.values())


@cache
def _originals(file: str) -> dict[str, Rule]:
    return {rule.code: rule for rule in _rules(file, _program(file))}


def _shared_mutant(file: str, mutant: Mutant) -> list[Rule]:
    """Return every rule as it is with a mutant of what rules share."""
    first = shared_files().index(file)
    with _replaced({_name(file): _module(file, mutant.program)}):
        for later in shared_files()[first + 1 :]:
            sys.modules[_name(later)] = _module(later, _program(later))
        _run_tests(file)
        return [rule for each in rule_files() for rule in _rules(each, _program(each))]


def _run_tests(file: str) -> None:
    """Run the tests that a shared file has of its own, as far as they ask for nothing."""
    path = _TESTS / f"test_{file}"
    if path.exists():
        tests = vars(_module(path.name, compile(path.read_text(encoding="utf-8"), path.name, "exec")))
        for name, test in tests.items():
            if name.startswith("test_") and not inspect.signature(test).parameters:
                test()


@contextmanager
def _replaced(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    old = {_name(file): sys.modules[_name(file)] for file in shared_files()}
    sys.modules.update(modules)
    try:
        yield
    finally:
        sys.modules.update(old)


@contextmanager
def _limited() -> Iterator[None]:
    """Raise _TimeIsUpError after some seconds of work (not of waiting)."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TimeIsUpError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_CPU_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
