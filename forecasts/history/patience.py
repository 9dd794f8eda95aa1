"""How long callers wait before they hang up, as the log tells it: right-censored by the answer."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc, gammaincinv, ndtri

from forecasts.history.estimates import INTERVAL, Floats

WATCHED_MIN = 60.0
EARLY_MIN = 1.0
"""The first minute: a caller who hears that nobody is free hangs up at once, or never does."""
_SURE = 0.01  # chance by which hang-ups that fit would look as unlike
_UNLIKE = 1.5  # times as likely to hang up as later, or as little
_TAIL = (1 - INTERVAL) / 2

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Patience:
    """Mean minutes until a waiting caller hangs up, the hang-ups and the calls it rests on.

    ``interval_min``: 80 % interval of the mean. ``median_min``: minutes after which half of those who wait
    would have hung up, whatever the shape, with its interval (inf: not seen so far); None where too few
    waited that long. ``early_ratio``: hang-ups a minute of waiting in the first minute, times those later;
    None where either was not watched. ``doubt``: "early_hang_ups" or "late_hang_ups" where the first minute
    speaks against an exponential patience, else "".
    """

    mean_min: float
    n_abandoned: int
    n: int
    interval_min: tuple[float, float] | None = None
    median_min: float | None = None
    median_interval_min: tuple[float, float] | None = None
    early_ratio: float | None = None
    doubt: str = ""


def patience(inquiries: pd.DataFrame) -> dict[str, Patience]:
    """Estimate patience by channel; a channel in which nobody hung up is absent.

    Exponential patience, right-censored by the answer: the maximum-likelihood mean is the total waiting
    time of all calls / the number of hang-ups (Mandelbaum & Zeltyn 2007, "Service Engineering in Action:
    The Palm/Erlang-A Queue"; Lawless 2003, "Statistical Models and Methods for Lifetime Data", ch. 4).
    Nobody is watched longer than an hour: a longer wait is a ticket, not a caller, and an end of the
    watch that does not depend on the caller (type I censoring) leaves the estimate consistent.
    """
    ends = inquiries[["answered_at", "abandoned_at"]].min(axis=1)
    waited_min = (ends - inquiries["received_at"]).dt.total_seconds() / 60
    calls = pd.DataFrame(
        {
            "waited_min": waited_min.clip(upper=WATCHED_MIN),
            "hung_up": (inquiries["abandoned_at"] == ends) & (waited_min <= WATCHED_MIN),
        }
    )[waited_min >= 0]
    by_channel = calls.groupby(inquiries["channel"], observed=True)
    found = {
        str(channel): _patience(
            rows["waited_min"].to_numpy(np.float64), rows["hung_up"].to_numpy(dtype=np.bool_)
        )
        for channel, rows in by_channel
    }
    return {channel: p for channel, p in found.items() if p is not None}


def _patience(waited_min: Floats, hung_up: Bools) -> Patience | None:
    total, left = float(waited_min.sum()), int(hung_up.sum())
    if not left or total <= 0:
        return None
    # Hang-ups over minutes of waiting are Poisson: the interval of Garwood (1936) of their rate.
    interval = (total / float(gammaincinv(left + 1, 1 - _TAIL)), total / float(gammaincinv(left, _TAIL)))
    median, around = _median(waited_min, hung_up)
    ratio, doubt = _first_minute(waited_min, hung_up)
    return Patience(total / left, left, len(waited_min), interval, median, around, ratio, doubt)


def _first_minute(waited_min: Floats, hung_up: Bools) -> tuple[float | None, str]:
    """Hold the first minute against the rest.

    Under an exponential patience each hang-up falls into the first minute with the share of the waiting that
    was spent in it (exact binomial test, twice the smaller tail).
    """
    spent = float(np.minimum(waited_min, EARLY_MIN).sum())
    later = float(waited_min.sum()) - spent
    early, late = (
        int((hung_up & (waited_min <= EARLY_MIN)).sum()),
        int((hung_up & (waited_min > EARLY_MIN)).sum()),
    )
    if spent <= 0 or later <= 0:
        return None, ""
    ratio = (early / spent) / (late / later) if late else None
    share = spent / (spent + later)
    fewer, more = bdtr(early, early + late, share), bdtrc(early - 1, early + late, share) if early else 1.0
    chance = 2 * min(float(fewer), float(more))
    if chance >= _SURE or (ratio is not None and 1 / _UNLIKE < ratio < _UNLIKE):
        return ratio, ""
    return ratio, "early_hang_ups" if ratio is None or ratio > 1 else "late_hang_ups"


def _median(waited_min: Floats, hung_up: Bools) -> tuple[float | None, tuple[float, float] | None]:
    """Return the Kaplan-Meier median and its interval (Brookmeyer & Crowley 1982, on the log-log scale)."""
    at, staying, variance = _survival(waited_min, hung_up)
    if not len(at) or staying[-1] > 0.5:
        return None, None
    inside = (staying > 0) & (staying < 1)
    survival = np.where(inside, staying, 0.5)
    error = np.sqrt(variance) / np.abs(np.log(survival))
    distance = np.log(-np.log(survival)) - np.log(np.log(2))
    reach = float(ndtri(1 - _TAIL)) * error
    # Below: half may have left already; above: half surely have.
    may, must = (
        (staying == 0) | (inside & (distance >= -reach)),
        (staying == 0) | (inside & (distance > reach)),
    )
    low = float(at[may][0])
    high = float(at[must][0]) if must.any() else float("inf")
    return float(at[staying <= 0.5][0]), (low, high)


def _survival(waited_min: Floats, hung_up: Bools) -> tuple[Floats, Floats, Floats]:
    """Return when callers hung up, the share who would still wait, and Greenwood's sum for its logarithm."""
    at, left = np.unique(waited_min[hung_up], return_counts=True)
    waiting = len(waited_min) - np.searchsorted(np.sort(waited_min), at, side="left")
    with np.errstate(divide="ignore"):  # the last caller leaves: nobody stays, and its variance says nothing
        greenwood = np.cumsum(left / (waiting * (waiting - left)))
    staying = np.cumprod(1 - left / waiting, dtype=np.float64)
    return at, staying, np.where(np.isfinite(greenwood), greenwood, 0.0)
