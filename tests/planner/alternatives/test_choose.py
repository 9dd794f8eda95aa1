"""The smallest change that holds the target, against counting out on every lever and block."""

from random import Random

import numpy as np
import pytest

from planner.alternatives.blocks import Block, DayFigures, block_risks, blocks
from planner.alternatives.choose import chosen
from planner.alternatives.levers import Lever
from planner.desk import Target

DAYS = 9
MONTHS = [list(range(5)), list(range(5, DAYS))]
LEVERS = [Lever(), Lever(0, (60, 0)), Lever(0, (0, 60)), Lever(1), Lever(1, (60, 0)), Lever(2)]


def size(lever: Lever, days: int) -> tuple[float, ...]:
    return (float(lever.heads * days), float(sum(lever.hours) * days))


def drawn(seed: int) -> dict[Lever, DayFigures]:
    """Six levers, each somewhat better than the one before, by path and day."""
    rng = np.random.default_rng(seed)
    offered, due = rng.uniform(20, 60, (60, DAYS)), rng.uniform(5, 30, (60, DAYS))
    base = rng.normal(rng.uniform(0.68, 0.82), 0.05, (60, 1)) + rng.normal(0, 0.05, (60, DAYS))
    out = {}
    for n, lever in enumerate(LEVERS):
        shares = [np.clip(base + extra + 0.03 * n, 0, 1) for extra in (0.0, 0.1, 0.15)]
        out[lever] = DayFigures(offered, shares[0] * offered, shares[1] * offered, due, shares[2] * due)
    return out


def missed(figures: dict[Lever, DayFigures], lever: Lever, block: Block, target: Target) -> float:
    """Return the share of paths that miss a target in the worse month, day by day."""
    worst = 0.0
    for month in MONTHS:
        of = [figures[lever if block.first <= d < block.end else Lever()] for d in month]

        def total(name: str, of: list[DayFigures] = of, month: list[int] = month) -> np.ndarray:  # type: ignore[type-arg]
            return np.asarray(sum(getattr(f, name)[:, d] for f, d in zip(of, month, strict=True)))

        misses = (
            (total("in_time") < target.within_share * total("offered"))
            | (total("answered") < target.answer_rate * total("offered"))
            | (total("same_day") < target.same_day_share * total("due"))
        )
        worst = max(worst, float(misses.mean()))
    return worst


@pytest.mark.parametrize("seed", range(40))
def test_counting_out_finds_no_smaller_change(seed: int) -> None:
    figures, some = drawn(seed), list(blocks(DAYS, 2))
    target = Target(max_risk=Random(seed).choice((0.05, 0.2, 0.5)))  # noqa: S311  # drawn, not secret
    for key, one in chosen(figures, some, MONTHS, target, size).items():
        assert one.risk == pytest.approx(missed(figures, one.lever, one.block, target))
        for lever in LEVERS:
            for block in some:
                if lever.key != key or key == "status_quo":
                    continue
                risk = missed(figures, lever, block, target)
                is_met = risk + np.sqrt(risk * (1 - risk) / 60) <= target.max_risk
                assert not (is_met and not one.is_met)
                if is_met:
                    assert size(one.lever, one.block.days) <= size(lever, block.days)
                elif not one.is_met:
                    assert one.risk <= risk + 1e-9


@pytest.mark.parametrize("seed", range(10))
def test_more_risk_allowed_never_costs_more_and_a_lever_less_never_helps(seed: int) -> None:
    figures, some = drawn(seed), list(blocks(DAYS, 2))

    def least(levers: dict[Lever, DayFigures], max_risk: float) -> tuple[float, ...]:
        found = chosen(levers, some, MONTHS, Target(max_risk=max_risk), size).values()
        met = [size(one.lever, one.block.days) for one in found if one.is_met and one.lever != Lever()]
        return min(met, default=(np.inf,))

    accepted = (0.02, 0.1, 0.2, 0.4, 0.8)
    sizes = [least(figures, risk) for risk in accepted]
    assert sizes == sorted(sizes, reverse=True)
    for gone in LEVERS[1:]:
        without = {lever: own for lever, own in figures.items() if lever != gone}
        assert all(least(without, risk) >= size_ for risk, size_ in zip(accepted, sizes, strict=True))


def test_where_nothing_holds_the_target_the_nearest_is_given() -> None:
    offered = np.full((10, DAYS), 50.0)
    bad, better = (
        DayFigures(offered, share * offered, share * offered, offered, offered) for share in (0.2, 0.5)
    )
    found = chosen({Lever(): bad, Lever(1): better}, list(blocks(DAYS, 2)), MONTHS, Target(), size)
    assert not found["plus_1"].is_met
    assert found["plus_1"].block == Block(0, DAYS)
    assert found["plus_1"].short < found["status_quo"].short


def test_risk_of_no_change_is_that_of_the_standing_formation() -> None:
    figures = drawn(1)
    found = block_risks(figures[Lever()], figures[Lever()], list(blocks(DAYS)), MONTHS, Target())
    assert len(set(found.risk.tolist())) == 1
