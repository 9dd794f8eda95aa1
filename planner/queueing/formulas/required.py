"""Required heads of a slot on its own by Erlang B, C or A: the method of the peers."""

from bisect import bisect_left
from collections.abc import Callable
from math import ceil, inf, sqrt

from planner.queueing import inputs
from planner.queueing.formulas.erlang import erlang_a_waiting, erlang_b, erlang_c_waiting


def required_heads_b(calls_per_min: float, handling_min: float, blocked_share: float) -> int:
    """Return the fewest people with whom no more than this share of calls finds everybody taken.

    Nobody can wait (Erlang B). Nobody is needed where no call comes; so with the others below.

    Raises:
        ValueError: a figure that is no rate or time, or a share not above 0: no number of people keeps 0.
    """
    inputs.not_negative(calls_per_min=calls_per_min)
    inputs.positive(handling_min=handling_min, blocked_share=blocked_share)
    load = calls_per_min * handling_min
    return fewest_heads(lambda people: bool(erlang_b(load, people) <= blocked_share), load)


def required_heads_c(
    calls_per_min: float, handling_min: float, within_min: float, within_share: float
) -> int:
    """Return the fewest people who answer this share within the limit, if nobody hangs up (Erlang C).

    Always more than the load, since with fewer the line only grows.

    Raises:
        ValueError: a figure that is no rate, time or limit, or a share not from 0 to below 1.
    """
    inputs.not_negative(calls_per_min=calls_per_min)
    inputs.positive(handling_min=handling_min)
    inputs.limit(within_min)
    inputs.target_share("within_share", within_share)
    load = calls_per_min * handling_min

    def is_enough(people: int) -> bool:
        found = erlang_c_waiting(calls_per_min, handling_min, people, within_min)
        return people > load and found.in_time >= within_share

    return fewest_heads(is_enough, load)


def required_heads_a(
    calls_per_min: float,
    handling_min: float,
    patience_min: float | None,
    within_min: float,
    within_share: float,
    answer_rate: float = 0.0,
) -> int:
    """Return the fewest people who keep both shares of all calls, if callers hang up (Erlang A).

    ``within_share``: answered within the limit; ``answer_rate``: answered at all. Without patience: Erlang C.

    Raises:
        ValueError: a figure that is no rate, time, patience or limit, or a share not from 0 to below 1.
    """
    if patience_min is None or patience_min == inf:
        return required_heads_c(calls_per_min, handling_min, within_min, within_share)
    inputs.not_negative(calls_per_min=calls_per_min)
    inputs.positive(handling_min=handling_min)
    inputs.patience(patience_min)
    inputs.limit(within_min)
    inputs.target_share("within_share", within_share)
    inputs.target_share("answer_rate", answer_rate)

    def is_enough(people: int) -> bool:
        found = erlang_a_waiting(calls_per_min, handling_min, patience_min, people, within_min)
        return found.in_time >= within_share and 1.0 - found.abandoned >= answer_rate

    return fewest_heads(is_enough, calls_per_min * handling_min)


def fewest_heads(is_enough: Callable[[int], bool], load: float) -> int:
    """Return the fewest people that are enough; 0 without load. Who are enough must be so with more, too."""
    if load == 0.0:
        return 0
    most = ceil(load + sqrt(load)) + 1
    while not is_enough(most):
        most *= 2
    return bisect_left(range(most), 1, key=lambda people: int(is_enough(people)))
