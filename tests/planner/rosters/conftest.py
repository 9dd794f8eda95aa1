"""A desk like the LAN help desk (4 + 2 people, invented) and the roster problem of its April."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from forecasts.calendar import Calendar
from forecasts.slots import Grid, Period
from planner.desk import Desk, Grade, Labour, Person, Reception, Shift, Target, Terms
from planner.desk_levers import Levers
from planner.formation import Away, Formation, Pattern, Seat
from planner.rosters.problem import roster_problem
from planner.rosters.roster import RosterProblem

APRIL = Period(date(2026, 4, 1), date(2026, 5, 1))


@dataclass(frozen=True, slots=True)
class ChosenChange:
    """What a roster reads of an Alternative."""

    formation: Formation
    pattern: Pattern
    days_changed: tuple[date, ...]


def make_seat(grade: str, start_min: int, break_min: int, *, is_extra: bool = False) -> Seat:
    return Seat(grade, start_min, start_min + 540, (Away(break_min, break_min + 60, "break"),), is_extra)


STANDING = Pattern(
    (
        make_seat("standard", 510, 720),
        make_seat("standard", 555, 780),
        make_seat("junior", 510, 720),
        make_seat("junior", 555, 780),
    )
)
PLUS_ONE = Pattern(
    (
        make_seat("standard", 450, 690),
        make_seat("standard", 615, 840),
        make_seat("junior", 510, 720),
        make_seat("junior", 555, 780),
        make_seat("standard", 555, 750, is_extra=True),
    )
)


@pytest.fixture
def lan_desk() -> Desk:
    def person(number: int, grade: str, shift: str, *leave: date) -> Person:
        return Person(f"p{number}", f"要員{number}", grade, standing_shift=shift, leave=frozenset(leave))

    def on_call(name: str, *leave: date) -> Person:
        return Person(name, name, "senior", is_resident=False, may_manage=True, leave=frozenset(leave))

    return Desk(
        id="lan",
        name="見本省LAN受付窓口",
        calendar=Calendar(),
        grid=Grid(15),
        reception=Reception(510, 1095),
        channels=(),
        grades=(
            Grade("standard", "一般SE", 900_000),
            Grade("junior", "初級SE", 800_000),
            Grade("senior", "中級SE", 1_100_000),
        ),
        people=(
            replace(person(1, "standard", "early", date(2026, 4, 17)), may_manage=True),
            person(2, "standard", "late"),
            person(3, "junior", "early", date(2026, 4, 28)),
            person(4, "junior", "late"),
            on_call("責任者", date(2026, 4, 10)),
            on_call("リーダー"),
        ),
        shifts=(Shift("early", "早番", 510, 1050), Shift("late", "遅番", 555, 1095)),
        levers=Levers(),
        target=Target(),
        labour=Labour(),
        terms=Terms("見本省", "主管課", "主管課長", "受託事業者", "責任者", "体制の維持"),
    )


@pytest.fixture
def plus_one(lan_desk: Desk) -> ChosenChange:
    days = lan_desk.calendar.office_days(APRIL.start, date(2026, 4, 18))
    return ChosenChange(Formation(450, 1155, (("standard", 3), ("junior", 2))), PLUS_ONE, days)


@pytest.fixture
def lan_desk_month(lan_desk: Desk, plus_one: ChosenChange) -> RosterProblem:
    return roster_problem(lan_desk, APRIL.days, plus_one, STANDING)
