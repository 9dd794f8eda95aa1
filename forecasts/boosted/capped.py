"""Days that cannot be: what is learned by squares must not learn from a slip of the pen."""

import numpy as np
from scipy.ndimage import median_filter

from forecasts.distribution import Floats

_NEAR_DAYS = 61
_MOST_TIMES, _MOST_MORE = 6.0, 20.0


def capped(total: Floats) -> Floats:
    """Return totals (D,) in order, none more than six times (and twenty inquiries) above those around it."""
    usual = median_filter(total, size=_NEAR_DAYS, mode="mirror")
    out: Floats = np.minimum(total, _MOST_TIMES * usual + _MOST_MORE)
    return out
