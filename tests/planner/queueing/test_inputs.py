"""What is refused, and what is just allowed."""

from collections.abc import Callable
from math import inf, nan

import numpy as np
import pytest

from planner.queueing import inputs


@pytest.mark.parametrize(
    ("check", "allowed", "refused"),
    [
        (lambda v: inputs.not_negative(rate=v), (0.0, 1e-300, 1e300), (-1e-300, inf, nan)),
        (lambda v: inputs.positive(rate=v), (1e-300, 1e300), (0.0, -1.0, inf, nan)),
        (inputs.people_count, (0, 500, np.int64(3), 2.0), (-1, 1.5, inf, nan)),
        (inputs.limit, (0.0, 60.0, inf), (-1.0, nan)),
        (inputs.patience, (None, inf, 1e-300), (0.0, -1.0, nan)),
        (lambda v: inputs.share("rate", v), (0.0, 1.0), (-0.1, 1.1, nan)),
        (lambda v: inputs.target_share("rate", v), (0.0, 0.999), (-0.1, 1.0, nan)),
    ],
)
def test_borders(
    check: Callable[[float | None], None], allowed: tuple[float | None, ...], refused: tuple[float, ...]
) -> None:
    for value in allowed:
        check(value)
    for value in refused:
        with pytest.raises(ValueError, match=f" is {value}: .* wanted"):
            check(value)


def test_an_array_names_the_first_fault() -> None:
    inputs.not_negative_array("rates", np.zeros((2, 3)))
    inputs.not_negative_array("rates", np.zeros((0, 3)))
    with pytest.raises(ValueError, match=r"rates\[0, 2\] is -1\.0: 0 or more"):
        inputs.not_negative_array("rates", np.array([[0.0, 1.0, -1.0], [nan, 0.0, 0.0]]))
