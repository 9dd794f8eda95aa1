"""Calls, and work that may wait which nobody leaves for a call: who has begun a mail finishes it first.

Whoever becomes free takes the next call that waits, else the next mail; both lines first come, first served.
Nobody begins a mail after the end of the own stretch or after closing; one in hand then is finished, under
the same rule of return as a call. Mail lasts overnight, so a path goes day by day, all paths in parallel:
each step gives every path its next contact, or its next day (METHODS.md, section 2, "mail and forms").
"""

from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats, Wholes
from planner.queueing.arrivals import Flags
from planner.queueing.simulated.backlog import Deferred, Drained
from planner.queueing.simulated.calls import Answers, Calls
from planner.queueing.simulated.crew import Crew
from planner.queueing.simulated.places import Places
from planner.queueing.simulated.spans import Spans, overtime_by_row

# As the fluid of ``backlog``: done by closing to this.
_ROUNDING_MIN = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """What became of calls and mail, and the overtime of mail by path and day (P, D).

    In ``mail``, ``same_day`` are those finished by closing; one in hand at closing still counts as backlog.
    """

    answers: Answers
    mail: Drained
    mail_overtime_min: Floats


def answers_beside_mail(calls: Calls, mail: Deferred, crew: Crew) -> Together:
    """Let the crew of each day serve both; rows are path x D + day, as many days as the crew has."""
    both = _Both(calls, mail, crew)
    both.work()
    return Together(Answers(*(x[both.is_call] for x in both.call_at)), *both.mails())


class _Both:
    """Both lines of every path, and how far each has got."""

    def __init__(self, calls: Calls, mail: Deferred, crew: Crew) -> None:
        self.crew, self.days = crew, crew.shop_of_day.size
        self.paths = calls.shop.size // self.days
        self.mail, self.closes = mail, crew.hours()[1]
        # Each row of calls, and each path of mail, ends with one that never comes.
        ends = np.cumsum(np.bincount(calls.row, minlength=calls.shop.size))
        self.next_call = _beginnings(ends)[:: self.days]
        self.arrives, self.handling, self.patience = (
            np.insert(x, ends, np.inf) for x in (calls.minute, calls.handling_min, calls.patience_min)
        )
        self.is_call = np.isfinite(self.arrives)
        self.call_at = np.full((4, self.arrives.size), np.inf)
        path = mail.row // self.days
        ends = np.cumsum(np.bincount(path, minlength=self.paths))
        self.next_mail = _beginnings(ends)
        self.mail_day = np.insert(mail.row - path * self.days, ends, self.days)
        self.mail_minute, self.mail_handling = (
            np.insert(x, ends, np.inf) for x in (mail.minute, mail.handling_min)
        )
        self.is_mail = self.mail_day < self.days
        self.mail_at = np.full((4, self.mail_day.size), np.inf)
        self.begun_on = np.full(self.mail_day.size, self.days)

    def work(self) -> None:
        """Go through all days of every path."""
        crew = self.crew
        shop_of_day = np.append(crew.shop_of_day, 0)
        places = Places(crew, np.full(self.paths, shop_of_day[0]))
        lane, day = np.arange(self.paths), np.zeros(self.paths, dtype=np.int64)
        while lane.size:
            is_over = self._step(places, lane, day[lane])
            home = lane[is_over]
            day[home] += 1
            places.begin_day(home, shop_of_day[day[home]])
            lane = lane[day[lane] < self.days]

    def _step(self, places: Places, lane: Wholes, day: Wholes) -> Flags:
        """Give each lane its next contact; return where nothing is left to do on its day."""
        call, mail = self.next_call[lane], self.next_mail[lane]
        arrives, may_begin = self.arrives[call], self._may_begin(mail, day)
        start, who = places.earliest(np.minimum(arrives, may_begin), lane)
        # A call that has come by then goes first.
        is_mail = (may_begin < arrives) & (start < np.minimum(arrives, self.closes[day]))
        is_coming = np.isfinite(arrives)
        may_answer = ~is_mail & is_coming & np.isfinite(start)
        wait = np.subtract(start, arrives, out=np.zeros_like(start), where=may_answer)
        is_answered = may_answer & (wait <= self.patience[call])
        taken = np.flatnonzero(is_mail | is_answered)
        handling = np.where(is_mail, self.mail_handling[mail], self.handling[call])[taken]
        at = start[taken]
        found = np.stack((at, *places.occupy(lane[taken], who[taken], at, handling)))
        mail_taken = is_mail[taken]
        self.mail_at[:, mail[is_mail]] = found[:, mail_taken]
        self.begun_on[mail[is_mail]] = day[is_mail]
        self.call_at[:, call[is_answered]] = found[:, ~mail_taken]
        self.next_mail[lane] += is_mail
        # Past a day's last call stands the one that never comes, and then the next day's first.
        self.next_call[lane] += ~is_mail
        return ~is_mail & ~is_coming

    def _may_begin(self, mail: Wholes, day: Wholes) -> Floats:
        """Return from which minute of each day the next mail may be begun, inf: not on this day."""
        due = self.mail_day[mail]
        return np.where(due > day, np.inf, np.where(due < day, 0.0, self.mail_minute[mail]))

    def mails(self) -> tuple[Drained, Floats]:
        """Return what became of mail, and the overtime of it."""
        start, leaves, returns, until = (x[self.is_mail] for x in self.mail_at)
        day, begun_on = self.mail_day[self.is_mail], self.begun_on[self.is_mail]
        path = self.mail.row // self.days
        end = start + self.mail.handling_min
        is_begun = begun_on < self.days
        row = path * self.days + begun_on
        # Finished after closing is on no day's books before the next one.
        by_closing = is_begun & (end <= self.closes[np.minimum(begun_on, self.days - 1)] + _ROUNDING_MIN)
        done_on = begun_on + (is_begun & ~by_closing)
        is_done = done_on < self.days
        due = self._counted(self.mail.row)
        done = self._counted((path * self.days + done_on)[is_done])
        same_day = self._counted(self.mail.row[by_closing & (begun_on == day)])
        spans = Spans(row, start, end, leaves, returns, until).only(is_begun)
        minutes = self._counted(row[is_begun], self.mail.handling_min[is_begun])
        overtime = overtime_by_row(spans, self.paths * self.days, self.crew.conventions)
        return Drained(due, same_day, np.cumsum(due - done, axis=1), minutes), overtime.reshape(due.shape)

    def _counted(self, row: Wholes, weight: Floats | None = None) -> Floats:
        """Count, or sum, by path and day (P, D)."""
        found = np.bincount(row, weight, minlength=self.paths * self.days)
        return found.reshape(self.paths, self.days).astype(np.float64)


def _beginnings(ends: Wholes) -> Wholes:
    """Return where each group begins once one more stands at the end of each of them."""
    return np.concatenate(([0], ends[:-1] + np.arange(1, ends.size))).astype(np.int64)
