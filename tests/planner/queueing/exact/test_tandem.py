"""Two levels in a row against both simulated call by call."""

from collections.abc import Sequence
from math import inf

import numpy as np
import pytest

from forecasts.distribution import Floats
from planner.queueing.exact.chain import Days, exact_days
from planner.queueing.exact.tandem import Level, done, tandem
from planner.queueing.line import Line
from planner.queueing.shop import Stretch
from planner.queueing.timeline import Timeline, timeline
from tests.planner.queueing_builder import make_shop

OPENS, CLOSES, LIMIT = 540, 1020, 2.0
# So many simulated days leave 0.1 to 0.35 points of standard error on the second level.
DAYS = 4000


def plan(people: Sequence[Stretch]) -> Timeline:
    return timeline(make_shop(*((p,) for p in people), opens=OPENS, closes=CLOSES), 15)


def rates_of(day: Timeline) -> Floats:
    """A day that rises and falls (1, K)."""
    quarter = (np.array(day.bounds_min[:-1]) - OPENS) // 15
    return np.asarray(0.22 * (1 + 0.6 * np.sin(quarter / 5)))[None]


def served(
    rng: np.random.Generator, calls: Sequence[float], people: Sequence[Stretch], line: Line
) -> tuple[int, list[float]]:
    """Answer one day's calls in order; return how many were late, and when calls ended."""
    free = [float(start) for start, _ in people]
    handling = (rng.exponential(line.handling_min, len(calls))).tolist()
    patience = (rng.exponential(1.0, len(calls)) * line.patience_min).tolist()
    late, ends = 0, []
    for at, takes, waits in zip(calls, handling, patience, strict=True):
        start, who = inf, -1
        for m, (_, leaves) in enumerate(people):
            ready = max(free[m], at)
            if ready < start and (ready < leaves or leaves == CLOSES):
                start, who = ready, m
        late += start - at > min(waits, LIMIT)
        if start - at <= waits and who >= 0:
            free[who] = start + takes
            ends.append(free[who])
    return late, ends


def simulated(
    first: tuple[Sequence[Stretch], Line], second: tuple[Sequence[Stretch], Line], share: float
) -> Floats:
    """Calls of the first level and late ones, and the same of the second, by day (DAYS, 4)."""
    rng = np.random.default_rng(20)
    day = timeline(make_shop(((OPENS, CLOSES),), opens=OPENS, closes=CLOSES), 15)
    mean, start = rates_of(day)[0] * 15, np.array(day.bounds_min[:-1])
    out = np.zeros((DAYS, 4))
    for n in range(DAYS):
        quarter = np.repeat(start, rng.poisson(mean))
        calls = np.sort(quarter + 15 * rng.random(quarter.size)).tolist()
        late, ends = served(rng, calls, *first)
        on = sorted(end for end in ends if rng.random() < share and end < CLOSES)
        out[n] = len(calls), late, len(on), served(rng, on, *second)[0]
    return out


def first_level(people: Sequence[Stretch]) -> tuple[Level, Days]:
    level = Level(Line(9.0, 5.0), plan(people))
    return level, exact_days(level.line, level.timeline, rates_of(level.timeline), (LIMIT,))


FOUR = ((540, 1020), (540, 1020), (540, 780), (720, 1020))


@pytest.mark.parametrize(
    ("people", "behind", "line", "share", "points"),
    [
        (FOUR, ((540, 1020), (600, 1020)), Line(20.0, 10.0), 0.3, 0.02),
        (FOUR, ((540, 1020),), Line(15.0), 0.15, 0.02),
        (((540, 1020),) * 2, ((540, 1020),), Line(6.0, 5.0), 1.0, 0.025),  # busy, and all go on: the worst
    ],
)
def test_the_second_level_is_late_as_simulated_or_a_little_more(
    people: Sequence[Stretch], behind: Sequence[Stretch], line: Line, share: float, points: float
) -> None:
    level, days = first_level(people)
    found = tandem(days, (level, Level(line, plan(behind))), share, (LIMIT,)).second
    calls = simulated((people, level.line), (behind, line), share)
    one = calls[:, 1].sum() / calls[:, 0].sum()
    assert 1 - days.in_time()[0, 0] == pytest.approx(one, abs=0.01)
    passed_on = calls[:, 2]
    assert abs(found.offered.sum() - passed_on.mean()) < 4 * passed_on.std() / np.sqrt(DAYS)
    error = 1 - found.in_time()[0, 0] - calls[:, 3].sum() / calls[:, 2].sum()
    assert -0.01 < error < points  # calls come on more evenly than Poisson: never much better than told


def test_all_that_is_done_goes_on_or_is_missed() -> None:
    level, days = first_level(FOUR)
    early = Level(Line(12.0), timeline(make_shop(((600, 700),), opens=600, closes=700), 20))
    found = tandem(days, (level, early), 0.4, (LIMIT, 5.0))
    finished = done(days, level.line).sum() + days.closed.busy_min.sum() / level.line.handling_min
    assert finished == pytest.approx(days.answered.sum(), abs=1e-8)
    assert found.second.offered.sum() + found.missed[0] == pytest.approx(0.4 * days.answered[0], abs=1e-8)
    assert found.second.late.shape == (2, 1, len(early.timeline.heads))
    assert found.missed[0] > found.second.offered.sum()


def test_nothing_goes_on_where_nothing_is_passed_on() -> None:
    level, days = first_level(FOUR)
    found = tandem(days, (level, level), 0.0, (LIMIT,))
    assert found.second.offered.sum() == found.missed.sum() == 0.0


def test_a_share_that_is_none_is_refused() -> None:
    level, days = first_level(FOUR)
    with pytest.raises(ValueError, match=r"1\.2"):
        tandem(days, (level, level), 1.2, (LIMIT,))
