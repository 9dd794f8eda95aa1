"""Small questions with rows and charges drawn at random."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from planner.desk import Labour, Person
from planner.formation import Seat
from planner.rosters.linear import Linear
from planner.rosters.roster import RosterProblem
from planner.rosters.rule import Rule, Term, Variables

MONDAY = date(2024, 1, 1)
Drawn = Callable[[int], Linear]


def _rule(code: str, apply: Callable[[RosterProblem, Variables], None]) -> Rule:
    return Rule(code, code, "", (), False, apply, lambda _problem, _roster: (), (), ())


def _sum(random: Random, problem: RosterProblem, variables: Variables, person: str) -> list[Term]:
    """Draw a sum over some days of a person: plain decisions, and a union of two days now and then."""
    days = sorted(random.sample(problem.days, random.randint(1, len(problem.days))))
    terms = [
        (random.choice([-2, -1, 1, 1, 2]), variables.works(person, day, seat))
        for day in days
        for seat in range(2)
        if random.random() < 0.8
    ]
    if random.random() < 0.6:
        pair = [
            variables.works(person, day, seat) for day in random.sample(problem.days, 2) for seat in range(2)
        ]
        terms.append((random.choice([-1, 1, 2]), variables.any_of(pair)))
    return terms


def drawn_linear(seed: int, n_people: int = 2, n_days: int = 4, *, has_links: bool = True) -> Linear:
    """Draw a question: people with a choice of two duties a day, own rows, own charges, links."""
    random = Random(seed)  # noqa: S311  # draws questions, keeps no secret
    days = tuple(MONDAY + timedelta(days=n) for n in range(n_days))
    people = tuple(Person(id=f"P{n}", name="", grade="") for n in range(n_people))
    seats: tuple[Seat, ...] = (Seat("", 0, 480), Seat("", 60, 540))
    menu = dict.fromkeys(days, seats)
    problem = RosterProblem(days, people, {}, {}, {}, frozenset(), Labour(), menu=menu)

    def own(problem: RosterProblem, variables: Variables) -> None:
        for person in problem.people:
            for day in problem.days:
                variables.keep([(1, variables.works(person.id, day, seat)) for seat in range(2)], at_most=1)
            for _ in range(3):
                terms = _sum(random, problem, variables, person.id)
                low = random.choice([None, -1, 0, 1])
                variables.keep(terms, low, random.choice([None, (low or 0) + 1, (low or 0) + 2]))
                cost = random.randint(1, 5)
                variables.penalise(_sum(random, problem, variables, person.id), random.randint(-2, 2), cost)

    def links(problem: RosterProblem, variables: Variables) -> None:
        for day, seat in product(problem.days, range(2)):
            people = [variables.works(person.id, day, seat) for person in problem.people]
            variables.penalise([(-1, x) for x in people], -random.randint(0, 2), random.randint(1, 9))
            variables.penalise([(1, x) for x in people], random.randint(0, 2), random.randint(1, 9))
        either = variables.any_of([variables.works(person.id, days[0], 0) for person in problem.people])
        variables.penalise([(-1, either)], -1, 7)
        every = [(1, variables.works(p.id, day, 0)) for p in problem.people for day in problem.days]
        variables.keep(every, at_least=1, at_most=6)

    return Linear(problem, [_rule("own", own), *([_rule("links", links)] if has_links else [])])


def rosters_of(linear: Linear, people: int) -> Iterator[list[int]]:
    """Yield the values of every roster with a duty a day at most."""
    options = [
        (0, *(linear.works(linear.problem.people[n].id, day, seat) for seat in range(2)))
        for n in range(people)
        for day in linear.problem.days
    ]
    for chosen in product(*options):
        values = [0] * linear.size
        values[1] = 1
        for literal in chosen:
            if literal:
                values[literal] = 1
        yield linear.completed(values)


@pytest.fixture
def drawn() -> Callable[..., Linear]:
    return drawn_linear


@pytest.fixture
def rosters() -> Callable[[Linear, int], Iterator[list[int]]]:
    return rosters_of
