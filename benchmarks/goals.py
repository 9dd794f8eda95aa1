"""What a benchmark is to reach, and what it reached: a goal that is missed is told, never hidden."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """Bounds of a figure, both included; None = none on that side."""

    least: float | None = None
    most: float | None = None

    def is_met(self, figure: float) -> bool:
        """Tell whether a figure lies within."""
        above = self.least is None or figure >= self.least
        return above and (self.most is None or figure <= self.most)

    def __str__(self) -> str:
        """Write it as people do."""
        return " and ".join(
            f"{sign} {bound:g}"
            for sign, bound in ((">=", self.least), ("<=", self.most))
            if bound is not None
        )


def verdicts(goals: Mapping[str, Goal], figures: Mapping[str, float]) -> Iterator[str]:
    """Yield a line per goal that was measured, the missed ones first."""
    measured = sorted((goal.is_met(figures[n]), n, goal) for n, goal in goals.items() if n in figures)
    for is_met, name, goal in measured:
        yield f"{'met   ' if is_met else 'MISSED'}  {name}  {figures[name]:.4g}  (goal {goal})"
