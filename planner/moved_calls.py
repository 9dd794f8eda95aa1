"""Which calls move where when reception hours move: slots from which a share leaves, slots to which it comes.

One description for both directions: ``planner.following`` moves forecast calls by it, and
``planner.learned_following`` finds the shares in past days of other hours.
"""

from dataclasses import dataclass, replace

from forecasts.slots import Grid
from planner.desk import Reception


@dataclass(frozen=True, slots=True)
class Move:
    """A share (a field of ``Following``) of the calls of ``source`` comes in ``target``, spread evenly.

    ``is_new``: as many calls come besides, and none leaves its source. ``is_overnight``: they come on the
    next office day, and ``target`` is of that day.
    """

    share: str
    source: tuple[int, ...]
    target: tuple[int, ...]
    is_new: bool = False
    is_overnight: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """What other hours do to the calls of a day. ``closed``: usual slots in which nobody is there any more.

    What of the calls of closed slots no move takes elsewhere is lost.
    """

    within: tuple[Move, ...]
    closed: tuple[int, ...]
    overnight: Move | None


def moves(grid: Grid, usual: Reception, now: Reception, tomorrow: Reception) -> Moves:
    """Return the moves of a day on which reception is open as ``now`` says; ``tomorrow``: on the next one.

    Time added at an end takes calls from as many minutes of usual hours beside it (never past the middle of
    those that stay open) and brings new ones. Calls of time closed in the morning come after the opening,
    those of time closed in the evening before closing or at the next opening, within as many minutes.
    """
    stays = Reception(max(usual.opens_min, now.opens_min), min(usual.closes_min, now.closes_min)).slots(grid)
    first, last = stays[: (len(stays) + 1) // 2], stays[(len(stays) + 1) // 2 :]
    before = Reception(now.opens_min, min(usual.opens_min, now.closes_min)).slots(grid)
    after = Reception(max(usual.closes_min, now.opens_min), now.closes_min).slots(grid)
    early = Reception(usual.opens_min, min(now.opens_min, usual.closes_min)).slots(grid)
    late = Reception(max(now.closes_min, usual.opens_min), usual.closes_min).slots(grid)
    is_open = now.slots(grid)
    within = (
        *_added("earlier", first[: len(before)], before),
        *_added("later", last[max(len(last) - len(after), 0) :], after),
        Move("same_day", early, is_open[: len(early)]),
        Move("next_day", early, is_open[: len(early)]),
        Move("same_day", late, is_open[-len(late) :] if late else ()),
    )
    overnight = Move("next_day", late, tomorrow.slots(grid)[: len(late)], is_overnight=True)
    return Moves(
        tuple(m for m in within if m.source and m.target),
        early + late,
        overnight if overnight.source and overnight.target else None,
    )


def _added(share: str, source: tuple[int, ...], target: tuple[int, ...]) -> tuple[Move, Move]:
    move = Move(share, source, target)
    return move, replace(move, share="new", is_new=True)
