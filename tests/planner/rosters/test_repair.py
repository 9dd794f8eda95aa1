"""Repair: the best service that is left, the fewest changed cells, what stays; against trying everything."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from planner.rosters.check import violations
from planner.rosters.notation import case
from planner.rosters.notation_cells import day_at, seat_of
from planner.rosters.repair import CellChange, changed_cells, repair_problem, repaired
from planner.rosters.roster import Duty, Lock, NoRoster, Roster, RosterProblem
from planner.rosters.rules import RULES
from planner.rosters.search import Cancelled
from planner.rosters.solve import solved

SERVICE = {rule.code for rule in RULES if rule.stage == "service" and not rule.is_hard}
HARD = {rule.code for rule in RULES if rule.is_hard}
STAND_IN = "open 8-18\nA=8-17 . 8-17 8-17\nB=9-18 . 9-18 9-18\nC=9-18 . . .\n~M! . . .\nreach x x x"


def every_roster(problem: RosterProblem) -> list[Roster]:
    """Everybody who sits at the desk, on every day: on one of its kinds of seats, or at home."""
    residents = [person.id for person in problem.people if person.is_resident]
    gone = {(lock.person, lock.day) for lock in problem.locks if lock.seat is None}
    cells = [cell for cell in product(residents, problem.days) if cell not in gone]
    kinds = {
        day: [None, *dict.fromkeys((*problem.seats.get(day, ()), *problem.menu.get(day, ())))]
        for day in problem.days
    }
    return [
        Roster(
            tuple(
                sorted(Duty(day, who, seat) for (who, day), seat in zip(cells, chosen, strict=True) if seat)
            )
        )
        for chosen in product(*(kinds[day] for _, day in cells))
    ]


def best_by_trying(problem: RosterProblem, before: Roster) -> tuple[int, int]:
    """Return the least points of service, and the fewest changed cells among the rosters that have them."""
    found = []
    for roster in every_roster(problem):
        broken = violations(problem, roster)
        if all(v.cost for v in broken):
            service = sum(v.cost for v in broken if v.rule in SERVICE)
            found.append((service, len(changed_cells(before, roster))))
    return min(found)


@pytest.mark.parametrize(
    ("text", "person", "n_day"),
    [
        (STAND_IN, "A", 1),
        (STAND_IN, "B", 2),
        ("open 8-18\nA=8-17 . 8-17 8-17\nB=9-18 . 9-18 9-18\n~M! . . .\nreach x x x", "A", 1),
        ("open 9-18\nA!=9-18 . 9-18 9-18\nB!=9-18 . . 9-18(14-15)\nC . . .", "B", 2),
        ("A=9-18 . 9-18@junior 9-18\nB@junior=9-18 . 9-18@junior 8-17@junior\nC . . .", "B", 1),
        ("A . 13-22 9-18\nB . 9-18 13-22\nC . . .", "A", 1),
        ("A . 9-18 9-18\nB . . . | 6-15", "A", 1),
        (
            "menu 9-18 8-17\nneed 8-9x1 9-17x1 17-18x1\nA=9-18 8-17* 9-18*\nB=9-18 9-18* 8-17*\nC=9-18 . .",
            "A",
            0,
        ),
    ],
)
def test_no_roster_of_as_good_service_changes_fewer_cells(text: str, person: str, n_day: int) -> None:
    asked = case(text)
    absent = {person: [day_at(n_day)]}
    after = repaired(asked.problem, asked.roster, absent=absent)
    service = sum(v.cost for v in after.violations if v.rule in SERVICE)
    n_changed = len(changed_cells(asked.roster, after))
    question = repair_problem(asked.problem, asked.roster, absent=absent)
    assert (service, n_changed) == best_by_trying(question, asked.roster)
    assert [s.stage for s in after.stages] == ["service", "change", "cost", "fairness"]
    assert after.stages[1].value == 10_000 * n_changed
    assert after.objective == sum(s.value for s in after.stages) == sum(v.cost for v in after.violations)


def test_whoever_is_free_steps_in() -> None:
    asked = case(STAND_IN)
    after = repaired(asked.problem, asked.roster, absent={"A": [day_at(1)]})
    early = seat_of("8-17", "standard")[0]
    assert changed_cells(asked.roster, after) == (
        CellChange("A", day_at(1), early, None),
        CellChange("C", day_at(1), None, early),
    )


def test_nobody_who_is_ill_has_a_duty_even_where_a_seat_stays_vacant() -> None:
    asked = case("open 9-18\nA . 9-18\nB@junior . .\n~M! . .\nreach . x")
    after = repaired(asked.problem, asked.roster, absent={"A": [day_at(1)]})
    assert not after.duties
    assert {v.rule for v in after.violations} >= {"vacancy", "unattended"}


def test_who_is_ill_cannot_be_called() -> None:
    asked = case("open 9-18\nA . 9-18\n~M! . .\n~N! . .\nreach . x")
    reachable = repair_problem(asked.problem, asked.roster, absent={"M": [day_at(1)]}).reachable
    assert reachable == {("N", day_at(1))}


def test_locked_cells_stay_as_they_are() -> None:
    asked = case(STAND_IN.replace("C=9-18 . . .", "C=8-17 . . .\nD=13-22 . . ."))
    free = Lock("C", day_at(1))
    freely = repaired(asked.problem, asked.roster, absent={"A": [day_at(1)]})
    locked = repaired(asked.problem, asked.roster, absent={"A": [day_at(1)]}, locks=[free])
    assert {c.person for c in changed_cells(asked.roster, freely)} == {"A", "C"}
    assert {c.person for c in changed_cells(asked.roster, locked)} == {"A", "D"}


def test_what_is_past_stays_as_it_was_though_it_was_poor() -> None:
    """At six B leaves and nobody is there until the end; B could have had the late break."""
    asked = case("open 9-18\nA!=9-18 . 9-18 9-18\nB!=9-18 . 9-18 9-18(14-15)\nC . . .\nneed 13-14x2")
    problem = replace(asked.problem, menu=dict.fromkeys(asked.problem.days, (seat_of("13-14", "")[0],)))
    first, second = day_at(1), day_at(2)
    at_once = repaired(problem, asked.roster, absent={"A": [second]})
    later = repaired(problem, asked.roster, absent={"A": [second]}, from_day=second)
    assert first in {c.day for c in changed_cells(asked.roster, at_once)}
    assert {c.day for c in changed_cells(asked.roster, later)} == {second}


def test_absence_in_the_past_is_no_matter_of_a_repair() -> None:
    asked = case(STAND_IN)
    after = repaired(asked.problem, asked.roster, absent={"A": [day_at(1)]}, from_day=day_at(2))
    assert after.duties == asked.roster.duties


def test_days_without_a_change_keep_their_very_seats() -> None:
    """Other breaks would be no changed cell, but nobody is told of them for nothing."""
    rows = "open 9-18\nA!=9-18 . 9-18(13-14) 9-18\nB!=9-18 . 9-18(13-14) 9-18(13-14)\nC=9-18 . . ."
    asked = case(rows)
    after = repaired(asked.problem, asked.roster, absent={"B": [day_at(2)]})
    kept = {duty for duty in asked.roster.duties if duty.day == day_at(1)}
    assert kept <= set(after.duties)


def test_nobody_is_moved_to_save_cost() -> None:
    """A senior sits on a junior's seat; to set that right would change two cells more."""
    asked = case("A@senior=9-18 . 9-18@junior 9-18@senior\nB@junior=9-18 . . .\nC@senior . . .")
    after = repaired(asked.problem, asked.roster, absent={"A": [day_at(2)]})
    assert [(c.person, c.day) for c in changed_cells(asked.roster, after)] == [
        ("A", day_at(2)),
        ("C", day_at(2)),
    ]


def test_a_repair_that_no_rule_allows_is_refused() -> None:
    asked = case("open 9-18\nA! . 9-18\nB . 9-18")
    with pytest.raises(NoRoster):
        repaired(asked.problem, asked.roster, absent={"A": [day_at(1)]})


def test_the_same_seed_repairs_the_same_way(lan_desk_month: RosterProblem) -> None:
    before = solved(lan_desk_month, seed=0)
    absent = {"p2": [date(2026, 4, 8), date(2026, 4, 9)]}
    one, other = (repaired(lan_desk_month, before, absent=absent, seed=1) for _ in range(2))
    assert one == other
    assert one.proof == "optimal"
    assert not {v.rule for v in one.violations} & HARD
    assert len(changed_cells(before, one)) <= 2 * len(absent["p2"])


def test_progress_is_told_by_the_names_of_the_answer() -> None:
    asked = case(STAND_IN)
    told: list[tuple[str, float]] = []

    def tell(stage: str, share: float) -> None:
        told.append((stage, share))

    repaired(asked.problem, asked.roster, absent={"A": [day_at(1)]}, progress=tell)
    assert {stage for stage, _ in told} >= {"service", "change"}
    assert all(0 < share <= 1 for _, share in told)


def test_a_repair_ends_when_nobody_waits_for_it() -> None:
    asked = case(STAND_IN)
    with pytest.raises(Cancelled):
        repaired(asked.problem, asked.roster, absent={"A": [day_at(1)]}, watch=lambda: False)


def test_equal_hours_are_no_change() -> None:
    before = case("A 9-18(12-13) 9-18 .\nB . 9-18 9-18").roster
    after = case("A 9-18(13-14) 9-18(12-12:59) .\nB@junior . 9-18 9-19").roster
    found = [(c.person, c.day) for c in changed_cells(before, after)]
    assert found == [("A", day_at(1)), ("B", day_at(2))]
    assert changed_cells(before, before) == ()
    assert [(c.before, c.after) for c in changed_cells(before, Roster(()))] == [
        (duty.seat, None) for duty in sorted(before.duties, key=lambda duty: (duty.person, duty.day))
    ]


def test_a_lock_of_the_problem_gives_way_to_illness() -> None:
    asked = case("lock A 1 9-18\nA . 9-18\nB . .")
    after = repaired(asked.problem, asked.roster, absent={"A": [day_at(1)]})
    assert [duty.person for duty in after.duties] == ["B"]


def test_what_was_frozen_stays_frozen_but_for_who_is_ill() -> None:
    """A late duty is better covered than an early one; but only where A has not been told yet."""
    rows = "open 9-22\nmenu 14-22\nA . 9-17 9-17\nB . 13-22 13-22\n~M! . . .\nreach x x x"
    asked = case(rows)
    frozen = replace(asked.problem, frozen_until=day_at(2))
    after = repaired(frozen, asked.roster, absent={"B": [day_at(1), day_at(2)]})
    assert [c.day for c in changed_cells(asked.roster, after) if c.person == "B"] == [day_at(1), day_at(2)]
    assert {c.day for c in changed_cells(asked.roster, after) if c.person == "A"} <= {day_at(2)}


def test_somebody_else_who_was_told_to_stay_at_home_is_not_called_in() -> None:
    asked = case("A . 9-18 9-18\nB . . 13-22")
    frozen = replace(asked.problem, frozen_until=day_at(2))
    with pytest.raises(NoRoster):  # B is free on the first day, and nobody else could fill the seat
        repaired(frozen, asked.roster, absent={"A": [day_at(1)]})
