"""How long an inquiry takes, and how long callers wait before they hang up, as the log tells it."""

from dataclasses import dataclass

import pandas as pd

TRIM_LEVEL = 0.995
WATCHED_MIN = 60.0


@dataclass(frozen=True, slots=True)
class Handling:
    """Handling time of a channel: mean in minutes, coefficient of variation, inquiries it rests on.

    ``is_cv_measured``: False where only the mean was measured and the variation is assumed.
    """

    mean_min: float
    cv: float
    n: int
    is_cv_measured: bool = True


@dataclass(frozen=True, slots=True)
class Patience:
    """Mean minutes until a waiting caller hangs up, the hang-ups and the calls it rests on."""

    mean_min: float
    n_abandoned: int
    n: int


def handling_times(inquiries: pd.DataFrame) -> dict[str, Handling]:
    """Measure handling times by channel; a channel without any is absent.

    Only times above 0 count. Those above the 99.5 % point of their channel are set to that point: an
    inquiry left open over night would else outweigh a hundred others. One inquiry alone has cv 0.
    """
    measured = inquiries.loc[inquiries["handling_min"] > 0, ["channel", "handling_min"]]
    by_channel = measured.groupby("channel", observed=True)["handling_min"]
    return {str(channel): _handling(rows) for channel, rows in by_channel}


def _handling(minutes: "pd.Series[float]") -> Handling:
    kept = minutes.clip(upper=float(minutes.quantile(TRIM_LEVEL, interpolation="higher")))
    mean = float(kept.mean())
    return Handling(mean, float(kept.std(ddof=0)) / mean, len(kept))


def talk_times(intervals: pd.DataFrame) -> dict[str, Handling]:
    """Return the mean talk time by channel from the reports of a telephone exchange; its spread is not told.

    Each interval weighs as many calls as were answered in it, or were offered where that is not told.
    """
    calls = intervals["answered"].fillna(intervals["offered"])
    told = intervals.assign(calls=calls)[(intervals["talk_s"] > 0) & (calls > 0)]
    found = {}
    for channel, rows in told.groupby(told["channel"].astype(str)):
        n = float(rows["calls"].sum())
        mean_min = float((rows["talk_s"] * rows["calls"]).sum()) / n / 60
        found[str(channel)] = Handling(mean_min, 1.0, round(n), is_cv_measured=False)
    return found


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
    found = {str(channel): _patience(rows) for channel, rows in by_channel}
    return {channel: p for channel, p in found.items() if p.n_abandoned and p.mean_min > 0}


def _patience(calls: pd.DataFrame) -> Patience:
    hung_up = int(calls["hung_up"].sum())
    return Patience(float(calls["waited_min"].sum()) / max(hung_up, 1), hung_up, len(calls))
