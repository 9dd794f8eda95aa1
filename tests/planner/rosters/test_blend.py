"""Weeks solved apart and blended: never below what is possible, and never a proof that is not one."""

from random import Random

import pytest

from planner.rosters import settle
from planner.rosters.notation import case
from planner.rosters.roster import RosterProblem
from planner.rosters.solve import solved

WEEKS = 3


def drawn(seed: int) -> RosterProblem:
    """Four people share early, late and long days of three weeks; needs and leave are drawn."""
    rng = Random(seed)  # noqa: S311  # drawn, not secret
    late = rng.choice(("17-20x1", "17-20x2"))
    lines = ["open 8-20", "menu 8-17(12-13) 8-17(13-14) 10-19(13-14) 10-19(14-15) 11-20(14-15) 8-18(12-13)"]
    lines.append(f"need 8-10x{rng.choice((1, 2))} 10-17x2 {late}")
    lines += ["reach " + "x " * 7 * WEEKS, "~M! " + ". " * 7 * WEEKS]
    usual = {"A": "8-17", "B": "8-17", "C": "10-19", "D": "11-20"}
    for who, span in usual.items():
        days = ["L" if rng.random() < 0.1 else "." for _ in range(7 * WEEKS)]
        lines.append(f"{who}={span} " + " ".join(days))
    return case("\n".join(lines)).problem


@pytest.mark.parametrize("seed", range(12))
def test_weeks_apart_bound_and_reach_what_is_best_for_all_together(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = drawn(seed)
    together = solved(problem, seed=0)
    assert together.proof == "optimal"
    monkeypatch.setattr(settle, "MOST", 0)
    apart = solved(problem, seed=0)
    for best, found in zip(together.stages, apart.stages, strict=True):
        assert found.bound <= best.value + 1e-6
        assert found.value >= best.value
        if found.value > best.value:  # the later stages then answer another question
            break
    else:
        assert apart.objective == together.objective
