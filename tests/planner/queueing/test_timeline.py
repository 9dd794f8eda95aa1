"""A shop's day cut into segments, and what is no timeline."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.queueing.shop import Stretch
from planner.queueing.simulated.crew import crew
from planner.queueing.timeline import Return, Timeline, timeline
from tests.planner.queueing_builder import make_shop


def test_a_lunch_break_and_a_hand_over_at_the_same_minute() -> None:
    shop = make_shop(((540, 600), (645, 720)), ((600, 720),), opens=540, closes=720)
    found = timeline(shop, 60)
    assert found.bounds_min == (540, 600, 645, 660, 720)
    assert found.heads == (1, 1, 2, 2)
    assert found.leaves == (0, 1, 0, 0)
    assert found.joins == (0, 1, 1, 0)
    assert found.returns == (Return(1, 2, 1),)
    assert found.lengths_min.tolist() == [60, 45, 15, 60]
    assert found.slots(60) == (9, 10, 10, 11)


def test_an_opening_off_the_grid_and_stretches_beyond_reception() -> None:
    shop = make_shop(
        ((500, 800),), ((400, 510),), ((550, 570), (570, 615)), ((700, 710),), opens=510, closes=690
    )
    found = timeline(shop, 60)
    assert found.bounds_min == (510, 540, 550, 600, 615, 660, 690)
    assert found.heads == (1, 1, 2, 2, 1, 1)
    assert (sum(found.leaves), sum(found.joins), found.returns) == (1, 1, ())


def test_nobody_leaves_at_the_closing() -> None:
    found = timeline(make_shop(((540, 600),), ((540, 570),), opens=540, closes=600), 15)
    assert found.heads == (2, 2, 1, 1)
    assert found.leaves == (0, 0, 1, 0)


def test_several_with_the_same_break_are_one_return() -> None:
    person: tuple[Stretch, ...] = ((540, 570), (580, 600))
    found = timeline(make_shop(person, person, ((540, 600),), opens=540, closes=600), 60)
    assert found.returns == (Return(1, 2, 2),)
    assert found.heads == (3, 1, 3)


people = st.lists(
    st.lists(st.integers(100, 150).map(lambda m: m * 6), min_size=2, max_size=6, unique=True)
    .map(sorted)
    .map(lambda m: tuple(zip(m[: len(m) // 2 * 2 : 2], m[1::2], strict=True))),
    max_size=5,
)


@given(stretches=people, slot_min=st.sampled_from([5, 15, 30, 60]))
def test_heads_are_who_is_planned_at_every_minute(
    stretches: list[tuple[Stretch, ...]], slot_min: int
) -> None:
    shop = make_shop(*stretches, opens=630, closes=870)
    found = timeline(shop, slot_min)
    planned = crew([shop]).staffed(1)[0, 630:870]
    assert np.repeat(found.heads, found.lengths_min.astype(int)).tolist() == planned.tolist()
    assert found.bounds_min[0] == 630
    assert found.bounds_min[-1] == 870
    assert all(
        a // slot_min == (b - 1) // slot_min
        for a, b in zip(found.bounds_min, found.bounds_min[1:], strict=False)
    )
    for back in found.returns:
        assert found.leaves[back.left_at] >= back.people
        assert found.joins[back.back_at] >= back.people


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (((0, 15), (1, 2), (0,), (0,)), "1 segments, but 2 heads"),
        (((0, 15, 30), (1, 1), (0, 0), (0,)), "2 segments, but 2 heads, 2 leaves and 1 joins"),
        (((0,), (), (), ()), "0 segments"),
        (((0, 15, 15), (1, 1), (0, 0), (0, 0)), r"segment 1 \(15-15 min\)"),
        (((0, 15, 10), (1, 1), (0, 0), (0, 0)), r"segment 1 \(15-10 min\)"),
        (((0, 15), (-1,), (0,), (0,)), r"segment 0 \(0-15 min\): -1 heads"),
        (((0, 15, 30), (1, 0), (0, 2), (0, 1)), r"segment 1 \(15-30 min\): 0 heads, 2 leave, 1 join"),
        (((0, 15, 30), (2, 2), (0, 1), (0, 0)), "segment 1: 2 - 1 [+] 0 people are not 2"),
        (((0, 15, 30), (2, 1), (0, -1), (0, -2)), r"segment 1 \(15-30 min\): 1 heads, -1 leave"),
    ],
)
def test_what_does_not_fit_is_named(parts: tuple[tuple[int, ...], ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Timeline(*parts)


def test_nobody_leaves_or_joins_at_the_opening() -> None:
    with pytest.raises(ValueError, match="segment 0"):
        Timeline((0, 15, 30), (1, 0), (1, 1), (3, 0))


@pytest.mark.parametrize("back", [Return(1, 1, 1), Return(1, 5, 1), Return(2, 1, 1), Return(1, 2, -1)])
def test_people_come_back_after_they_left(back: Return) -> None:
    with pytest.raises(ValueError, match="return"):
        Timeline((0, 15, 30, 45), (2, 1, 2), (0, 1, 0), (0, 0, 1), (back,))
