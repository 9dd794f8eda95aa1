"""What every engine answers: rows (``Linear``), one stage to minimise, the earlier ones held."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from planner.rosters.linear import Linear
from planner.rosters.roster import Stage

Watch = Callable[[], bool]
"""Asked now and then during a search: whether to go on (False = cancelled)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine says. ``values`` of all decisions are None without an answer.

    ``bound``: no roster is charged less; ``is_infeasible``: proved that no roster keeps every row.
    """

    values: tuple[int, ...] | None
    bound: float = 0.0
    is_optimal: bool = False
    is_infeasible: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One search: minimise the charges of ``stage`` (None: any roster) while ``held`` stages cost no more.

    ``hint``: values to start from; ``limit_s``: wall seconds at most (an engine may stop at a fixed amount of
    work before); ``gap``: (value - bound) / value at which a search may end; ``fixed``: decision → value.
    """

    linear: Linear
    stage: Stage | None
    held: Mapping[Stage, int] = field(default_factory=dict)
    hint: Sequence[int] | None = None
    seed: int = 0
    limit_s: float = 60.0
    gap: float = 0.0
    fixed: Mapping[int, int] = field(default_factory=dict)
    watch: Watch = lambda: True


class Engine(Protocol):
    """A solver of such questions."""

    def __call__(self, ask: Ask, /) -> Answer:
        """Return the best roster found and what was proved."""
