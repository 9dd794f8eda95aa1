"""What the closed forms take: what is no rate, time, share or number of people is refused by its name."""

from math import inf

import numpy as np

from forecasts.distribution import Floats


def not_negative(**figures: float) -> None:
    """Raise ValueError for the first figure below 0, infinite or NaN, by its name."""
    for name, value in figures.items():
        if not 0.0 <= value < inf:
            message = f"{name} is {value}: 0 or more, and finite, is wanted"
            raise ValueError(message)


def positive(**figures: float) -> None:
    """Raise ValueError for the first figure that is not above 0, or infinite or NaN, by its name."""
    for name, value in figures.items():
        if not 0.0 < value < inf:
            message = f"{name} is {value}: above 0, and finite, is wanted"
            raise ValueError(message)


def people_count(people: int) -> None:
    """Raise ValueError where people are no whole number from 0."""
    if not 0 <= people < inf or people != int(people):
        message = f"people is {people}: a whole number from 0 is wanted"
        raise ValueError(message)


def limit(within_min: float) -> None:
    """Raise ValueError for a limit below 0 or NaN; an endless one is allowed."""
    if not within_min >= 0.0:
        message = f"within_min is {within_min}: 0 or more minutes (inf = no limit) are wanted"
        raise ValueError(message)


def patience(patience_min: float | None) -> None:
    """Raise ValueError for a patience that is not above 0; None or inf = nobody hangs up."""
    if patience_min is not None and not patience_min > 0.0:
        message = f"patience_min is {patience_min}: minutes above 0 are wanted, or None where nobody hangs up"
        raise ValueError(message)


def share(name: str, value: float) -> None:
    """Raise ValueError for a share not from 0 to 1."""
    if not 0.0 <= value <= 1.0:
        message = f"{name} is {value}: from 0 to 1 is wanted"
        raise ValueError(message)


def target_share(name: str, value: float) -> None:
    """Raise ValueError for a share that cannot be promised: 0 ≤ share < 1 is wanted."""
    if not 0.0 <= value < 1.0:
        message = f"{name} is {value}: from 0 to below 1 is wanted (no number of people promises all)"
        raise ValueError(message)


def not_negative_array(name: str, values: Floats) -> None:
    """Raise ValueError for an array with a value below 0, infinite or NaN: the first one by its place."""
    is_faulty = ~((values >= 0.0) & (values < inf))
    if is_faulty.any():
        place = tuple(int(i) for i in np.argwhere(is_faulty)[0])
        where = f"{name}[{', '.join(map(str, place))}]" if place else name
        message = f"{where} is {values[place]}: 0 or more, and finite, is wanted"
        raise ValueError(message)
