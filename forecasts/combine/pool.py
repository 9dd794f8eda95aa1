"""A linear pool of joint sample paths: each path of the mixture comes whole from one member.

Averaging the members' quantiles day by day would leave no path, and with it no total of a window.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from forecasts.backtest import Trial
from forecasts.combine.weighing import Losses, Weights, losses_of, weights_of
from forecasts.distribution import Floats, Forecast, Wholes

NAME = "combined"
_OF_MIX = 3  # tells the generator of the mixture from those of forecasts and scores


def mixed_samples(samples: Sequence[Wholes], weights: Sequence[float], seed: int) -> Wholes:
    """Mix members' paths (P, D) by weight: (P, D), P the most that a member has; shuffled by ``seed``.

    Raises ValueError if no weight is above zero.
    """
    paths = max(s.shape[0] for s in samples)
    chosen = _chosen([s.shape[0] for s in samples], weights, paths)
    whole = np.concatenate([s[at] for s, at in zip(samples, chosen, strict=True)])
    mixed: Wholes = whole[np.random.default_rng([seed, _OF_MIX]).permutation(paths)]
    return mixed


def mixed_forecast(forecasts: Sequence[Forecast], weights: Sequence[float], seed: int) -> Forecast:
    """Mix forecasts of the same days, grid and channels by weight.

    Slots are those of the member of the largest weight: they are drawn only when they are asked for.
    """
    paths = max(f.paths for f in forecasts)
    chosen = _chosen([f.paths for f in forecasts], weights, paths)
    order = np.random.default_rng([seed, _OF_MIX]).permutation(paths)
    rate = np.concatenate([f.day_rate[at] for f, at in zip(forecasts, chosen, strict=True)])
    count = np.concatenate([f.day_count[at] for f, at in zip(forecasts, chosen, strict=True)])
    first = forecasts[int(np.argmax(weights))]
    return Forecast(
        first.days, first.grid, first.channels, rate[order], count[order],
        first.share, first.concentration, seed, NAME,
    )  # fmt: skip


def mixed_trials(by_member: Mapping[str, Sequence[Trial]], seed: int) -> tuple[Trial, ...]:
    """Mix the members' trials at each origin by what was known there.

    The weights at an origin come from outcomes of earlier origins' trials up to that day. A member without
    a trial at an origin (its history was too short) is not part of the mixture there.
    """
    return tuple(trial for trial, _ in mixed_with_weights(by_member, seed))


def mixed_with_weights(
    by_member: Mapping[str, Sequence[Trial]], seed: int
) -> Iterator[tuple[Trial, Weights]]:
    """Yield the mixed trial of each origin in order of time, with the weights it was mixed by."""
    losses = losses_of(by_member)
    at_origin: dict[object, dict[str, Trial]] = {}
    for name, tried in by_member.items():
        for trial in tried:
            at_origin.setdefault(trial.origin, {})[name] = trial
    for here in losses:
        of = at_origin[here.origin]
        weights = weights_of(losses, tuple(of), here.origin)
        yield _mixed(tuple(of.values()), weights.values, seed), weights


def final_weights(by_member: Mapping[str, Sequence[Trial]]) -> Weights:
    """Return the weights for a forecast from today on: all trials count."""
    losses: tuple[Losses, ...] = losses_of(by_member)
    return weights_of(losses, tuple(by_member), None)


def _mixed(of: Sequence[Trial], weights: Sequence[float], seed: int) -> Trial:
    first = of[0]
    mean: Floats = np.tensordot(np.array(weights), np.stack([t.mean for t in of]), axes=1)
    samples = mixed_samples([t.samples for t in of], weights, seed)
    return Trial(
        first.origin, first.days, first.actual, samples, mean, first.is_event, first.lead, first.round_at
    )


def _chosen(paths: Sequence[int], weights: Sequence[float], wanted: int) -> list[Wholes]:
    """Return which paths of each member are taken, ``wanted`` in all: spread evenly over what it has."""
    share = np.asarray(weights, dtype=float)
    if not (share >= 0).all() or not 0 < share.sum() < np.inf:
        message = f"weights must be finite, not negative and not all zero: {list(weights)}"
        raise ValueError(message)
    exact = share / share.sum() * wanted
    taken = np.floor(exact).astype(np.int64)
    most_left = np.argsort(-(exact - taken), kind="stable")
    taken[most_left[: wanted - int(taken.sum())]] += 1
    counts = zip(taken.tolist(), paths, strict=True)
    return [np.arange(n, dtype=np.int64) * have // max(n, 1) for n, have in counts]
