"""Small drawn plans for the tests of the operator library."""

from itertools import pairwise

from hypothesis import strategies as st

from planner.queueing.shop import Shop
from planner.queueing.timeline import Timeline, timeline

MOST_HEADS = 4


@st.composite
def plans(draw: st.DrawFn) -> Timeline:
    """Draw a plan without returns: lengths, heads, and hand-overs where some go as others come."""
    lengths = draw(st.lists(st.sampled_from([3, 5, 15, 20]), min_size=2, max_size=5))
    heads = [draw(st.integers(0, MOST_HEADS)) for _ in lengths]
    bounds = tuple(600 + sum(lengths[:k]) for k in range(len(lengths) + 1))
    leaves, joins = [0], [0]
    for before, now in pairwise(heads):
        least = max(before - now, 0)
        gone = draw(st.integers(least, before))
        leaves.append(gone)
        joins.append(now - before + gone)
    return Timeline(bounds, tuple(heads), tuple(leaves), tuple(joins))


def lunch_plan() -> Timeline:
    """Three people, two of whom have lunch one after the other."""
    people = (((540, 600), (645, 720)), ((540, 660), (705, 720)), ((540, 720),))
    return timeline(Shop(540, 720, people), 15)
