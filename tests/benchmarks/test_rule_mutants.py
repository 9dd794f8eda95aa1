"""Mutants: all of them, each told apart; what is caught, survives, or is excused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import mutant_trials, rule_mutants
from benchmarks.mutant_trials import Trial, codes_of, mutants_of, rule_files, shared_files, verdict
from benchmarks.mutants import mutants
from benchmarks.rule_mutants import EQUIVALENT, Tally, counts, entry, key, main, reasons, table
from planner.rosters.rules import RULES


def changes(source: str) -> list[str]:
    return [mutant.change for mutant in mutants(source, "a test")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", ["a < b -> a <= b", "a < b -> a >= b"]),
        ("a >= b", ["a >= b -> a > b", "a >= b -> a < b"]),
        ("a == b", ["a == b -> a != b"]),
        ("a not in b", ["a not in b -> a in b"]),
        ("a is None", ["a is None -> a is not None"]),
        ("a and b", ["a and b -> a or b"]),
        ("not a", ["not a -> not not a"]),
        ("-a", ["-a -> +a"]),
        ("a + b", ["a + b -> a - b"]),
        ("a -= b", ["a -= b -> a += b"]),
        ("a * 2.5", ["a * 2.5 -> a * 1.5", "a * 2.5 -> a * 3.5"]),
        ("a[0]", ["a[0] -> a[-1]", "a[0] -> a[1]"]),
        ("min(a)", ["min -> max"]),
        ("any(a)", ["any -> all"]),
        ("a | b", []),
        ("f('8', True, None)", []),
        ("'''10 hours'''", []),
        ("' 9-14' * 5", []),
        ("Rule(stage=1, keeps=(2,), breaks=(3 + 4,))", ["stage=1 -> stage=0", "stage=1 -> stage=2"]),
    ],
)
def test_every_slip_is_made_once(source: str, expected: list[str]) -> None:
    assert changes(source) == expected


def test_a_chain_of_comparisons_slips_at_each_link() -> None:
    assert changes("a < b <= c") == [
        "a < b <= c -> a <= b <= c",
        "a < b <= c -> a >= b <= c",
        "a < b <= c -> a < b < c",
        "a < b <= c -> a < b > c",
    ]


def test_of_a_figure_in_force_only_the_figure_slips() -> None:
    found = mutants("X = InForce(45, '時間/月', '労働基準法第36条第4項', date(2019, 4, 1))\nY = 45", "a test")
    assert [(m.change, m.is_figure) for m in found] == [
        ("45 -> 44", True),
        ("45 -> 46", True),
        ("Y = 45 -> Y = 44", False),
        ("Y = 45 -> Y = 46", False),
    ]
    assert [m.change for m in mutants("InForce(unit='日', figure=1)", "a test")] == ["1 -> 0", "1 -> 2"]


def test_a_mutant_is_the_program_with_its_one_slip() -> None:
    found = []
    for mutant in mutants("x = 1 + 2\ny = 3 < 3", "a test"):
        space: dict[str, object] = {}
        exec(mutant.program, space)  # noqa: S102  # the text above
        found.append((mutant.line, mutant.change, space["x"], space["y"]))
    assert found == [
        ("x = 1 + 2", "1 + 2 -> 1 - 2", -1, False),
        ("x = 1 + 2", "1 + 2 -> 0 + 2", 2, False),
        ("x = 1 + 2", "1 + 2 -> 2 + 2", 4, False),
        ("x = 1 + 2", "1 + 2 -> 1 + 1", 2, False),
        ("x = 1 + 2", "1 + 2 -> 1 + 3", 4, False),
        ("y = 3 < 3", "3 < 3 -> 3 <= 3", 3, True),
        ("y = 3 < 3", "3 < 3 -> 3 >= 3", 3, True),
        ("y = 3 < 3", "3 < 3 -> 2 < 3", 3, True),
        ("y = 3 < 3", "3 < 3 -> 4 < 3", 3, False),
        ("y = 3 < 3", "3 < 3 -> 3 < 2", 3, False),
        ("y = 3 < 3", "3 < 3 -> 3 < 4", 3, True),
    ]


def test_no_rule_is_left_out() -> None:
    found = [code for file in rule_files() for code in codes_of(file)]
    assert {rule.code for rule in RULES} <= set(found)
    assert len(found) == len(set(found))
    assert "rule.py" in shared_files()
    assert "roster.py" not in shared_files()


def verdict_of(file: str, change: str) -> str:
    return next(verdict(file, mutant) for mutant in mutants_of(file) if mutant.change == change)


def test_what_catches_a_mutant_is_told() -> None:
    assert verdict_of("rules/one_duty.py", "1 -> 2") == "examples"
    assert verdict_of("rule.py", "opens < t < closes -> opens >= t < closes")
    assert verdict_of("rule.py", "days[-1] >= problem.days[0] -> days[-1] > problem.days[0]") == "tests"
    assert not verdict_of("rule.py", "steps > 0 -> steps >= 0")


def test_a_mutant_that_does_not_end_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutant_trials, "MOST_CPU_S", 0.2)
    endless = mutants("while 1 < 2:\n    pass", "a test")[0]
    assert verdict("rules/one_duty.py", endless) == "time"


def test_a_mutant_that_changes_nothing_survives() -> None:
    file = "rules/one_duty.py"
    source = (Path(rule_mutants.__file__).parents[1] / "planner/rosters" / file).read_text(encoding="utf-8")
    unused = mutants(f"{source}\nUNUSED = 5\n", file)[-1]
    assert unused.change == "UNUSED = 5 -> UNUSED = 6"
    assert verdict(file, unused) == ""


CAUGHT, SURVIVOR = (
    Trial("rules/a.py", "x < 1", "x < 1 -> x <= 1", "draws"),
    Trial("rules/a.py", "y", "0 -> 1", ""),
)


def test_a_survivor_is_excused_by_a_reason_and_only_that_one() -> None:
    assert Tally([CAUGHT, SURVIVOR], {}).survivors == [SURVIVOR]
    excused = Tally([CAUGHT, SURVIVOR], {key(SURVIVOR): "y is not read"})
    assert not excused.survivors
    assert not excused.idle
    assert counts(excused)["all"] == {"mutants": 2, "caught": 1, "equivalent": 1, "survived": 0}
    assert "rules/a.py" in table(excused)
    other = replace(SURVIVOR, change="0 -> -1")
    assert Tally([other], {key(SURVIVOR): "y is not read"}).survivors == [other]


def test_a_reason_for_what_is_caught_or_gone_is_idle() -> None:
    gone = ("rules/a.py", "z", "0 -> 1")
    tally = Tally(
        [CAUGHT], {key(CAUGHT): "was equivalent once", gone: "its line changed", ("rules/b.py", "", ""): "-"}
    )
    assert set(tally.idle) == {key(CAUGHT), gone}


def test_entries_are_read_back_and_need_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "equivalent.toml"
    quoted = replace(SURVIVOR, line='if kind == "早番":', change="kind == '早番' -> kind != '早番'")
    path.write_text(entry(quoted).replace('reason = ""', 'reason = "both are late"'), encoding="utf-8")
    assert reasons(path) == {key(quoted): "both are late"}
    path.write_text(entry(quoted), encoding="utf-8")
    with pytest.raises(ValueError, match="without a reason"):
        reasons(path)
    assert reasons(tmp_path / "absent.toml") == {}


def test_every_reason_names_a_mutant_there_is() -> None:
    files = [*rule_files(), *shared_files()]
    known = {(file, mutant.line, mutant.change) for file in files for mutant in mutants_of(file)}
    assert not reasons(EQUIVALENT).keys() - known


def test_the_exit_code_says_whether_one_survived(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "mutants.json"
    assert main(["--rule", "one_duty", "--jobs", "1", "--json", str(out)]) == 0
    assert "rules/one_duty.py" in capsys.readouterr().out
    assert json.loads(out.read_text(encoding="utf-8"))["files"]["all"]["survived"] == 0
    monkeypatch.setattr(rule_mutants, "_tried", lambda files, pool: [SURVIVOR])
    assert main(["--rule", "one_duty"]) == 1
    assert 'change = "0 -> 1"' in capsys.readouterr().out


def test_an_unknown_rule_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--rule", "no_such_rule"])
    assert "no_such_rule" in capsys.readouterr().err
