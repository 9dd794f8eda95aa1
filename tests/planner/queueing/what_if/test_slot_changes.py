"""The table of all single-slot changes: each entry is the exact day of the changed plan."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.queueing.exact.chain import exact_days
from planner.queueing.line import Conventions, Line, Returns
from planner.queueing.shop import Shop
from planner.queueing.timeline import Timeline, timeline
from planner.queueing.what_if.operators import Scenarios, library
from planner.queueing.what_if.slot_changes import slot_changes, slot_changes_of, with_heads
from tests.planner.queueing.small_plans import MOST_HEADS, lunch_plan, plans

EXHAUSTIVE, HANDOVER = Conventions("exhaustive"), Conventions("handover")


def exact_table(
    line: Line, day: Timeline, demand: Scenarios, limit_min: float, rule: Conventions
) -> np.ndarray:
    """Solve every changed plan by itself."""
    changed = [[with_heads(day, t, k) for k in range(MOST_HEADS + 1)] for t in range(len(day.heads))]
    return np.array(
        [
            [
                demand.weights
                @ exact_days(line, one, demand.calls_per_min, (limit_min,), rule).late.sum((0, 2))
                for one in row
            ]
            for row in changed
        ]
    )


def demand_of(day: Timeline, seed: int, scenarios: int = 2) -> Scenarios:
    """Draw rates from slack to overload."""
    rng = np.random.default_rng(seed)
    return Scenarios(rng.uniform(0, 0.6, (scenarios, len(day.heads))), np.full(scenarios, 1 / scenarios))


@settings(max_examples=25)
@given(
    day=plans(),
    seed=st.integers(0, 1000),
    patience=st.sampled_from([1.0, 5.0, np.inf]),
    limit=st.sampled_from([0.0, 1.0, 7.0, 25.0]),
    rule=st.sampled_from([EXHAUSTIVE, HANDOVER]),
)
def test_each_entry_is_the_exact_day_of_the_changed_plan(
    day: Timeline, seed: int, patience: float, limit: float, rule: Conventions
) -> None:
    """Limits longer than a segment too: callers of earlier segments see the change."""
    line, demand = Line(9.0, patience), demand_of(day, seed)
    found = slot_changes(library(line, day.bounds_min, demand, limit, MOST_HEADS, rule), day)
    assert found == pytest.approx(exact_table(line, day, demand, limit, rule), abs=1e-9)


@settings(max_examples=25)
@given(day=plans(), seed=st.integers(0, 1000), limit=st.sampled_from([1.0, 25.0]))
def test_the_plan_itself_is_in_every_row(day: Timeline, seed: int, limit: float) -> None:
    demand = demand_of(day, seed)
    known = library(Line(9.0, 5.0), day.bounds_min, demand, limit, MOST_HEADS)
    found = slot_changes(known, day)
    own = found[np.arange(len(day.heads)), day.heads]
    assert own == pytest.approx(np.full(len(day.heads), demand.weights @ known.late(day)), abs=1e-10)


@settings(max_examples=25)
@given(day=plans(), seed=st.integers(0, 1000), limit=st.sampled_from([1.0, 25.0]))
def test_more_people_are_never_worse_where_nobody_hangs_up(day: Timeline, seed: int, limit: float) -> None:
    """Handover: for any number. Exhaustive: from the plan's own on.

    Who is taken off the plan leaves with the call in hand, and somebody free comes at the segment's end:
    fewer people can then be better. And where people hang up, who answers a caller that is late already keeps
    those behind waiting, whom the caller would soon have made room for.
    """
    demand = demand_of(day, seed)
    for rule in (HANDOVER, EXHAUSTIVE):
        found = slot_changes(library(Line(9.0), day.bounds_min, demand, limit, MOST_HEADS, rule), day)
        for t, heads in enumerate(day.heads):
            least = heads if rule is EXHAUSTIVE else 0
            assert (np.diff(found[t, least:]) <= 1e-9).all()


def test_nobody_in_a_segment_answers_nobody() -> None:
    """With a limit that is short against the segment all its calls are late, but for the last minute's."""
    bounds = (540, 555, 570, 585)
    day, rates = Timeline(bounds, (2, 2, 2), (0, 0, 0), (0, 0, 0)), np.full((1, 3), 0.2)
    found = slot_changes_of(Line(9.0, 5.0), day, Scenarios(rates, np.ones(1)), 0.0, 2)
    others = exact_days(Line(9.0, 5.0), with_heads(day, 1, 0), rates, (0.0,)).late[0, 0]
    assert others[1] == pytest.approx(0.2 * 15)
    assert found[1, 0] == pytest.approx(others.sum(), abs=1e-9)


@pytest.mark.parametrize(("returns", "error"), [("full", 1e-4), ("on_time", 1e-6)])
def test_returns_are_told_to_first_order(returns: Returns, error: float) -> None:
    """The plan's entry is exact, and those of the segments after the last return; so are others, nearly."""
    day, line, rule = lunch_plan(), Line(9.0, 5.0), Conventions(returns=returns)
    demand = Scenarios(np.full((1, len(day.heads)), 0.25), np.ones(1))
    found = slot_changes_of(line, day, demand, 1.0, MOST_HEADS, rule)
    exact = exact_table(line, day, demand, 1.0, rule)
    own = np.arange(len(day.heads)), day.heads
    assert found[own] == pytest.approx(exact[own], abs=1e-9)
    back = max(one.back_at for one in day.returns)
    assert found[back:] == pytest.approx(exact[back:], abs=1e-9)
    apart = np.abs(found - exact).max()
    assert 1e-9 < apart < error


def test_a_change_of_heads_keeps_the_day_whole() -> None:
    day = lunch_plan()
    for t in range(len(day.heads)):
        for k in range(6):
            changed = with_heads(day, t, k)
            assert changed.heads == (*day.heads[:t], k, *day.heads[t + 1 :])
            assert changed.returns == day.returns
        assert with_heads(day, t, day.heads[t]) == day
    handed = with_heads(Timeline((0, 15, 30, 45), (3, 3, 3), (0, 1, 2), (0, 1, 2)), 1, 1)
    assert (handed.leaves, handed.joins) == ((0, 3, 1), (0, 1, 3))


def test_bad_input_is_refused_by_name() -> None:
    day = lunch_plan()
    with pytest.raises(ValueError, match=r"segment 12 with 1 heads: segments 0 to 11"):
        with_heads(day, len(day.heads), 1)
    with pytest.raises(ValueError, match=r"segment 0 with -1 heads"):
        with_heads(day, 0, -1)
    demand = Scenarios(np.full((1, len(day.heads)), 0.25), np.ones(1))
    with pytest.raises(ValueError, match=r"segment 0 has 3 heads: 2 at most"):
        slot_changes_of(Line(9.0), day, demand, 1.0, 2)


def test_two_who_go_to_lunch_together_are_fewer_where_fewer_are_there() -> None:
    """One of two who were to go is not there to go: the exact day says so, and the table nearly."""
    people = (((540, 600), (630, 690)), ((540, 600), (630, 690)), ((600, 690),))
    day, line = timeline(Shop(540, 690, people), 30), Line(9.0, 5.0)
    assert day.returns[0].people == 2
    demand = Scenarios(np.full((1, len(day.heads)), 0.25), np.ones(1))
    found = slot_changes_of(line, day, demand, 1.0, MOST_HEADS)
    exact = exact_table(line, day, demand, 1.0, EXHAUSTIVE)
    assert np.isfinite(exact).all()
    assert found == pytest.approx(exact, abs=0.02)
    assert found[1, :2] != pytest.approx(found[1, 2], abs=0.1)


def test_the_library_grows_for_a_long_segment_with_nobody() -> None:
    day, line = Timeline((0, 1200, 1440), (1, 6), (0, 0), (0, 5)), Line(9.0)
    demand = Scenarios(np.full((1, 2), 0.1), np.ones(1))
    found = slot_changes_of(line, day, demand, 1.0, 6)
    exact = exact_days(line, with_heads(day, 0, 0), demand.calls_per_min, (1.0,)).late.sum()
    assert found[0, 0] == pytest.approx(exact, abs=1e-9)
