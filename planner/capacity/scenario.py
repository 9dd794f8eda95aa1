"""What may be otherwise in a coming year: fewer users, longer handling, another number of residents."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Key = Literal["as_is", "users", "handling", "one_fewer", "asked"]

USERS_TIMES, HANDLING_TIMES = 0.8, 1.1
"""The two questions that are always answered: a fifth of the users gone (GSS), handling a tenth longer."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is supposed. ``users_times``: of every inquiry, from ``users_from`` on (None: from the first day).

    ``handling_times``: of every handling time. ``is_one_fewer``: one resident less than at present, whatever
    would be best.

    Raises ValueError where a factor is not above 0.
    """

    key: Key = "as_is"
    users_times: float = 1.0
    users_from: date | None = None
    handling_times: float = 1.0
    is_one_fewer: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if not (0 < self.users_times < 100 and 0 < self.handling_times < 100):
            message = (
                f"scenario {self.key}: users x {self.users_times}, handling x {self.handling_times}: "
                "factors above 0 are wanted"
            )
            raise ValueError(message)

    @property
    def is_as_known(self) -> bool:
        """Whether nothing is supposed."""
        return self.users_times == 1.0 and self.handling_times == 1.0 and not self.is_one_fewer


def usual_scenarios(year_from: date, asked: Scenario) -> tuple[Scenario, ...]:
    """Return what is always compared, the present first, and what was asked where it is something else.

    ``year_from``: when users would go: the first day of a fiscal year.
    """
    usual = (
        Scenario(),
        Scenario("users", users_times=USERS_TIMES, users_from=year_from),
        Scenario("handling", handling_times=HANDLING_TIMES),
        Scenario("one_fewer", is_one_fewer=True),
    )
    is_new = not asked.is_as_known and all(_supposed(asked) != _supposed(s) for s in usual)
    return (*usual, asked) if is_new else usual


def _supposed(scenario: Scenario) -> tuple[object, ...]:
    since = scenario.users_from if scenario.users_times != 1.0 else None
    return scenario.users_times, since, scenario.handling_times, scenario.is_one_fewer
