"""planner/alternatives/solver.py: the pattern with the fewest late calls, as brute force finds it."""

from dataclasses import replace
from itertools import combinations_with_replacement, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.slots import Grid
from planner.alternatives.question import Crew, PatternQuestion
from planner.alternatives.solver import designed

HOUR = 60
OPENS, CLOSES = 9 * HOUR, 17 * HOUR
# 5 h of work and a break of 1 h, of which 2 h are operations work, on a grid of hours.
TWO = Crew("standard", 2, (9 * HOUR, 10 * HOUR, 11 * HOUR), 5 * HOUR, HOUR, 2 * HOUR, (9 * HOUR, 10 * HOUR))
ONE = Crew("junior", 1, (9 * HOUR, 11 * HOUR), 5 * HOUR, HOUR, 0, is_extra=True)

tables = st.lists(
    st.lists(st.integers(0, 20).map(lambda n: n / 4), min_size=4, max_size=4), min_size=8, max_size=8
)


def make_question(rows: list[list[float]], **changes: object) -> PatternQuestion:
    table = np.zeros((24, 4))
    table[9:17] = rows
    return replace(PatternQuestion(Grid(60), OPENS, CLOSES, (TWO, ONE), table), **changes)


def duties(crew: Crew) -> set[tuple[int, ...]]:
    """Hours of the day (0 to 23) at reception, of every duty a member of the crew may work."""
    found = set()
    for start in (s // 60 for s in crew.starts_min):
        end, operations = start + crew.duty_min // 60, crew.operations_min // 60
        # Break: from half of the work on, up to an hour before its end, on the hour and around noon.
        for pause in range(-(-(2 * start + 5) // 2), start + 5):
            if not 11 <= pause <= 14:
                continue
            before, after = range(start, pause), range(pause + 1, end)
            for blocks in _blocks(before, after, operations):
                away = {pause, *blocks}
                found.add(tuple(h for h in range(start, end) if h not in away))
    return found


def _blocks(before: range, after: range, hours: int) -> list[tuple[int, ...]]:
    if not hours:
        return [()]
    whole = [tuple(range(h, h + hours)) for part in (before, after) for h in part if h + hours - 1 in part]
    return whole + list(product(before, after))


def brute_force(question: PatternQuestion) -> tuple[int, float]:
    """The fewest missing head-hours, then late calls, over every combination of duties."""
    best = (10**6, 0.0)
    for pair in combinations_with_replacement(sorted(duties(TWO)), 2):
        for third in duties(ONE):
            heads = np.bincount([h for duty in (*pair, third) for h in duty], minlength=24)[9:17]
            missing = int(np.maximum(question.minimum_heads - heads, 0).sum())
            late = sum(question.late_table[9 + h, k] for h, k in enumerate(heads))
            best = min(best, (missing, float(late)))
    return best


@settings(max_examples=15)
@given(rows=tables, minimum=st.integers(1, 2))
def test_the_pattern_is_as_good_as_brute_force_for_any_table(rows, minimum):
    question = make_question(rows, minimum_heads=minimum)
    pattern, proof = designed(question)
    missing, late = brute_force(question)
    heads = pattern.heads(question.grid)[9:17]
    assert np.maximum(minimum - heads, 0).sum() == missing
    assert proof.late_calls == pytest.approx(late)
    assert (proof.status, proof.bound) == ("optimal", proof.late_calls)


def make_desk_question(extra: int = 0, minimum_heads: int = 1) -> PatternQuestion:
    """Four people, 15-minute slots, free starts, as on the first desk."""
    starts = (450, 480, 510, 555, 615)
    crews = [
        Crew("standard", 2, starts, 480, 60, 150, (510, 555)),
        Crew("junior", 2, starts, 480, 60, 45, (510, 555)),
    ]
    if extra:
        crews.append(Crew("junior", extra, starts, is_extra=True))
    calls = np.zeros(96)
    calls[30:77] = 1 + np.sin(np.arange(47) / 7.0) ** 2
    table = calls[:, None] * np.exp(-0.8 * np.arange(7))[None, :]
    return PatternQuestion(Grid(15), 450, 1155, tuple(crews), table, minimum_heads)


@pytest.fixture(scope="module")
def of_desk():
    return designed(make_desk_question())


def test_every_duty_is_lawful(of_desk):
    for seat in of_desk[0].seats:
        breaks = [a for a in seat.away if a.kind == "break"]
        assert seat.work_min == 8 * 60
        assert [a.end_min - a.start_min for a in breaks] == [60]
        assert seat.start_min < breaks[0].start_min < breaks[0].end_min < seat.end_min


def test_every_duty_does_its_operations_work_in_at_most_two_blocks(of_desk):
    for seat in of_desk[0].seats:
        blocks = [a for a in seat.away if a.kind == "operations"]
        assert sum(a.end_min - a.start_min for a in blocks) == {"standard": 150, "junior": 45}[seat.grade]
        assert len(blocks) <= 2
        ordered = sorted(seat.away)
        assert all(a.end_min <= b.start_min for a, b in pairwise(ordered))
        assert seat.start_min <= ordered[0].start_min
        assert ordered[-1].end_min <= seat.end_min


def test_the_minimum_is_kept_from_opening_to_closing(of_desk):
    assert of_desk[0].heads(Grid(15))[30:77].min() >= 1
    assert of_desk[0].headcount() == {"standard": 2, "junior": 2}


def test_extra_people_do_no_operations_work_and_are_never_worse(of_desk):
    late = [of_desk[1].late_calls]
    for extra in (1, 2):
        pattern, proof = designed(make_desk_question(extra))
        assert sum(s.is_extra for s in pattern.seats) == extra
        assert all(a.kind == "break" for s in pattern.seats if s.is_extra for a in s.away)
        late.append(proof.late_calls)
    assert late == sorted(late, reverse=True)


def test_the_same_question_gives_the_same_pattern(of_desk):
    assert designed(make_desk_question()) == of_desk


def test_starts_stay_where_a_move_gains_nothing():
    question = make_desk_question()
    idle = replace(question, late_table=np.zeros((96, 7)), opens_min=510, closes_min=1095)
    pattern, proof = designed(idle)
    assert sorted(s.start_min for s in pattern.seats) == [510, 510, 555, 555]
    assert proof.late_calls == 0.0


def test_operations_work_that_does_not_fit_is_named():
    crew = Crew("standard", 1, (540,), 480, 60, 500)
    with pytest.raises(ValueError, match="500 min of operations work do not fit"):
        designed(replace(make_desk_question(), crews=(crew,)))
