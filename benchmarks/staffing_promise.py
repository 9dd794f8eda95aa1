"""Does a formation deliver what was promised, when the days' volumes vary?

Days of a gamma volume (mean 1, coefficient of variation 0.3) of a desk of 90 calls. Of all formations of
three to six people in six kinds of duties, the one with the fewest minutes that keeps 80 % within a minute
is chosen, among those of as many minutes the best. ``by_expected_service_…``: the share promised is the
mean over five nodes of the gamma, weighted by calls; ``at_mean_volume_…``: that of a day of mean volume, as
is usual. ``…_delivered_percent``: the lane simulator on days of fresh volumes, people as planned, breaks
moved behind a call that outlasts a stretch.

``promised_minus_delivered_points``: the difference by expected service, without its sign.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement, groupby

import numpy as np

from benchmarks.benchmark import Run
from benchmarks.staffing_desks import Desk
from benchmarks.staffing_lanes import Days, all_day, summed
from forecasts.distribution import Floats
from forecasts.slots import DAY_MIN
from planner.queueing.exact.chain import exact_days
from planner.queueing.exact.quadrature import gamma_nodes
from planner.queueing.line import Line
from planner.queueing.shop import Shop, Stretch

_OPENS, _CLOSES, _SLOT_MIN = 510, 1095, 15
_DUTIES: tuple[tuple[Stretch, ...], ...] = (
    ((510, 690), (750, 1050)),
    ((510, 720), (780, 1050)),
    ((555, 750), (810, 1095)),
    ((555, 780), (840, 1095)),
    ((510, 750),),
    ((780, 1095),),
)
_CALLS, _LINE, _LIMIT_MIN, _SHARE = 90.0, Line(9.0, 5.0), 1.0, 0.8
_CV, _FEWEST, _MOST = 0.3, 3, 6
_DAYS, _SHORT_DAYS = 100_000, 200
_SEED = 20261209


def figures(run: Run) -> Mapping[str, float]:
    """Choose by either promise, and simulate what was chosen."""
    days = run.of(_DAYS, _SHORT_DAYS)
    factors = np.random.default_rng(_SEED).gamma(_CV**-2, _CV**2, days)
    out: dict[str, float] = {}
    nodes, at_mean = gamma_nodes(_CV), (np.ones(1), np.ones(1))
    for row, (volumes, weights) in {"by_expected_service": nodes, "at_mean_volume": at_mean}.items():
        chosen, promised = _chosen(volumes, weights)
        found = summed(chosen, all_day(chosen), Days(days, _SEED + 1, factors=factors))
        out |= {
            f"{row}_promised_percent": 100 * promised,
            f"{row}_delivered_percent": 100 * (1.0 - float(found.late_share[0])),
            f"{row}_standard_error": 100 * float(found.standard_error[0]),
            f"{row}_person_hours": _minutes(chosen.shop) / 60,
        }
    apart = out["by_expected_service_promised_percent"] - out["by_expected_service_delivered_percent"]
    return out | {"promised_minus_delivered_points": abs(apart)}


def promised(of: Desk, volumes: Floats, weights: Floats) -> float:
    """Return the expected share answered in time, over days of these volumes (B,) and weights (B,)."""
    found = exact_days(of.line, of.timeline, volumes[:, None] * of.calls_per_min, (of.limit_min,))
    late, calls = (weights @ x.sum(axis=1) for x in (found.late[0], found.offered))
    return 1.0 - float(late / calls)


def _chosen(volumes: Floats, weights: Floats) -> tuple[Desk, float]:
    """Return the desk with the fewest minutes that keeps the target, and its promise."""
    for _, alike in groupby(sorted(formations(), key=_minutes), key=_minutes):
        best, shop = max((promised(desk(shop), volumes, weights), shop.stretches) for shop in alike)
        if best >= _SHARE:
            return desk(Shop(_OPENS, _CLOSES, shop)), best
    message = f"no formation of up to {_MOST} people keeps {_SHARE:.0%} within {_LIMIT_MIN:g} min"
    raise ValueError(message)


def formations() -> Iterator[Shop]:
    """Yield all formations that leave nobody's place empty from opening to closing."""
    for people in range(_FEWEST, _MOST + 1):
        for duties in combinations_with_replacement(_DUTIES, people):
            shop = Shop(_OPENS, _CLOSES, duties)
            if min(desk(shop).timeline.heads) > 0:
                yield shop


def _minutes(shop: Shop) -> int:
    return sum(end - start for person in shop.stretches for start, end in person)


def desk(shop: Shop) -> Desk:
    """Return the desk with these people: most calls at ten, a smaller hill at two."""
    start = np.arange(0, DAY_MIN, _SLOT_MIN)
    hill = 1.0 + np.exp(-(((start - 600) / 60) ** 2)) + 0.6 * np.exp(-(((start - 840) / 90) ** 2))
    shape = np.where((start >= _OPENS) & (start < _CLOSES), hill, 0.0)
    return Desk(shop, _LINE, np.asarray(_CALLS * shape / shape.sum()), _LIMIT_MIN)
