"""Risk of a lever on any block of days, against the same sums day by day."""

from random import Random

import numpy as np
import pytest

from forecasts.distribution import Floats
from planner.alternatives.blocks import Block, DayFigures, block_risks, blocks
from planner.desk import Target

TARGET = Target(within_share=0.8, answer_rate=0.9, same_day_share=0.95)


def figures(seed: int, days: int, better: float = 0.0) -> DayFigures:
    rng = np.random.default_rng(seed)
    offered = rng.uniform(20, 60, (40, days))
    due = rng.uniform(10, 30, (40, days))
    shares = [np.clip(rng.normal(mean + better, 0.1, (40, days)), 0, 1) for mean in (0.8, 0.9, 0.95)]
    return DayFigures(offered, shares[0] * offered, shares[1] * offered, due, shares[2] * due)


def by_hand(standing: DayFigures, changed: DayFigures, block: Block, months: list[list[int]]) -> float:
    worst = 0.0
    for month in months:

        def total(name: str, month: list[int] = month) -> Floats:
            of = {d: changed if block.first <= d < block.end else standing for d in month}
            return np.asarray(np.sum([getattr(of[d], name)[:, d] for d in month], axis=0))

        misses = [
            total("in_time") / total("offered") < 0.8,
            total("answered") / total("offered") < 0.9,
            total("same_day") / total("due") < 0.95,
        ]
        worst = max(worst, float(np.any(misses, axis=0).mean()))
    return worst


@pytest.mark.parametrize("seed", range(5))
def test_every_block_has_the_risk_that_its_days_add_up_to(seed: int) -> None:
    standing, changed = figures(seed, 12), figures(seed + 100, 12, 0.03)
    months = [list(range(7)), list(range(7, 12))]
    every = list(blocks(12))
    some = Random(seed).sample(range(len(every)), 20)  # noqa: S311  # drawn, not secret
    found = block_risks(standing, changed, [every[n] for n in some], months, TARGET)
    expected = [by_hand(standing, changed, every[n], months) for n in some]
    assert found.risk.tolist() == pytest.approx(expected)


def test_blocks_come_shorter_ones_first_and_none_twice() -> None:
    found = list(blocks(4, shortest=2))
    assert found == [Block(0, 2), Block(1, 3), Block(2, 4), Block(0, 3), Block(1, 4), Block(0, 4)]
    assert list(blocks(3, shortest=5)) == [Block(0, 3)]


def test_days_without_contacts_miss_nothing() -> None:
    none = DayFigures(*(np.zeros((3, 2)) for _ in range(5)))
    assert block_risks(none, none, [Block(0, 2)], [[0, 1]], TARGET).risk.tolist() == [0.0]
