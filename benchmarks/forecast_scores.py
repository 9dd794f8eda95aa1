"""Scores of forecasts on the real sets, and the figures that compare ours with those of the peers.

``crps``: twice the mean pinball loss over the levels .05, .10 … .95 (inquiries a day); ``crps_ratio``: that
over recent_mean's on the same days; ``coverage80``, ``coverage95``: share of days inside the central
interval, by randomised place; ``window_coverage80``: the same of totals of seven days, where paths are joint.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasts import scores
from forecasts.backtest import Trial

OURS, MEASURE = "madoguchi", "recent_mean"
LEVELS = np.arange(1, 20) / 20
WINDOW_DAYS = 7
_OF_PIT = 2


@dataclass(frozen=True, slots=True)
class Score:
    """One model on one set."""

    crps: float
    coverage80: float
    coverage95: float
    wape: float
    window_coverage80: float


Scores = Mapping[tuple[str, str], Score]
"""(set, model) → score; a model that had too short a history on a set is absent there."""


def scored(tried: Sequence[Trial], seed: int) -> Score:
    """Score the trials of one model, all days alike; ``seed``: of the randomised places."""
    rng = np.random.default_rng([seed, _OF_PIT])
    actual = np.concatenate([t.actual for t in tried])
    samples = np.concatenate([t.samples for t in tried], axis=1)
    quantiles = np.quantile(samples, LEVELS, axis=0, method="inverted_cdf")
    losses = [scores.pinball(actual, q, level) for q, level in zip(quantiles, LEVELS, strict=True)]
    place = scores.randomised_pit(actual, samples, rng)
    windows = [
        scores.randomised_pit(t.actual[at].sum(), t.samples[:, at].sum(axis=1), rng)
        for t in tried
        for at in _windows(t.actual.size)
    ]
    return Score(
        crps=2 * float(np.mean(losses)),
        coverage80=scores.coverage(place, 0.8),
        coverage95=scores.coverage(place, 0.95),
        wape=scores.wape(actual, np.concatenate([t.mean for t in tried])),
        window_coverage80=scores.coverage(windows, 0.8),
    )


def _windows(days: int) -> Iterator[slice]:
    for start in range(0, days - WINDOW_DAYS + 1, WINDOW_DAYS):
        yield slice(start, start + WINDOW_DAYS)


def figures_of(found: Scores, peers: Collection[str]) -> dict[str, float]:
    """Return all figures: a row for each set and model, one over all sets, ours beside the best peers.

    The last only where a peer was scored on every set.
    """
    out: dict[str, float] = {}
    for (name, model), score in found.items():
        row = f"{name}.{model}"
        out[f"{row}.crps_ratio"] = score.crps / found[name, MEASURE].crps
        out |= {f"{row}.{c}": getattr(score, c) for c in ("crps", "coverage80", "coverage95", "wape")}
        if model not in peers:
            out[f"{row}.window_coverage80"] = score.window_coverage80
    over_all = means(found)
    out |= {f"all.{model}.crps_ratio": ratio for model, ratio in over_all.items()}
    if (best := best_peer(over_all, peers)) and OURS in over_all:
        out["geo_mean_crps_vs_best_single_peer"] = over_all[OURS] / over_all[best]
        out["worst_set_vs_its_best_peer"] = max(_beside_best(found, peers))
    return out | _coverage(found)


def means(found: Scores) -> dict[str, float]:
    """Return the geometric mean over the sets of the ratio to recent_mean, of models that have them all."""
    sets = {name for name, _ in found}
    out = {}
    for model in dict.fromkeys(m for _, m in found):
        ratios = [found[s, model].crps / found[s, MEASURE].crps for s in sets if (s, model) in found]
        if len(ratios) == len(sets):
            out[model] = float(np.exp(np.mean(np.log(ratios))))
    return out


def best_peer(over_all: Mapping[str, float], peers: Collection[str]) -> str:
    """Return the one peer that is best over all sets; "" where none was scored on all of them."""
    return min((m for m in over_all if m in peers), key=lambda m: over_all[m], default="")


def _beside_best(found: Scores, peers: Collection[str]) -> Iterator[float]:
    """Yield, for each set, our CRPS over that of the peer that is best on it."""
    for name, model in found:
        if model == OURS:
            yield found[name, OURS].crps / min(
                s.crps for (n, m), s in found.items() if n == name and m in peers
            )


def _coverage(found: Scores) -> dict[str, float]:
    ours = [score for (_, model), score in found.items() if model == OURS]
    if not ours:
        return {}
    of_80 = [s.coverage80 for s in ours]
    return {
        "coverage80_min": min(of_80),
        "coverage80_max": max(of_80),
        "coverage95_min": min(s.coverage95 for s in ours),
    }
