"""One day of a desk as planned: reception hours, and who is there when."""

from collections.abc import Sequence
from dataclasses import dataclass

Stretch = tuple[int, int]
"""From a minute of the day to another, the end excluded."""


@dataclass(frozen=True, slots=True)
class Shop:
    """One day as planned: reception hours, and for each person the stretches spent at reception."""

    opens_min: int
    closes_min: int
    stretches: tuple[tuple[Stretch, ...], ...]


def joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Join stretches without a gap between them, in order of time; leave out empty ones."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined
