import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.history.placing import even_slots, placed, share_of
from forecasts.slots import Grid

DAYS = st.integers(700_000, 760_000)


@settings(max_examples=60)
@given(st.integers(0, 5_000), st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any), DAYS)
def test_every_slot_gets_its_share_rounded_and_nothing_is_lost(
    count: int, usual: list[int], day: int
) -> None:
    weights = np.array(usual, dtype=np.float64)[:, None]
    found = placed(np.array([[count]]), weights, np.array([day]))[0, :, 0]
    assert found.sum() == count
    assert np.abs(found - count * weights[:, 0] / weights.sum()).max() < 1 + 1e-6
    assert (found[weights[:, 0] == 0] == 0).all()


@settings(max_examples=60)
@given(st.integers(0, 5_000), st.integers(1, 8), DAYS)
def test_parts_of_a_count_are_whole_and_add_up(count: int, parts: int, number: int) -> None:
    nth = np.arange(parts)
    same = (np.full(parts, value) for value in (count, parts, number))
    counts, of, numbers = same
    found = share_of(counts, nth, of, numbers)
    assert found.sum() == count
    assert found.max() - found.min() <= 1


def test_over_the_days_every_slot_gets_its_share() -> None:
    usual = np.ones((10, 1))
    found = placed(np.full((1_000, 1), 3), usual, np.arange(730_000, 731_000))
    np.testing.assert_allclose(found.sum(axis=0)[:, 0], 300, atol=3)


def test_even_slots_are_cut_to_the_hours() -> None:
    assert even_slots(Grid(60), 8 * 60 + 30, 10 * 60)[7:11].tolist() == [0, 30, 60, 0]
