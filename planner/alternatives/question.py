"""The solver's question: which duties a day has to place, and what a slot costs with k people there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from forecasts.distribution import Floats
from forecasts.slots import Grid
from planner.desk import Desk, Person, Shift
from planner.formation import FormationChange, Pattern, standing_formation

DUTY_WORK_MIN = 8 * 60  # 労働基準法32条2項: 8 hours a day without breaks
_BREAK_BY_WORK = ((8 * 60, 60), (6 * 60, 45))  # 労働基準法34条1項: work longer than → break at least


@dataclass(frozen=True, slots=True)
class Crew:
    """People of one grade who are alike: each works one duty that starts at one of ``starts_min``.

    ``work_min`` is without the break; ``operations_min`` of it is operations work (運用管理業務).
    ``standing_starts_min``: when they start in normal times, one entry a head; empty for extra people.
    """

    grade: str
    heads: int
    starts_min: tuple[int, ...]
    work_min: int = DUTY_WORK_MIN
    break_min: int = 60
    operations_min: int = 0
    standing_starts_min: tuple[int, ...] = ()
    is_extra: bool = False

    @property
    def duty_min(self) -> int:
        """Presence: work and break."""
        return self.work_min + self.break_min


@dataclass(frozen=True, slots=True, eq=False)
class PatternQuestion:
    """Place the crews' duties, breaks and operations work so that the fewest calls are late.

    ``late_table`` (S, K+1): expected late calls of a slot with k people at reception; further people keep the
    last value. ``minimum_heads`` are due in every open slot, and so many that at least ``least_hour`` of its
    calls are in time.
    """

    grid: Grid
    opens_min: int
    closes_min: int
    crews: tuple[Crew, ...]
    late_table: Floats
    minimum_heads: int = 1
    seed: int = 0
    least_hour: float = 0.0

    @property
    def total_heads(self) -> int:
        """People on duty."""
        return sum(c.heads for c in self.crews)

    def late(self, minute: int, heads: int) -> float:
        """Return the expected late calls of the whole slot that holds a minute, with so many heads."""
        last_slot, most = (size - 1 for size in self.late_table.shape)
        return float(self.late_table[min(self.grid.slot_of(minute), last_slot), min(heads, most)])

    def least_heads(self, minute: int) -> int:
        """Return the people due at reception at a minute; with nobody there every call is late."""
        if not self.least_hour:
            return self.minimum_heads
        slot = min(self.grid.slot_of(minute), len(self.late_table) - 1)
        late = self.late_table[slot]
        enough = late <= (1.0 - self.least_hour) * late[0]
        return max(self.minimum_heads, int(enough.argmax()) if enough.any() else len(late) - 1)

    def late_calls(self, pattern: Pattern) -> float:
        """Return the expected late calls of a day; a slot whose heads change counts in proportion."""
        total = 0.0
        for slot, people in enumerate(pattern.heads(self.grid)):
            at, low, part = self.grid.start_min(slot), int(people), people % 1
            total += (1 - part) * self.late(at, low) + part * self.late(at, low + 1)
        return float(total)


def pattern_question(desk: Desk, change: FormationChange, late: Floats, seed: int) -> PatternQuestion:
    """Return the question of a change: residents keep their shifts unless reception hours move.

    With other hours a duty may start at the desk's lever starts, at the standing starts, and at these
    moved by the change. Extra people may start at any of them and do no operations work: they are asked
    for at reception.
    """
    formation = change.applied(standing_formation(desk))
    is_moved = bool(change.opens_earlier_min or change.closes_later_min)
    crews = _moved_crews(desk, change) if is_moved else _standing_crews(desk)
    if change.extra_heads:
        usual = _shift_of(desk, desk.residents[0])
        starts = _starts(desk, change, usual)
        crews += (
            Crew(
                change.extra_grade, change.extra_heads, starts, usual.work_min, lawful_break_min(usual),
                is_extra=True,
            ),
        )  # fmt: skip
    return PatternQuestion(
        desk.grid, formation.opens_min, formation.closes_min, crews, late, max(desk.minimum_heads, 1), seed,
        desk.target.least_hour,
    )  # fmt: skip


def lawful_break_min(shift: Shift) -> int:
    """Return the break of a duty: the shift's own, at least what 労働基準法34条1項 asks for."""
    least = next((least for longer_than, least in _BREAK_BY_WORK if shift.work_min > longer_than), 0)
    return max(shift.break_min, least)


def _standing_crews(desk: Desk) -> tuple[Crew, ...]:
    alike = Counter((p.grade, _shift_of(desk, p)) for p in desk.residents)
    return tuple(
        _resident_crew(desk, grade, shift, (shift.start_min,) * heads, (shift.start_min,))
        for (grade, shift), heads in alike.items()
    )


def _moved_crews(desk: Desk, change: FormationChange) -> tuple[Crew, ...]:
    alike: dict[tuple[str, int, int], list[Shift]] = {}
    for person in desk.residents:
        shift = _shift_of(desk, person)
        alike.setdefault((person.grade, shift.work_min, lawful_break_min(shift)), []).append(shift)
    return tuple(
        _resident_crew(
            desk, grade, shifts[0], sorted(s.start_min for s in shifts), _starts(desk, change, shifts[0])
        )
        for (grade, _, _), shifts in alike.items()
    )


def _resident_crew(
    desk: Desk, grade: str, shift: Shift, standing: Iterable[int], starts: tuple[int, ...]
) -> Crew:
    standing = tuple(standing)
    return Crew(
        grade, len(standing), starts, shift.work_min, lawful_break_min(shift),
        desk.grade(grade).operations_min, standing,
    )  # fmt: skip


def _starts(desk: Desk, change: FormationChange, shift: Shift) -> tuple[int, ...]:
    """Return the starts open to a duty like ``shift`` that keep it within reception or the usual presence."""
    standing = {_shift_of(desk, p).start_min for p in desk.residents}
    moved = {s - change.opens_earlier_min for s in standing} | {s + change.closes_later_min for s in standing}
    formation = change.applied(standing_formation(desk))
    duty_min = shift.work_min + lawful_break_min(shift)
    opens = min(formation.opens_min, *(s - max(change.opens_earlier_min, 0) for s in standing))
    closes = max(
        formation.closes_min,
        *(_shift_of(desk, p).end_min + max(change.closes_later_min, 0) for p in desk.residents),
    )
    wanted = standing | moved | set(desk.levers.starts_min)
    fitting = sorted(s for s in wanted if opens <= s and s + duty_min <= closes)
    return tuple(fitting or sorted(standing))


def _shift_of(desk: Desk, person: Person) -> Shift:
    return desk.shift(person.standing_shift) if person.standing_shift else desk.shifts[0]
