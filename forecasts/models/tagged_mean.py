"""Twelve-week weekday mean with tagged days apart: what a desk with an event calendar keeps in a sheet.

Days on which an event acts are left out of the weekday means, and are expected at as many times the usual
as the tagged days of the same family were so far (1 where none was seen).
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from forecasts.distribution import Floats
from forecasts.model import Known
from forecasts.thumb import FittedRule, Parts, Seen, fitted_rule, weekday_means

_WEEKS = 12


class TaggedMean:
    """The weekday mean that knows of events."""

    name = "tagged_mean"
    min_office_days = 20

    def fit(self, known: Known) -> FittedRule:
        """Learn; raises ValueError on too short a history."""
        return fitted_rule(self, known)

    def parts(self, seen: Seen, days: Sequence[date]) -> Parts:
        """Say what is expected."""
        families = seen.families
        untagged = np.array([float(d not in families) for d in seen.days])
        base, mean = weekday_means(seen, untagged, np.array([float(d.toordinal()) for d in days]), _WEEKS)
        ratios = _ratios(seen, families, untagged)
        event = [max((ratios.get(f, 1.0) for f in families.get(d, ())), default=1.0) for d in days]
        weekday = np.divide(mean, base, out=np.ones(len(days)), where=base > 0)
        return Parts(base, weekday, np.ones(len(days)), np.array(event))


def _ratios(seen: Seen, families: dict[date, frozenset[str]], untagged: Floats) -> dict[str, float]:
    """Return what the tagged days of each family had over the usual of their weekdays before them."""
    tagged = [n for n, d in enumerate(seen.days) if d in families]
    if not tagged:
        return {}
    _, usual = weekday_means(seen, untagged, seen.ordinal[tagged], _WEEKS)
    of_family: dict[str, list[int]] = {}
    for at, n in enumerate(tagged):
        for family in families[seen.days[n]]:
            of_family.setdefault(family, []).append(at)
    total = seen.total[tagged]
    return {f: float(total[at].sum() / max(usual[at].sum(), 1.0)) for f, at in of_family.items()}
