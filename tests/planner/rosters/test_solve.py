"""The solver: known optima, clashes named, a month as the LAN desk works it, a checker without a solver."""

import subprocess
import sys
from itertools import product

import pytest

from planner.rosters.check import violations
from planner.rosters.notation import case
from planner.rosters.roster import Duty, NoRoster, Roster, RosterProblem
from planner.rosters.rules import RULES
from planner.rosters.solve import solved

HARD = {rule.code for rule in RULES if rule.is_hard}

TINY = """
open 8-18
A=8-17   .  8-17  13-22
B=9-18   .  8-17  L
"""


def all_rosters(problem: RosterProblem) -> list[Roster]:
    """Every way to give each seat to one person or nobody."""
    places = [(day, seat) for day in problem.days for seat in problem.seats[day]]
    choices = product([None, *(person.id for person in problem.people)], repeat=len(places))
    return [
        Roster(
            tuple(
                sorted(Duty(day, who, seat) for (day, seat), who in zip(places, chosen, strict=True) if who)
            )
        )
        for chosen in choices
    ]


@pytest.mark.parametrize(
    "text",
    [
        "open 8-18\nA=8-17 . 9-18 13-22\nB=9-18 . 8-17 8-17\n~M! . . .\nreach x x x",
        "open 9-18\nA=9-18 . 9-18 L9-18\nB!=9-18 . 9-18(14-15) 9-18(14-15)",
        "open 8-19\nA!=9-18 . 8-17 8-17\nB!=10-19 . 10-19 10-19",
        "A=9-18 . 9-18@junior 9-18\nB@junior=9-18 . 9-18@junior 8-17@junior\n+C . 9-18+ .",
        "A . 13-22 | 6-15 9-18\nB . . 9-18 8-17",
        "A=9-18 9-18 9-18 9-18 9-18 . | 9-14 9-14\nB=10-19 . . . . . . 9-18",
    ],
)
def test_the_optimum_of_a_tiny_case_is_that_of_trying_everything(text: str) -> None:
    problem = case(text).problem
    costs = []
    for roster in all_rosters(problem):
        found = violations(problem, roster)
        if all(v.cost for v in found):
            costs.append(sum(v.cost for v in found))
    answer = solved(problem, seed=0)
    assert answer.proof == "optimal"
    assert answer.objective == min(costs)
    assert answer.bound == pytest.approx(answer.objective)
    assert answer.violations == violations(problem, answer)


CLASHES = {
    "a day too long": ("A 9-19 .", ("coverage", "daily_hours")),
    "a break at the edge": ("A 9-18(17-18) .", ("coverage", "breaks")),
    "six full days and nobody else": ("A . 9-18 9-18 9-18 9-18 9-18 9-18", ("coverage", "weekly_hours")),
    "seven short days": ("A 9-14 9-14 9-14 9-14 9-14 9-14 9-14", ("coverage", "weekly_rest")),
    "home at ten, back at six": ("A 13-22 6-15", ("coverage", "rest_interval_floor")),
    "nobody may manage": ("open 9-18\nA 9-18 .", ("designated_manager",)),
    "overtime beyond the agreement": ("overtime 1\nA 9-19:15 .", ("coverage", "overtime_month")),
    "two duties, one person": (
        "open 9-18\nA! 9-14&14-18 .\nB@junior . 9-18",
        ("one_duty", "designated_manager"),
    ),
}


@pytest.mark.parametrize(("text", "clash"), CLASHES.values(), ids=CLASHES)
def test_a_clash_names_the_rules_that_cannot_all_be_kept(text: str, clash: tuple[str, ...]) -> None:
    with pytest.raises(NoRoster) as caught:
        solved(case(text).problem, seed=0)
    assert set(caught.value.clashing) == set(clash)


def test_a_clash_is_lifted_by_somebody_more() -> None:
    tired = "A . 9-18 9-18 9-18 9-18 9-18 9-18\nB . . . . . . ."
    assert {v.rule for v in solved(case(tired).problem, seed=0).violations} <= {"stable_start"}


def test_leave_leaves_a_seat_vacant_and_the_roster_says_so() -> None:
    problem = case("open 9-19\nA=9-18 . 9-18 9-18\nB=10-19 . 10-19 L10-19\n~M! . . .\nreach x x x").problem
    roster = solved(problem, seed=0)
    assert len(roster.duties) == 3
    found = [v for v in roster.violations if v.rule == "vacancy"]
    assert [(v.day, v.found) for v in found] == [(problem.days[2], "一般SE 10:00〜19:00が欠員")]
    assert not [v for v in roster.violations if v.rule == "leave"]


def test_a_vacancy_goes_where_reception_stays_attended() -> None:
    """The person who opens is away: somebody else opens, though it moves a standing start."""
    rows = "open 8-18\nA=8-17 . L8-17\nB=9-18 . 9-18\nC=9-18 . 9-18(14-15)\n~M! . .\nreach x x"
    roster = solved(case(rows).problem, seed=0)
    assert min(duty.seat.start_min for duty in roster.duties) == 8 * 60
    assert {v.rule for v in roster.violations} == {"vacancy", "standing_start"}


def test_the_same_seed_gives_the_same_roster(lan_desk_month: RosterProblem) -> None:
    assert solved(lan_desk_month, seed=3) == solved(lan_desk_month, seed=3)


def test_a_month_of_the_lan_desk_is_proved_best_and_lawful(lan_desk_month: RosterProblem) -> None:
    roster = solved(lan_desk_month, seed=0)
    assert roster.proof == "optimal"
    assert not {v.rule for v in roster.violations} & HARD
    assert roster.objective == sum(v.cost for v in roster.violations)
    opening = {(duty.day, duty.person) for duty in roster.duties if duty.seat.start_min == 450}
    weeks = {day.isocalendar().week for day, _ in opening}
    assert len(weeks) == 3
    # One person opens all week but for leave (17 April: p1 is away, p2 opens).
    assert len({(day.isocalendar().week, person) for day, person in opening}) <= len(weeks) + 1
    vacant = [v.day.day for v in roster.violations if v.rule == "vacancy"]
    assert vacant == [17, 28]


def test_the_checkers_load_no_solver() -> None:
    code = "import sys, planner.rosters.check; print('ortools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
