"""The exponential on the negative axis as a sum of simple fractions: exp(z) = sum of weight / (z - pole).

Near-best rational approximation of type (13, 14) by the Carathéodory-Fejér method (Trefethen, Weideman and
Schmelzer, "Talbot quadratures and rational approximations", BIT 46, 2006, section 4), to 9e-14. Of each
conjugate pair one is kept: the sum over a real argument is twice the real part.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import hankel, svd

Complexes = NDArray[np.complex128]

_FRACTIONS = 14
_COEFFICIENTS, _POINTS = 75, 1024
# The Moebius map from the negative axis to the unit disc: 9 spreads the exponential well for 14 fractions.
_SCALE = 9.0


@cache
def fractions() -> tuple[Complexes, Complexes]:
    """Return the poles and their weights (7,), those with a negative imaginary part left out."""
    circle = np.exp(2j * np.pi * np.arange(_POINTS) / _POINTS)
    real = circle.real
    mapped = np.exp(_SCALE * (real - 1) / (real + 1 + np.finfo(np.float64).eps / 2))
    chebyshev = np.fft.fft(mapped).real / _POINTS
    analytic = np.polyval(chebyshev[_COEFFICIENTS::-1], circle)
    left, singular, right = svd(hankel(chebyshev[1 : _COEFFICIENTS + 1]))
    rest = np.zeros(_POINTS - _COEFFICIENTS)
    above = np.fft.fft(np.concatenate((left[::-1, _FRACTIONS], rest)))
    below = np.fft.fft(np.concatenate((right[_FRACTIONS], rest)))
    best = analytic - singular[_FRACTIONS] * circle**_COEFFICIENTS * above / below
    roots = np.roots(right[_FRACTIONS])
    outside = roots[np.abs(roots) > 1]
    numerator = (np.fft.fft(best * np.polyval(np.poly(outside), circle)).real / _POINTS)[_FRACTIONS::-1]
    residues = np.array(
        [
            np.polyval(numerator, q) / np.polyval(np.poly(np.delete(outside, k)), q)
            for k, q in enumerate(outside)
        ]
    )
    poles = _SCALE * (outside - 1) ** 2 / (outside + 1) ** 2
    weights = 4 * residues * poles / (outside**2 - 1)
    upper = poles.imag > 0
    return np.asarray(poles[upper]), np.asarray(weights[upper])
