"""Which residents a year may have."""

from dataclasses import replace

import pytest

from planner.capacity.crews import Crew, choices, crews, without
from planner.desk import Person
from planner.desk_levers import Levers
from tests.planner.alternatives.small_desk import make_desk


def test_one_fewer_of_each_grade_the_present_and_up_to_two_more() -> None:
    found = choices(make_desk())
    assert [(r.change, r.fewer, r.total) for r in found] == [
        (-1, "standard", 2), (-1, "junior", 2), (0, "", 3), (1, "", 4), (2, "", 5),
    ]  # fmt: skip
    assert dict(found[-1].heads) == {"standard": 2, "junior": 3}
    assert [r.monthly_yen(make_desk()) for r in found[:3]] == [1_700_000, 1_800_000, 2_600_000]


def test_who_may_manage_stays() -> None:
    desk = make_desk()
    people = tuple(replace(p, may_manage=True) if p.grade == "standard" else p for p in desk.people)
    assert [r.fewer for r in choices(replace(desk, people=people)) if r.fewer] == ["junior"]
    with pytest.raises(ValueError, match="those who may manage stay"):
        without(replace(desk, people=people), "standard")


def test_the_minimum_at_reception_is_not_undercut() -> None:
    desk = make_desk(minimum_heads=3)
    assert all(not r.fewer for r in choices(desk))


def test_the_others_take_over_the_operations_work() -> None:
    desk = make_desk()
    left = without(desk, "standard")
    assert [p.id for p in left.residents] == ["p1", "p3"] or [p.id for p in left.residents] == ["p2", "p3"]
    before = sum(desk.grade(p.grade).operations_min for p in desk.residents)
    assert sum(left.grade(p.grade).operations_min for p in left.residents) >= before


def test_a_desk_without_levers_asks_for_no_temporary_people() -> None:
    desk = make_desk(levers=Levers(extra_heads=0, extra_grade="junior"))
    assert set(crews(desk)) == {
        Crew("", 0), Crew("", 1), Crew("", 2), Crew("standard", 0), Crew("junior", 0),
    }  # fmt: skip


def test_one_person_alone_cannot_be_spared() -> None:
    alone = (Person("p1", "架空 一", "junior", standing_shift="early"),)
    assert [r.change for r in choices(make_desk(people=alone))] == [0, 1, 2]
