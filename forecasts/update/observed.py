"""What came, as it is handed to an update: refused where it cannot be counts of the forecast's days."""

from datetime import date

import numpy as np

from forecasts.distribution import Forecast, Wholes


def checked_counts(counts: Wholes, shape: tuple[int, ...]) -> Wholes:
    """Return counts as whole numbers; raises ValueError where they are negative, fractional or misshapen."""
    given = np.asarray(counts)
    if given.shape != shape:
        message = f"counts have the shape {given.shape}, the forecast asks for {shape}"
        raise ValueError(message)
    whole = np.nan_to_num(given.astype(float), nan=-1.0, posinf=-1.0, neginf=-1.0)
    if (whole < 0).any() or (whole != np.floor(whole)).any():
        message = "counts must be whole numbers from 0 on; leave out days and slots that are not known"
        raise ValueError(message)
    out: Wholes = whole.astype(np.int64)
    return out


def checked_part(observed: Wholes, forecast: Forecast, day: date, until_slot: int) -> Wholes:
    """Return ``observed`` (S, C) of a day that is forecast; raises ValueError where it does not fit."""
    if day not in forecast.days:
        message = f"{day} is not one of the {len(forecast.days)} days of the forecast"
        raise ValueError(message)
    if not 0 <= until_slot <= forecast.grid.slots:
        message = f"until_slot must be from 0 to {forecast.grid.slots}, not {until_slot}"
        raise ValueError(message)
    return checked_counts(observed, forecast.share.shape[1:])
