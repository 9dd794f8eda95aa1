"""Mail that nobody interrupts: by hand, against a desk kept event by event, and what no day may break."""

import heapq
from dataclasses import dataclass, fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.distribution import Floats
from planner.queueing.arrivals import contacts
from planner.queueing.line import Conventions
from planner.queueing.shop import Shop, Stretch, joined
from planner.queueing.simulated.backlog import Deferred
from planner.queueing.simulated.calls import Answers, Calls, answers
from planner.queueing.simulated.crew import TABLE_MIN, crew
from planner.queueing.simulated.simulation import Tally, simulated, tally
from planner.queueing.simulated.uninterrupted import Together, answers_beside_mail
from tests.planner.queueing_builder import flat, make_arrivals, make_shop

FULL, ON_TIME = Conventions(), Conventions(returns="on_time")
DAY = ((510, 720), (780, 1095))
Call = tuple[int, float, float, float]
Mail = tuple[int, float, float]


def calls_of(items: list[Call], days: int) -> Calls:
    """Calls (row, minute, handling, patience)."""
    row, minute, handling, patience = np.array(sorted(items), dtype=float).reshape(-1, 4).T
    return Calls(row.astype(np.int64), minute, handling, patience, np.zeros(days, dtype=np.int64))


def mail_of(items: list[Mail]) -> Deferred:
    """Mail (row, minute, handling)."""
    row, minute, handling = np.array(sorted(items), dtype=float).reshape(-1, 3).T
    return Deferred(row.astype(np.int64), minute, handling)


def served(
    shop: Shop, calls: list[Call], mail: list[Mail], days: int = 1, conventions: Conventions = FULL
) -> Together:
    """Serve the days of one path, all with the same plan."""
    return answers_beside_mail(calls_of(calls, days), mail_of(mail), crew([shop] * days, conventions))


def test_a_call_waits_for_the_mail_in_hand_and_goes_before_the_next() -> None:
    shop = make_shop(((510, 1095),))
    found = served(shop, [(0, 605, 10, 99), (0, 700, 10, 99)], [(0, 600, 20), (0, 600, 20), (0, 699, 1)])
    # Mail 600-620, the call 620-630, mail 630-650, mail 699-700, then the call that came by then.
    assert found.answers.start.tolist() == [620, 700]
    assert found.mail.same_day.tolist() == [[3]]
    assert found.mail.done_min.tolist() == [[41]]


def test_a_caller_may_hang_up_on_a_mail() -> None:
    shop = make_shop(((510, 1095),))
    found = served(shop, [(0, 605, 10, 9), (0, 606, 10, 99)], [(0, 600, 20)])
    assert found.answers.start.tolist() == [np.inf, 620]


def test_a_call_that_comes_as_somebody_becomes_free_goes_first() -> None:
    shop = make_shop(((510, 1095),))
    found = served(shop, [(0, 620, 10, 0)], [(0, 600, 20), (0, 600, 20)])
    assert found.answers.start.tolist() == [620]


def test_another_person_answers_while_one_is_on_mail() -> None:
    shop = make_shop(((510, 1095),), ((510, 1095),))
    found = served(shop, [(0, 605, 10, 99), (0, 606, 10, 99)], [(0, 600, 30)])
    assert found.answers.start.tolist() == [605, 615]


@pytest.mark.parametrize(("conventions", "start", "overtime"), [(FULL, 790, 0), (ON_TIME, 780, 10)])
def test_mail_that_outlasts_a_stretch_moves_the_break_or_cuts_it(
    conventions: Conventions, start: float, overtime: float
) -> None:
    shop = make_shop(((540, 720), (780, 1000)))
    found = served(shop, [(0, 770, 10, 99)], [(0, 710, 20)], conventions=conventions)
    assert found.answers.start.tolist() == [start]
    assert found.mail_overtime_min.tolist() == [[overtime]]


def test_nobody_begins_a_mail_after_the_own_stretch() -> None:
    shop = make_shop(((540, 720),), opens=510, closes=1095)
    found = served(shop, [], [(0, 715, 10), (0, 715, 10)], days=2)
    # The first one is finished at 725, as overtime; the second one waits for the next day.
    assert found.mail.same_day.tolist() == [[1, 0]]
    assert found.mail.backlog.tolist() == [[1, 0]]
    assert found.mail.done_min.tolist() == [[10, 10]]
    assert found.mail_overtime_min.tolist() == [[5, 0]]


def test_nobody_begins_a_mail_after_closing_but_one_in_hand_is_finished() -> None:
    shop = make_shop(((540, 1200),), ((540, 1095),))
    found = served(shop, [(0, 1094, 30, 99)], [(0, 1080, 30), (0, 1093, 5), (0, 1094, 2)], days=2)
    # Both are on mail at the call: one until 1098, and answers it then; the other until 1110.
    assert found.answers.start.tolist() == [1098]
    assert found.mail.due.tolist() == [[3, 0]]
    assert found.mail.same_day.tolist() == [[0, 0]]
    assert found.mail.backlog.tolist() == [[3, 0]]
    assert found.mail.done_min.tolist() == [[35, 2]]


def test_mail_of_the_day_before_is_begun_as_soon_as_somebody_is_there() -> None:
    shop = make_shop(((480, 1000),), opens=510, closes=1095)
    found = served(shop, [(1, 515, 5, 99)], [(0, 995, 5), (0, 995, 40), (0, 996, 60)], days=2)
    # The second is begun at 1000 or not at all: the stretch is over. On the next day 480-520, then the call.
    assert found.answers.start.tolist() == [520]
    assert found.mail.backlog.tolist() == [[2, 0]]


def test_nobody_there_leaves_it_all() -> None:
    found = served(make_shop(), [(0, 600, 5, 99)], [(0, 600, 5), (1, 600, 5)], days=2)
    assert found.answers.start.tolist() == [np.inf]
    assert found.mail.backlog.tolist() == [[1, 2]]
    assert found.mail.same_day.sum() == found.mail.done_min.sum() == found.mail_overtime_min.sum() == 0
    nothing = served(make_shop(DAY), [], [], days=2)
    assert nothing.answers.start.size == 0
    assert nothing.mail.backlog.tolist() == [[0, 0]]


@dataclass
class Clerk:
    """One person of a desk kept event by event."""

    stretches: list[Stretch]
    stays: bool
    free: float = 0.0

    def is_there(self, minute: float) -> bool:
        last = self.stretches[-1][0] if self.stretches else np.inf
        return (self.stays and minute >= last) or any(a <= minute < b for a, b in self.stretches)

    def begin(self, minute: float, handling: float, conventions: Conventions) -> None:
        later = [s for s in self.stretches if s[1] > minute]
        end = later[0][1] if later else minute
        self.free = minute + handling
        if self.free < end or (self.stays and len(later) <= 1):
            return
        back = later[1][0] if len(later) > 1 else np.inf
        self.free = back + self.free - end if conventions.returns == "full" else max(back, self.free)


def kept_by_events(
    shop: Shop, calls: list[Call], mail: list[Mail], days: int, conventions: Conventions
) -> tuple[list[float], list[tuple[int, float]]]:
    """Let the clock run from event to event; return each call's start, and each mail's day and start."""
    starts = dict.fromkeys(sorted(calls), np.inf)
    begun: list[tuple[int, float]] = []
    ordered = sorted(mail)
    for day in range(days):
        people = [joined(p) for p in shop.stretches]
        clerks = [Clerk(p, bool(p) and p[-1][1] >= shop.closes_min) for p in people]
        todays = [c for c in sorted(calls) if c[0] == day]
        clock = [c[1] for c in todays] + [m[1] for m in ordered if m[0] == day] + [0.0]
        clock += [float(edge) for p in people for stretch in p for edge in stretch]
        heapq.heapify(clock)
        while clock:
            now = heapq.heappop(clock)
            while True:
                here = [c for c in clerks if c.free <= now and c.is_there(now)]
                if not here:
                    break
                clerk = min(here, key=lambda c: c.free)
                line = [c for c in todays if c[1] <= now <= c[1] + c[3] and starts[c] == np.inf]
                waits = [m for m in ordered[len(begun) :] if (m[0] < day or (m[0] == day and m[1] <= now))]
                if line:
                    starts[line[0]] = now
                    clerk.begin(now, line[0][2], conventions)
                elif waits and now < shop.closes_min:
                    begun.append((day, now))
                    clerk.begin(now, waits[0][2], conventions)
                else:
                    break
                if clerk.free < TABLE_MIN:
                    heapq.heappush(clock, clerk.free)
    return list(starts.values()), begun


halves = st.integers(0, 120).map(lambda n: n / 2)
quarters = st.lists(st.integers(34, 46), min_size=2, max_size=4, unique=True).filter(
    lambda q: len(q) % 2 == 0
)
call = st.tuples(st.integers(0, 2), halves.map(lambda m: 540 + m), halves.map(lambda m: m + 0.5), halves)
piece = st.tuples(st.integers(0, 2), halves.map(lambda m: 540 + m), halves.map(lambda m: m + 0.5))


@given(
    people=st.lists(quarters, min_size=1, max_size=3),
    calls=st.lists(call, max_size=10, unique_by=lambda c: c[:2]),
    mail=st.lists(piece, max_size=10),
    conventions=st.sampled_from([FULL, ON_TIME]),
)
def test_as_kept_event_by_event(
    people: list[list[int]], calls: list[Call], mail: list[Mail], conventions: Conventions
) -> None:
    edges = [[15 * q for q in sorted(p)] for p in people]
    shop = make_shop(*(tuple(zip(e[::2], e[1::2], strict=True)) for e in edges), opens=540, closes=615)
    found = served(shop, calls, mail, 3, conventions)
    starts, begun = kept_by_events(shop, calls, mail, 3, conventions)
    assert found.answers.start.tolist() == pytest.approx(starts)
    handling = [m[2] for m in sorted(mail)][: len(begun)]
    done_min = np.bincount([d for d, _ in begun], handling, minlength=3)
    assert found.mail.done_min[0].tolist() == pytest.approx(done_min.tolist())
    on_time = [(d, m[0]) for (d, at), m in zip(begun, sorted(mail), strict=False) if at + m[2] <= 615]
    assert found.mail.same_day[0].tolist() == [sum(x == (d, d) for x in on_time) for d in range(3)]
    closed = [
        sum(m[0] <= d for m in mail) - sum(b < d for b, _ in begun) - sum(b == d for b, _ in on_time)
        for d in range(3)
    ]
    assert found.mail.backlog[0].tolist() == closed


def busy_desk(mails_per_slot: float, calls_per_slot: float = 1.0) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(8)
    factor = rng.gamma(9.0, 1 / 9, (60, 3, 1))
    return flat(calls_per_slot, 60, 3, 510, 1095) * factor, flat(mails_per_slot, 60, 3, 420, 1200) * factor


def test_without_mail_calls_are_answered_as_ever() -> None:
    arrivals = make_arrivals(busy_desk(0.0)[0])
    drawn = contacts(arrivals, 2, 0)
    for conventions in (FULL, ON_TIME):
        crews = crew([make_shop(DAY, DAY, ((600, 700), (705, 1000)))] * 3, conventions)
        shop = np.zeros(180, dtype=np.int64)
        calls = Calls(drawn.row, drawn.minute, drawn.handling_min, drawn.patience_min, shop)
        found, usual = answers_beside_mail(calls, mail_of([]), crews).answers, answers(calls, crews)
        assert all((getattr(found, f.name) == getattr(usual, f.name)).all() for f in fields(Answers))
        either = [tally(arrivals, drawn, crews, 1.0, interruptible=yes) for yes in (True, False)]
        assert all((getattr(either[0], f.name) == getattr(either[1], f.name)).all() for f in fields(Tally))


def test_without_calls_one_person_does_the_same_mail_by_closing() -> None:
    rng = np.random.default_rng(3)
    crews = crew([make_shop(((510, 1095),))])
    for _ in range(50):
        # Whole bins, for which the fluid is exact.
        minutes = 5.0 * rng.integers(102, 219, 40)
        items = [(0, m, float(h)) for m, h in zip(minutes, 5.0 * rng.integers(1, 6, 40), strict=True)]
        mail = mail_of(items)
        found = answers_beside_mail(calls_of([], 1), mail, crews).mail
        arrives = np.maximum.accumulate(mail.minute)
        taken = np.cumsum(mail.handling_min)
        # Lindley: work is done at the latest of the sums from any arrival on.
        finish = taken + np.maximum.accumulate(arrives - (taken - mail.handling_min))
        assert found.same_day[0, 0] == (finish <= 1095).sum()


def test_every_mail_is_somewhere() -> None:
    calls, mails = busy_desk(1.2)
    arrivals = make_arrivals(calls, mails)
    drawn = contacts(arrivals, 4, 0)
    found = tally(arrivals, drawn, crew([make_shop(DAY, DAY)] * 3), 1.0, interruptible=False)
    fluid = tally(arrivals, drawn, crew([make_shop(DAY, DAY)] * 3), 1.0)
    assert (found.due == fluid.due).all()
    assert (found.offered == fluid.offered).all()
    before = np.concatenate((np.zeros((60, 1)), found.backlog[:, :-1]), axis=1)
    done = found.due + before - found.backlog
    assert (done >= found.same_day).all()
    assert (found.same_day <= found.due).all()
    # Two people cannot work more than they are there and their overtime.
    worked = found.busy_min.sum(axis=2) + found.deferred_min
    assert (worked <= 2 * 525 + found.overtime_min + 1e-6).all()
    assert found.backlog.sum() > 0


def test_calls_are_served_worse_than_by_those_who_drop_their_mail() -> None:
    arrivals = make_arrivals(*busy_desk(0.6))
    crews = crew([make_shop(DAY, DAY, DAY)] * 3)
    yes, no = (simulated(arrivals, crews, 1.0, 2, 5, interruptible=i).mean for i in (True, False))
    for name in ("in_time", "answered"):
        better, worse = (getattr(mean, name).sum() / mean.offered.sum() for mean in (yes, no))
        assert worse < better - 0.02
    assert no.busy_min.sum() < yes.busy_min.sum()
    again = simulated(arrivals, crews, 1.0, 2, 5, interruptible=False).mean
    assert all((getattr(no, f.name) == getattr(again, f.name)).all() for f in fields(Tally))
