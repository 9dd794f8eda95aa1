"""Erlang A at 500 people: our processor time over pyworkforce's for the same question, and who is right.

Asked: which share is answered within 20 seconds (490 Erlang, 500 people, handling 9, patience 5 minutes),
``erlang_a_500_vs_pyworkforce``; how many people for 80 % (``erlang_a_500_needed_vs_pyworkforce``; both
agree, or the run stops). ``…_error``: difference from the same share in 40-digit arithmetic; in the rows
``erlang_a_500_long_limit`` the limit is 15 minutes.
"""

import time
from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from typing import TypeVar

from benchmarks.benchmark import Run
from planner.queueing.formulas.erlang import erlang_a_waiting
from planner.queueing.formulas.required import required_heads_a

_LOAD, _HANDLING_MIN, _PATIENCE_MIN, _PEOPLE = 490, 9, 5, 500
_SHORT_LOAD, _SHORT_PEOPLE = 19, 20
_QUICK, _LONG = "erlang_a_500", "erlang_a_500_long_limit"
_LIMITS_S = {_QUICK: 20, _LONG: 900}
_SHARE = 0.8
_ROUNDS, _TIMES = 5, 20
_DIGITS, _NEGLIGIBLE = 60, Decimal("1e-45")

Told = TypeVar("Told")


def figures(run: Run) -> Mapping[str, float]:
    """Ask both, and the reference."""
    load, people = run.of((_LOAD, _PEOPLE), (_SHORT_LOAD, _SHORT_PEOPLE))
    rate = load / _HANDLING_MIN
    out: dict[str, float] = {}
    for name, limit_s in _LIMITS_S.items():
        true = in_time_exactly(load, people, limit_s)
        ours = erlang_a_waiting(rate, _HANDLING_MIN, _PATIENCE_MIN, people, limit_s / 60).in_time
        out |= {f"{name}_planner_in_time": ours, f"{name}_planner_error": _error(ours, true)}
    return out | (_beside_pyworkforce(load, people) if "pyworkforce" in run.peers else {})


def _beside_pyworkforce(load: int, people: int) -> dict[str, float]:
    from benchmarks.peers.pyworkforce_heads import erlang_a_in_time, erlang_a_needed

    rate, limit = load / _HANDLING_MIN, _LIMITS_S[_QUICK] / 60
    asked = (rate, _HANDLING_MIN, _PATIENCE_MIN, people, limit)
    out: dict[str, float] = {}
    for name, limit_s in _LIMITS_S.items():
        theirs = erlang_a_in_time(rate, _HANDLING_MIN, _PATIENCE_MIN, people, limit_s / 60)
        out[f"{name}_pyworkforce_in_time"] = theirs
        out[f"{name}_pyworkforce_error"] = _error(theirs, in_time_exactly(load, people, limit_s))
    _, share_s = timed(lambda: erlang_a_waiting(*asked))
    _, their_share_s = timed(lambda: erlang_a_in_time(*asked), times=1)
    needed, needed_s = timed(lambda: required_heads_a(rate, _HANDLING_MIN, _PATIENCE_MIN, limit, _SHARE))
    their_needed, their_needed_s = timed(
        lambda: erlang_a_needed(rate, _HANDLING_MIN, _PATIENCE_MIN, limit, _SHARE), times=1
    )
    # It begins its search at the load, and so never finds that fewer are enough where callers hang up.
    assert their_needed == max(needed, load), f"{needed} people by ours, {their_needed} by pyworkforce"
    return out | {
        "erlang_a_500_vs_pyworkforce": share_s / their_share_s,
        "erlang_a_500_needed_vs_pyworkforce": needed_s / their_needed_s,
    }


def timed(asked: Callable[[], Told], rounds: int = _ROUNDS, times: int = _TIMES) -> tuple[Told, float]:
    """Ask several times; return the answer and the processor seconds of one time in the fastest round."""
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            told = asked()
        seconds.append((time.process_time() - start) / times)
    return told, min(seconds)


def in_time_exactly(load: int, people: int, limit_s: int) -> Decimal:
    """Return the share answered within the limit by Erlang A, to 40 digits.

    A sum over the states; who finds j in the line is answered in time with probability
    r/(r+j+1) (1 - I_x(r+1, j+1)), r = people x patience / handling, x = exp(-limit / patience), and
    I_x(a, j+1) = x^a times the sum over k = 0 … j of (a)_k / k! (1-x)^k (METHODS.md section 2; DLMF 8.17).
    """
    with localcontext() as context:
        context.prec = _DIGITS
        r = Decimal(people * _PATIENCE_MIN) / _HANDLING_MIN
        x = (-Decimal(limit_s) / (60 * _PATIENCE_MIN)).exp()
        at_once, weight = Decimal(0), Decimal(1)
        for n in range(1, people + 1):
            at_once += weight
            weight *= Decimal(load) / n
        all_states, in_time = at_once, at_once
        term, late, j = x ** (r + 1), Decimal(0), 0
        while weight > _NEGLIGIBLE * all_states:
            late += term
            in_time += weight * r / (r + j + 1) * (1 - late)
            all_states += weight
            j += 1
            term *= (r + j) / j * (1 - x)
            weight *= Decimal(load) / (people + Decimal(j * _HANDLING_MIN) / _PATIENCE_MIN)
        return in_time / all_states


def _error(told: float, true: Decimal) -> float:
    return float(Decimal(told) - true)
