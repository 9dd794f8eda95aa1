"""Erlang A in 60 digits, by summing states: slow, and another way than the program's integral."""

from decimal import Decimal, localcontext
from typing import NamedTuple

_NOTHING = Decimal(10) ** -40


class Exact(NamedTuple):
    """Shares, and the mean wait in minutes."""

    delayed: Decimal
    abandoned: Decimal
    mean_wait_min: Decimal
    in_time: Decimal


def exact_waiting(
    calls_per_min: float, handling_min: float, patience_min: float, people: int, within_min: float
) -> Exact:
    """Sum over the calls j that stand before one: answered within t with r/(r+j+1) · P(NB(r+1) > j)."""
    with localcontext(prec=60):
        rate, handling, patience, within = map(
            Decimal, (calls_per_min, handling_min, patience_min, within_min)
        )
        load, leaving = rate * handling, handling / patience
        r = people / leaving
        # Weights of states relative to that of ``people`` calls in the system: everybody taken, nobody waits.
        idle, weight = Decimal(0), Decimal(1)
        for k in range(people, 0, -1):
            weight *= k / load
            idle += weight
        gone = 1 - (-within / patience).exp()
        term = ((r + 1) * -within / patience).exp()
        late, weight, j = term, Decimal(1), 0
        delayed = abandoned = answered = Decimal(0)
        while weight > delayed * _NOTHING or weight * load > people + j * leaving:
            delayed += weight
            abandoned += weight * (j + 1) / (r + j + 1)
            answered += weight * r / (r + j + 1) * (1 - late)
            j += 1
            weight *= load / (people + j * leaving)
            term *= (r + j) * gone / j
            late += term
        total = idle + delayed
        return Exact(
            delayed / total,
            abandoned / total,
            abandoned / total * patience,
            (idle + answered) / total,
        )
