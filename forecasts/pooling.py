"""Several desks of one body: what an event did at the others is a prior of what it does here.

Each desk is fitted alone, then again with a prior for every effect from all the others: effects of a desk
deviate from a mean over desks (Lindley & Smith 1972, "Bayes estimates for the linear model", JRSS B 34(1)),
and by how much is found by expectation and maximisation (Dempster, Rubin & Tsutakawa 1981, "Estimation in
covariance components models", JASA 76(374)). A desk that has lived through many rounds hardly moves; one that
has seen none starts from what its neighbours saw. An effect is that of a round typical of the desk, so desks
of any size compare.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats
from forecasts.joint.learned import LEVELS, Learned
from forecasts.joint.table import POOLED_BLOCKS, PRIORS, Elsewhere
from forecasts.model import Known
from forecasts.models.joint import FittedJoint, Joint
from forecasts.regressors import Column

LEAST_OTHERS = 2
"""Desks that must have learned of an effect before it says anything of another desk."""
_ROUNDS, _TOLERANCE = 60, 0.01
_LEARNED = 0.1  # information over that of the prior: less, and the data said nothing


def pooled(knowns: Sequence[Known]) -> tuple[FittedJoint, ...]:
    """Fit the joint model to desks that live under the same events; answers in the order of ``knowns``.

    Raises ValueError where a desk has too short a history.
    """
    alone = [Joint().fit(known) for known in knowns]
    priors = elsewhere([fitted.learned for fitted in alone])
    return tuple(
        Joint(prior).fit(known) if prior else first
        for known, first, prior in zip(knowns, alone, priors, strict=True)
    )


def elsewhere(desks: Sequence[Learned]) -> tuple[Mapping[Column, Elsewhere], ...]:
    """Return for each desk, fitted alone, what all others say of the columns that events have."""
    found = {c for desk in desks for c in desk.columns if c.block in POOLED_BLOCKS}
    columns = tuple(sorted(found, key=lambda c: (c.block, c.of, c.part)))
    told = [_told(desk, columns) for desk in desks]
    guess = np.array([PRIORS[c.block][0] ** 2 for c in columns])
    out = []
    for n in range(len(desks)):
        others = [one for m, one in enumerate(told) if m != n]
        learned = sum((np.diag(one.information) > _LEARNED / guess for one in others), np.zeros(guess.size))
        at = np.flatnonzero(learned >= LEAST_OTHERS)
        between = _between(others, guess) if at.size else []
        out.append({columns[k]: between[k] for k in at.tolist()})
    return tuple(out)


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """What one desk's data say of effects (Gaussian): the precision (K, K), and precision x mean (K,)."""

    information: Floats
    weighted: Floats

    def given(self, mean: Floats, between: Floats) -> tuple[Floats, Floats]:
        """Return mean (K,) and covariance (K, K) of the desk's effects, given those of all desks (K,)."""
        covariance = _inverse(self.information + np.diag(1 / between))
        return covariance @ (self.weighted + mean / between), covariance


def _told(desk: Learned, columns: Sequence[Column]) -> _Told:
    """Take the desk's own prior, of mean 0, out of what it learned.

    Of all effects together: an effect and its shape explain the same days, and one by one each would claim
    all that is seen on them.
    """
    at = desk.at(*POOLED_BLOCKS)
    own = [desk.columns[n - LEVELS] for n in at.tolist()]
    place = [columns.index(c) for c in own]
    precision = _inverse(desk.estimate.covariance[np.ix_(at, at)])
    prior = np.array([desk.sds.get(c.block, PRIORS[c.block][0]) for c in own])
    values, vectors = np.linalg.eigh(precision - np.diag(prior**-2.0))
    information, weighted = np.zeros((len(columns), len(columns))), np.zeros(len(columns))
    information[np.ix_(place, place)] = (vectors * np.maximum(values, 0.0)) @ vectors.T
    weighted[place] = precision @ desk.estimate.mean[at]
    return _Told(information, weighted)


def _between(desks: Sequence[_Told], guess: Floats) -> list[Elsewhere]:
    """Return the mean of each effect over desks and how far that of one more desk may lie from it.

    ``guess`` (K,): variance of an effect of which nothing is known. Two or three desks cannot show that all
    are alike: a fifth of the usual sd is held as if seen at one desk more.
    """
    held = guess / 25
    between = held
    for _ in range(_ROUNDS):
        mean, variance = _mean_over(desks, guess, between)
        squares = held.copy()
        for desk in desks:
            own, covariance = desk.given(mean, between)
            left = covariance / between - np.eye(guess.size)  # how own - mean follows the mean
            squares += np.square(own - mean) + np.diag(covariance) + np.diag(left @ variance @ left.T)
        before, between = between, squares / (len(desks) + 1)
        if np.abs(np.log(between / before)).max() < _TOLERANCE:
            break
    sd = np.sqrt(between + np.diag(variance))
    return [Elsewhere(m, s) for m, s in zip(mean.tolist(), sd.tolist(), strict=True)]


def _mean_over(desks: Sequence[_Told], guess: Floats, between: Floats) -> tuple[Floats, Floats]:
    """Return mean (K,) and covariance (K, K) of what is known of the effects' mean over desks."""
    precision, weighted = np.diag(1 / guess), np.zeros(guess.size)
    for desk in desks:
        own, covariance = desk.given(np.zeros(guess.size), between)
        precision += np.diag(1 / between) - covariance / np.outer(between, between)
        weighted += own / between
    variance = _inverse(precision)
    return variance @ weighted, variance


def _inverse(of: Floats) -> Floats:
    """Return the inverse of a covariance or a precision."""
    return np.asarray(np.linalg.inv(of), dtype=np.float64)
