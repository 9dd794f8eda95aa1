"""From a file to stored counts: a million rows of a ticket export in CP932 against ``pandas.read_csv`` of it.

The file is a help desk's: number, times to the minute, words of a few kinds, names, a subject of free text.
Measured is all of an import — bytes, account, the store in an empty folder, and counts read back from it.
``ratio_to_read_csv``: its seconds over those of reading the file with pandas alone, the fastest of each.
``peak_mb``: resident memory at its highest in a process that only imports, in MB of 1,000,000 bytes.
``reimport_added``: inquiries added by the same file again; ``overlap_added``: by the same rows in UTF-8, and
by a file with their second half.
"""

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.benchmark import Run
from forecasts.history.counts import counted
from forecasts.history.sheets import raw_of, read_sheets
from forecasts.slots import Period
from planner.access import Actor, Role
from planner.actions.import_file import import_file
from planner.desk import Desk
from planner.desk_file import read_desk
from planner.imports import reading, suggestion
from planner.pseudonyms import pseudonym_of
from planner.store import ImportRecord, ImportSource, open_store

QUESTION = "how long after the file is read are a million inquiries accounted for, stored and counted?"
NEEDS = ()
PEERS = ("pandas",)

_DESK = Path(__file__).parents[1] / "data/desks/lan-desk.toml"
_ROWS, _SHORT_ROWS = 1_000_000, 20_000
_ROUNDS = 3
_SEED = 20260302
_FIRST_DAY, _DAYS = "2021-04-01", 1_826  # five fiscal years
_AT = datetime(2026, 4, 1, 9, 0)
_ACTOR = Actor("local", Role.PLANNER, "計画担当")

_CHANNELS = {"電話": 0.5, "メール": 0.25, "申請": 0.2, "来室": 0.05}
_CATEGORIES = (
    "アカウント", "パスワード", "印刷", "メール", "ネットワーク", "端末", "ソフトウェア", "ファイル共有",
    "Web会議", "電話機", "周辺機器", "持出し端末", "リモート接続", "権限", "異動手続", "障害",
    "セキュリティ", "その他",
)  # fmt: skip
_BUREAUS = ("大臣官房", "基盤局", "政策局", "管理局", "調査局", "地方支分部局")
_SUBJECTS = (
    "ログインできない", "パスワードの有効期限が切れた", "印刷されない（両面）", "メールの添付が開けない",
    "共有フォルダーが見えない", "画面が映らない", "ソフトウェアの導入", "Web会議の音声が聞こえない",
    "異動に伴う権限の変更, 至急", "VPNが切れる",
)  # fmt: skip


def figures(run: Run) -> Mapping[str, float]:
    """Write the file, read it with pandas, import it; the same again for memory in a process of its own."""
    rows, rounds = run.of((_ROWS, _ROUNDS), (_SHORT_ROWS, 1))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "export.csv"
        table = export(rows)
        _write(table, file, "cp932")
        read_s = min(_seconds(lambda: pd.read_csv(file, encoding="cp932")) for _ in range(rounds))
        import_s = min(_import_seconds(file, folder / f"home{n}", rows) for n in range(rounds))
        return {
            "rows": float(rows),
            "file_mb": file.stat().st_size / 1e6,
            "read_csv_s": read_s,
            "import_s": import_s,
            "ratio_to_read_csv": import_s / read_s,
            "peak_mb": _peak_mb(file, folder / "memory"),
            **_added_again(table, file, folder),
        }


def export(rows: int) -> pd.DataFrame:
    """Make a ticket export of made-up inquiries (架空データ), in the order of their arrival."""
    random = np.random.default_rng(_SEED)
    weekday = (np.arange(_DAYS) + 3) % 7 < 5  # the first day is a Thursday
    day = np.sort(
        random.choice(_DAYS, rows, p=np.where(weekday, 1.0, 0.02) / (weekday + 0.02 * ~weekday).sum())
    )
    minute = np.clip(random.normal(13 * 60, 150, rows), 0, 24 * 60 - 1).astype(np.int64)
    received = np.datetime64(_FIRST_DAY, "m") + day * 1440 + minute
    handling = np.ceil(random.lognormal(2.5, 0.8, rows)).astype(np.int64)
    closed = pd.Series(received + handling + random.integers(0, 240, rows))
    number = pd.Series(np.arange(1, rows + 1)).astype(str).str.zfill(7)
    subject = _drawn(random, rows, _SUBJECTS)
    return pd.DataFrame(
        {
            "番号": "INC" + number,
            "受付日時": pd.Series(received).dt.strftime("%Y/%m/%d %H:%M"),
            "完了日時": closed.dt.strftime("%Y/%m/%d %H:%M").mask(random.random(rows) < 0.03, ""),
            "受付方法": random.choice(list(_CHANNELS), rows, p=list(_CHANNELS.values())),
            "分類": _drawn(random, rows, _CATEGORIES),
            "部局": _drawn(random, rows, [f"{b}第{n}課" for b in _BUREAUS for n in range(1, 11)]),
            "担当者": _drawn(random, rows, [f"架空 {chr(ord('あ') + n)}" for n in range(40)]),
            "件名": subject + "（" + number.str[-4:] + "）",
            "対応時間(分)": handling,
        }
    )


def _drawn(random: np.random.Generator, rows: int, words: tuple[str, ...] | list[str]) -> "pd.Series[str]":
    return pd.Series(np.array(words, dtype=object)[random.integers(0, len(words), rows)], dtype=str)


def _write(table: pd.DataFrame, path: Path, encoding: str) -> None:
    table.to_csv(path, index=False, encoding=encoding, lineterminator="\r\n")


def _seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def _import_seconds(file: Path, home: Path, rows: int) -> float:
    start = time.process_time()
    record, count = imported(file, home)
    seconds = time.process_time() - start
    assert record.account.read == rows + 1, record.account  # the header
    assert record.account.accepted == record.added == count == rows, (record, count)
    return seconds


def imported(file: Path, home: Path) -> tuple[ImportRecord, int]:
    """Import a file as ``madoguchi import`` does; return what was kept and how many inquiries are counted.

    Every closing day's inquiries are counted on the next office day: none is lost but those after the last.
    """
    desk = read_desk(_DESK)
    record = _taken_in(file, home, desk)
    store = open_store(home)
    try:
        records = store.records(desk.id)
    finally:
        store.close()
    received = records.inquiries["received_at"]
    period = Period.through(received.min().date(), desk.calendar.first_office_day(received.max().date()))
    history = counted(records, desk.calendar, desk.grid, desk.channel_ids, period)
    return record, int(history.count.sum())


def _taken_in(file: Path, home: Path, desk: Desk) -> ImportRecord:
    sheets = read_sheets(file.name, raw_of(file))
    store = open_store(home)
    try:
        found = suggestion(desk, sheets, store.remembered(desk.id))
        read = reading(desk, sheets, found.mapping, pseudonym_of(home))
        source = ImportSource(desk.id, file.name, sheets.digest)
        return import_file(store, source, read, _ACTOR, _AT, is_partial_accepted=False)
    finally:
        store.close()


def _added_again(table: pd.DataFrame, file: Path, folder: Path) -> Mapping[str, float]:
    """Import the file, the same again, and other files with the same rows; return what these added."""
    home, desk = folder / "again", read_desk(_DESK)
    _taken_in(file, home, desk)
    same = _taken_in(file, home, desk)
    copies = {"copy.csv": table, "half.csv": table.iloc[len(table) // 2 :]}
    overlap = 0
    for name, rows in copies.items():
        _write(rows, folder / name, "utf-8-sig")
        overlap += _taken_in(folder / name, home, desk).added
    return {"reimport_added": 0.0 if same.is_repeat else float(same.added), "overlap_added": float(overlap)}


def _peak_mb(file: Path, home: Path) -> float:
    told = subprocess.run(  # noqa: S603 -- this module, with a file made here
        [sys.executable, "-m", "benchmarks.imports", "--peak", str(file), str(home)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(json.loads(told.stdout)["peak_mb"])


def _tell_peak(file: Path, home: Path) -> None:
    imported(file, home)
    print(json.dumps({"peak_mb": _highest_bytes() / 1e6}))


def _highest_bytes() -> int:
    """Return this process's resident memory at its highest.

    On Linux ``ru_maxrss`` of a process begins with that of the one that started it; ``VmHWM`` is its own.
    """
    status = Path("/proc/self/status")
    told = re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.MULTILINE) if status.exists() else None
    return int(told[1]) * 1024 if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        _tell_peak(*map(Path, sys.argv[2:4]))
    else:
        from benchmarks.__main__ import main

        main(["imports", *sys.argv[1:]])
