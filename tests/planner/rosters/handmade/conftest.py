"""Three days of the standing pattern."""

from dataclasses import replace

import pytest

from planner.rosters.roster import RosterProblem
from tests.planner.rosters.handmade_files import FIRST, SECOND, THIRD


@pytest.fixture
def asked(lan_desk_month: RosterProblem) -> RosterProblem:
    """Three days of the standing pattern."""
    days = (FIRST, SECOND, THIRD)
    late = lan_desk_month.days[-1]
    seats = dict.fromkeys(days, lan_desk_month.seats[late])
    return replace(lan_desk_month, days=days, seats=seats, open_min=dict.fromkeys(days, (510, 1095)))
