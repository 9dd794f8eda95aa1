"""Uncertain demand as a few factors of the day with their weights."""

import numpy as np
from scipy.linalg import eigh_tridiagonal

from forecasts.distribution import Floats


def gamma_nodes(cv: float, nodes: int = 5) -> tuple[Floats, Floats]:
    """Return factors (nodes,) of mean 1 and their weights: the generalised Gauss-Laguerre rule of a gamma.

    ``cv``: coefficient of variation of the day's factor. Five nodes give an expected service level to 3e-7
    (METHODS.md section 2). A Poisson count with a gamma factor is a negative binomial one. Computed from the
    recurrence (Golub and Welsch, "Calculation of Gauss quadrature rules", 1969), which stands any small cv.

    Raises ValueError for a cv below 0 or without an end, and for no nodes.
    """
    if not (0.0 <= cv < np.inf) or nodes < 1:
        message = f"cv is {cv}, nodes is {nodes}: a cv of 0 or more and at least one node are wanted"
        raise ValueError(message)
    if cv == 0.0:
        return np.ones(1), np.ones(1)
    shape, number = cv**-2, np.arange(nodes, dtype=np.float64)
    beside = np.sqrt(number[1:] * (number[1:] + shape - 1)) / shape
    at, vectors = eigh_tridiagonal((2 * number + shape) / shape, beside)
    return np.asarray(at), np.asarray(vectors[0] ** 2)
