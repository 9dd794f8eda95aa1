"""Calls one by one: against a person on paper, and the rules of breaks, shift ends and closing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.queueing.line import Conventions
from planner.queueing.shop import Shop, Stretch
from planner.queueing.simulated.calls import Answers, Calls, answers
from planner.queueing.simulated.crew import crew
from tests.planner.queueing_builder import make_shop

FULL, ON_TIME = Conventions(), Conventions(returns="on_time")


def served(shop: Shop, *calls: tuple[float, float, float], conventions: Conventions = FULL) -> Answers:
    """Serve one day of calls: (minute, handling, patience)."""
    minute, handling, patience = np.array(calls, dtype=float).reshape(-1, 3).T
    row = np.zeros(len(calls), dtype=np.int64)
    shops = np.zeros(1, dtype=np.int64)
    return answers(Calls(row, minute, handling, patience, shops), crew([shop], conventions))


def test_a_call_waits_for_the_one_before() -> None:
    found = served(make_shop(((540, 720),)), (600, 10, 99), (603, 10, 99), (630, 10, 99))
    assert found.start.tolist() == [600, 610, 630]


def test_who_hangs_up_takes_nobody() -> None:
    found = served(make_shop(((540, 720),)), (600, 10, 99), (601, 10, 5), (602, 10, 99))
    assert found.start.tolist() == [600, np.inf, 610]


def test_two_people_answer_two_calls() -> None:
    found = served(make_shop(((540, 720),), ((540, 720),)), (600, 10, 99), (601, 10, 99), (602, 1, 99))
    assert found.start.tolist() == [600, 601, 610]


def test_who_is_idle_longest_answers() -> None:
    early, late = ((510, 1000),), ((510, 1095),)
    found = served(make_shop(early, late), (600, 1, 99), (620, 1, 99), (640, 1, 99))
    assert found.leaves.tolist() == [1000, 1095, 1000]


def test_a_call_in_a_break_waits_for_its_end() -> None:
    found = served(make_shop(((540, 720), (780, 1095))), (730, 10, 99))
    assert found.start.tolist() == [780]


def test_a_break_is_moved_not_cut() -> None:
    found = served(make_shop(((540, 720), (780, 1095))), (715, 10, 99), (770, 10, 99))
    assert found.start.tolist() == [715, 785]


def test_a_break_is_cut_where_people_return_on_time() -> None:
    shop = make_shop(((540, 720), (780, 1095)))
    found = served(shop, (715, 10, 99), (770, 10, 99), conventions=ON_TIME)
    assert found.start.tolist() == [715, 780]
    # Unless the call in hand still lasts then.
    found = served(shop, (715, 70, 99), (770, 10, 99), conventions=ON_TIME)
    assert found.start.tolist() == [715, 785]


def test_on_time_a_call_may_last_through_a_whole_stretch() -> None:
    shop = make_shop(((540, 600), (610, 620), (700, 1095)))
    found = served(shop, (595, 60, 99), (615, 5, 99), conventions=ON_TIME)
    assert found.start.tolist() == [595, 700]


def test_a_call_in_hand_is_finished_then_the_duty_is_over() -> None:
    early, late = ((510, 600),), ((900, 1095),)
    found = served(make_shop(early, late), (595, 30, 99), (610, 5, 20), (890, 5, 20))
    assert found.start.tolist() == [595, np.inf, 900]


def test_the_last_crew_stays_until_the_line_is_empty() -> None:
    found = served(make_shop(((510, 1095),)), (1080, 30, 99), (1090, 10, 99), (1094, 5, 99))
    assert found.start.tolist() == [1080, 1110, 1120]


def test_nobody_there_answers_nobody() -> None:
    assert served(make_shop(), (600, 10, 99)).start.tolist() == [np.inf]
    assert served(make_shop(((510, 1095),))).start.size == 0


def test_adjoining_stretches_are_one() -> None:
    found = served(make_shop(((540, 600), (600, 700))), (595, 10, 99), (601, 5, 99))
    assert found.start.tolist() == [595, 605]
    assert found.leaves.tolist() == [700, 700]


def on_paper(
    stretches: tuple[Stretch, ...], closes: int, calls: list[tuple[float, float, float]], *, is_moved: bool
) -> list[float]:
    """One person, call by call: what is left of the day's stretches, moved by every overrun or not."""
    left, starts = [list(map(float, s)) for s in stretches], []
    if left[-1][1] >= closes:
        left[-1][1] = np.inf
    free = 0.0
    for minute, handling, patience in calls:
        at = max(minute, free)
        while left and at >= left[0][1]:
            left.pop(0)
        start = max(at, left[0][0]) if left else np.inf
        if not start - minute <= patience or start == np.inf:
            starts.append(np.inf)
            continue
        starts.append(start)
        free = start + handling
        if free >= left[0][1]:
            back = left[1][0] if len(left) > 1 else np.inf
            free = back + free - left[0][1] if is_moved else max(back, free)
    return starts


quarters = st.lists(st.integers(36, 72), min_size=2, max_size=6, unique=True).filter(
    lambda q: len(q) % 2 == 0
)
call = st.tuples(st.floats(540, 1079), st.floats(0.5, 90), st.floats(0, 60))


@given(
    quarters=quarters,
    calls=st.lists(call, min_size=1, max_size=12),
    conventions=st.sampled_from([FULL, ON_TIME]),
)
def test_one_person_does_as_on_paper(
    quarters: list[int], calls: list[tuple[float, float, float]], conventions: Conventions
) -> None:
    edges = [15 * q for q in sorted(quarters)]
    stretches = tuple(zip(edges[::2], edges[1::2], strict=True))
    calls = sorted(calls)
    found = served(make_shop(stretches, opens=540, closes=1080), *calls, conventions=conventions)
    expected = on_paper(stretches, 1080, calls, is_moved=conventions.returns == "full")
    assert found.start.tolist() == pytest.approx(expected)
