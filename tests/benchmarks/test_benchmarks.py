"""The benchmarks run, by the names and in the form that are agreed; what they measure is not judged here."""

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks import alternatives, benchmark, forecast, imports, rosters, staffing
from benchmarks.__main__ import RESULTS, main
from benchmarks.benchmark import NAMES, Run, table

KEYS = ["benchmark", "figures", "versions", "date", "python"]


def test_every_module_with_figures_is_listed() -> None:
    files = (Path(benchmark.__file__).parent).glob("*.py")
    written = {f.stem for f in files if "\ndef figures(run: Run)" in f.read_text(encoding="utf-8")}
    assert written == {*NAMES, *forecast.PARTS, *staffing.PARTS, *rosters.PARTS, *alternatives.PARTS}
    assert set(NAMES) == {"alternatives", "forecast", "imports", "rosters", "simulation", "staffing"}


@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_says_what_it_asks_and_needs(name: str) -> None:
    found = benchmark.benchmark(name)
    assert found.QUESTION.endswith("?")
    assert all(path.startswith(("data/", "facts/", "bench/")) for path in found.NEEDS)
    assert found.PEERS or name == "rosters"  # its peers come with OR-Tools


def test_json_has_the_agreed_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "simulation.json"
    main(["simulation", "--short", "--json", str(path)])
    written = json.loads(path.read_text(encoding="utf-8"))
    assert list(written) == KEYS
    assert written["benchmark"] == "simulation"
    assert 0 < written["figures"]["planner.in_time_share"] < 1
    assert date.fromisoformat(written["date"])
    assert "madoguchi" in written["versions"]
    assert "planner" in capsys.readouterr().out


def test_figures_need_no_peer() -> None:
    figures = benchmark.benchmark("simulation").figures(Run(is_short=True))
    assert {name.split(".")[0] for name in figures} == {"planner"}


def test_an_import_is_measured_whole() -> None:
    figures = imports.figures(Run(is_short=True))
    assert figures["rows"] == 20_000
    assert (figures["reimport_added"], figures["overlap_added"]) == (0, 0)
    assert min(figures["ratio_to_read_csv"], figures["peak_mb"]) > 0


def test_the_imported_export_is_like_a_desks_and_always_the_same() -> None:
    one, again = imports.export(2_000), imports.export(2_000)
    assert one.equals(again)
    assert one["番号"].is_unique
    assert one["受付日時"].nunique() > 1_900
    assert set(one["受付方法"]) == {"電話", "メール", "申請", "来室"}
    assert one["件名"].str.contains(",").any()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["forcast"], "no benchmark forcast"),
        (["--keep", "--short"], "whole runs"),
        (["forecast", "--keep", "--peers-from", "earlier.json"], "whole runs"),
    ],
)
def test_a_wrong_call_says_what_is_allowed(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert said in capsys.readouterr().err


def test_without_shared_data_a_benchmark_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("benchmarks.shared_data.SHARED", tmp_path)
    main(["forecast", "--short", "--json", str(tmp_path / "none.json")])
    assert "skipped: data/ae_uk_hourly.csv" in capsys.readouterr().out
    assert json.loads((tmp_path / "none.json").read_text(encoding="utf-8")) == []


def test_a_table_has_a_row_for_each_subject_and_lines_for_figures_without() -> None:
    lines = table({"ours.share": 0.5, "theirs.share": 0.25, "peak_mb": 900.0, "theirs.ratio": 3.0})
    assert [line.split() for line in lines.splitlines()] == [
        ["share", "ratio"],
        ["ours", "0.5", "–"],
        ["theirs", "0.25", "3"],
        ["peak_mb", "900"],
    ]


def test_figures_of_one_subject_need_no_row() -> None:
    assert table({"ratio": 3.5, "peak_mb": 900.0}).splitlines() == ["ratio    3.5", "peak_mb  900"]


@pytest.mark.parametrize("path", sorted(RESULTS.glob("*.json")), ids=lambda p: p.stem)
def test_kept_results_have_their_names(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    goals = {
        "alternatives": ["goals"],
        "forecast": ["folds", "peer", "goals"],
        "rosters": ["goals"],
        "staffing": ["goals"],
    }
    also = goals.get(kept["benchmark"], [])
    assert list(kept) == [*KEYS, *also]
    assert path.stem == f"{kept['date']}-{kept['benchmark']}"
