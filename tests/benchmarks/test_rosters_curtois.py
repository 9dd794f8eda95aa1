from itertools import product

import pytest

from benchmarks.rosters_curtois import linear_of, lines_of, measured, read, run
from benchmarks.rosters_curtois_check import faults, penalty
from benchmarks.shared_data import REASON, is_missing
from planner.rosters.engine import Ask
from planner.rosters.engines.highs import highs
from planner.rosters.engines.lines import lines

TEXT = """# two people, a week and a day
SECTION_HORIZON
8

SECTION_SHIFTS
E,480,
L,600,E

SECTION_STAFF
A,E=8|L=2,2760,1440,3,2,2,1
B,E=2|L=8,4800,1200,4,1,1,0

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
A,1,E,3

SECTION_SHIFT_OFF_REQUESTS
B,3,L,2

SECTION_COVER
0,E,1,100,1
1,E,2,10,1
2,L,1,10,5
3,L,1,10,5
"""
GOOD = {"A": ["", "E", "E", "", "", "E", "L", ""], "B": ["E", "E", "L", "L", "", "", "", ""]}


def changed(who: str, line: str) -> dict[str, list[str]]:
    return {**GOOD, who: [x.strip(".") for x in line]}


def test_an_instance_is_read() -> None:
    instance = read(TEXT)
    assert (instance.days, [shift.id for shift in instance.shifts]) == (8, ["E", "L"])
    assert instance.shifts[1].not_next == {"E"}
    assert instance.employees[0].days_off == {0}
    assert [(r.employee, r.is_on) for r in instance.requests] == [("A", True), ("B", False)]
    assert len(instance.covers) == 4


def test_a_good_roster_has_no_fault_and_its_penalty() -> None:
    good = changed("A", ".EE..EE.")
    assert faults(TEXT, good) == []
    assert penalty(TEXT, good) == 2


@pytest.mark.parametrize(
    ("who", "line", "said"),
    [
        ("A", "EEE..EE.", "day off 0"),
        ("A", ".LEE....", "E after L on day 2"),
        ("A", ".LLL....", "3 shifts L, 2 at most"),
        ("A", ".EE.....", "960 minutes"),
        ("A", "..EEEE..", "4 days in a row"),
        ("A", ".EE..E..", "only 1 days of work"),
        ("A", ".EE.EE..", "only 1 days off"),
        ("B", "EE....L.", "1 weekends, 0 at most"),
        ("B", "EEX.....", "8 of ['E', 'L']"),
    ],
)
def test_a_planted_fault_is_found(who: str, line: str, said: str) -> None:
    found = faults(TEXT, changed(who, line))
    assert any(said in fault for fault in found), found


def test_penalties_count_requests_and_cover() -> None:
    roster = changed("A", "..EE.EE.")
    assert penalty(TEXT, roster) == 3 + 2 + 10


def test_rows_keep_exactly_the_lines_that_the_checker_keeps() -> None:
    linear = linear_of(TEXT)
    options = list(product(("", "E", "L"), repeat=8))
    others = changed("A", ".EE..EE.")
    for line in options[:: len(options) // 400]:
        for who in ("A", "B"):
            roster = {**others, who: list(line)}
            literals = {
                literal
                for literal, (person, day, seat) in linear.places.items()
                if roster[person][linear.problem.days.index(day)] == ("E", "L")[seat]
            }
            values = linear.completed([int(n in literals or n == 1) for n in range(linear.size)])
            assert bool(linear.broken(values)) == bool(faults(TEXT, roster)), roster
            assert linear.cost(values) == penalty(TEXT, roster)


def test_engines_agree_and_pass_the_checker() -> None:
    linear = linear_of(TEXT)
    answers = [engine(Ask(linear, "service", limit_s=30.0)) for engine in (lines, highs)]
    costs = set()
    for answer in answers:
        assert answer.values is not None
        assert answer.is_optimal
        roster = lines_of(linear, answer.values, TEXT)
        assert faults(TEXT, roster) == []
        costs.add(penalty(TEXT, roster))
    assert len(costs) == 1


@pytest.mark.skipif(is_missing("bench/rosters/Instance1.txt"), reason=REASON)
def test_the_first_instance_is_proved() -> None:
    row = measured(1, "lines", lines, 120.0)
    assert (row.value, row.bound, row.is_proven, row.is_checked) == (607, 607, True, True)


@pytest.mark.skipif(is_missing("bench/rosters/Instance2.txt"), reason=REASON)
def test_a_run_has_a_row_for_every_instance_and_engine() -> None:
    rows = run([1, 2], 60.0, {"lines": lines})
    assert [(row.instance, row.engine, row.value) for row in rows] == [(1, "lines", 607), (2, "lines", 828)]
