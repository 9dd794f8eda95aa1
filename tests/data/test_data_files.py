"""The example data: readable, consistent with the facts, fictional where it says so, and re-creatable."""

import csv
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.shared_data import REASON, is_missing, shared
from forecasts.events import COLUMNS, SESSIONS, Event, event_faults, known_on, read_events
from planner.desk import Desk, Labour, Person
from planner.desk_file import event_paths, read_desk
from planner.formation import standing_formation

DATA = Path(__file__).resolve().parents[2] / "data"
DESKS = sorted((DATA / "desks").glob("*.toml"))
EVENT_FILES = sorted((DATA / "events").glob("*.csv"))
DEMO_DAY = date(2026, 3, 2)


def lan_desk() -> Desk:
    return read_desk(DATA / "desks/lan-desk.toml")


def events(name: str) -> tuple[Event, ...]:
    return read_events([DATA / "events" / name])


def sample() -> list[dict[str, str]]:
    with (DATA / "sample/inquiries.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", DESKS, ids=lambda path: path.stem)
def test_every_desk_is_read_with_its_events(path: Path) -> None:
    desk = read_desk(path)
    assert desk.id == path.stem
    assert len(read_events(event_paths(desk, path))) > 0 or desk.event_files == ()
    # Nobody is real: every name of a person begins with 架空.
    assert all(person.name.startswith("架空") for person in desk.people)


def test_the_lan_desk_is_the_first_customer() -> None:
    desk = lan_desk()
    assert [(g, n) for g, n in standing_formation(desk).heads if n] == [("standard", 2), ("junior", 2)]
    others = [p for p in desk.people if not p.is_resident]
    assert len(others) == 2
    assert all(p.may_manage for p in others)
    assert any(p.may_manage for p in desk.residents)
    assert {c.id: c.waiting for c in desk.channels} == {
        "phone": "immediate", "mail": "deferred", "form": "deferred", "walk_in": "immediate",
    }  # fmt: skip


def test_the_large_desk_knows_the_words_of_its_log() -> None:
    desk = read_desk(DATA / "desks/large-desk.toml")
    words = {word for channel in desk.channels for word in channel.synonyms}
    assert words == {"Phone", "IVR", "Email", "Self service", "Direct opening"}
    assert not desk.calendar.is_office_day(date(2016, 4, 21))
    assert desk.calendar.is_office_day(date(2016, 12, 29))


@pytest.mark.parametrize("path", EVENT_FILES, ids=lambda path: path.stem)
def test_every_event_file_is_read(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS
    found = read_events([path])
    assert found
    assert all(event.announced_on <= event.start for event in found)
    assert all(event.group for event in found)
    assert event_faults(found, lan_desk().calendar) == ()


def test_the_peak_of_april_is_known_on_the_day_of_the_demo() -> None:
    known = known_on(events("transfers.csv"), DEMO_DAY)
    april = [e for e in known if e.start >= date(2026, 4, 1)]
    assert [e.start for e in april] == [date(2026, 4, 1), date(2026, 4, 6), date(2026, 4, 13)]
    assert len({e.group for e in april}) == 1


def test_transfers_are_marked_as_invented_and_carry_headcounts() -> None:
    found = events("transfers.csv")
    assert all(e.source == "架空データ" and e.headcount for e in found)
    assert {e.start.year for e in found} == set(range(2021, 2027))


@pytest.mark.skipif(is_missing("facts/diet_sessions.csv"), reason=REASON)
def test_the_diet_sessions_agree_with_the_facts() -> None:
    with shared("facts/diet_sessions.csv").open(encoding="utf-8", newline="") as file:
        facts = {
            (
                f"第{row['session_no']}回国会",
                f"diet_{row['kind']}",
                date.fromisoformat(row["convened_on"]),
                date.fromisoformat(row["closed_on"]),
                "dissolved" if row["dissolved_on"] else row["close_status"],
            )
            for row in csv.DictReader(file)
        }
    found = [e for e in events("diet.csv") if e.kind in SESSIONS]
    assert {(e.group, e.kind, e.start, e.end, e.status) for e in found} == facts
    assert {e.source for e in found} == {"衆議院の会期一覧で要確認"}
    assert all(e.announced_on == e.start - timedelta(days=7) for e in found)


@pytest.mark.skipif(is_missing("facts/diet_milestones.csv"), reason=REASON)
def test_the_milestones_agree_with_the_facts() -> None:
    with shared("facts/diet_milestones.csv").open(encoding="utf-8", newline="") as file:
        facts = {
            (f"第{row['session_no']}回国会", date.fromisoformat(row["date"])) for row in csv.DictReader(file)
        }
    found = [e for e in events("diet.csv") if e.kind == "diet_milestone"]
    assert len(found) == 16
    assert {(e.group, e.start) for e in found} <= facts
    assert all("要確認" in e.source for e in found)


def test_the_extension_and_the_dissolution_are_known_from_their_day() -> None:
    diet = events("diet.csv")

    def end(group: str, day: date) -> date:
        return next(e.end for e in known_on(diet, day) if e.group == group and e.kind in SESSIONS)

    assert end("第216回国会", date(2024, 12, 20)) == date(2024, 12, 21)
    assert end("第216回国会", date(2024, 12, 21)) == date(2024, 12, 24)
    assert end("第220回国会", date(2026, 1, 18)) == date(2026, 6, 21)
    assert end("第220回国会", date(2026, 1, 19)) == date(2026, 1, 23)


def test_the_sample_has_the_promised_columns_and_days() -> None:
    rows = sample()
    header = "受付番号,受付日時,受付方法,分類,部局,応答日時,切断日時,完了日時,対応時間(分)"
    assert ",".join(rows[0]) == header
    assert all(row["受付番号"].startswith("架空-") for row in rows)
    assert rows[0]["受付日時"].startswith("2021/3/1 ")
    assert rows[-1]["受付日時"].startswith("2026/2/27 ")
    assert {row["受付方法"] for row in rows} == {c.name for c in lan_desk().channels}
    assert (DATA / "sample/inquiries.csv").stat().st_size < 6_000_000


def test_a_call_of_the_sample_is_answered_or_hung_up() -> None:
    calls = [row for row in sample() if row["受付方法"] == "電話"]
    assert all(bool(row["応答日時"]) != bool(row["切断日時"]) for row in calls)
    hung_up = sum(bool(row["切断日時"]) for row in calls) / len(calls)
    assert 0.05 < hung_up < 0.12


def test_the_generator_writes_the_same_bytes(tmp_path: Path) -> None:
    """Needs the pinned numpy; events of the past decide the log, so a change there asks for a new one."""
    again = tmp_path / "inquiries.csv"
    subprocess.run([sys.executable, DATA / "sample/generate.py", again], check=True)
    assert again.read_bytes() == (DATA / "sample/inquiries.csv").read_bytes()


def test_no_desk_names_a_real_body() -> None:
    """The sample stands for no real body or firm (DOMAIN.md §1)."""
    for path in DESKS:
        terms = tomllib.loads(path.read_text(encoding="utf-8"))["terms"]
        assert terms["ministry"].startswith("見本")
        assert terms["contractor"].startswith("架空")


def test_the_dictionary_has_every_key_of_a_person_and_of_labour() -> None:
    """And the first desk shows every key of labour; so a new one is not lost unseen."""
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    desk = (DATA / "desks/lan-desk.toml").read_text(encoding="utf-8")
    rows = {row.split("|")[1] for row in readme.splitlines() if row.startswith("| `")}
    for table, shape in (("people[]", Person), ("labour", Labour)):
        told = "".join(row for row in rows if row.startswith(f" `{table}."))
        for key in (field.name for field in fields(shape)):
            assert f".{key}`" in told
            assert re.search(rf"^(# )?{key}\b", desk, re.MULTILINE)
