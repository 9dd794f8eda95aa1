"""One alternative is proposed: its texts, its checks, and a roster of the desk's own people for it."""

from dataclasses import replace

from planner import evidence
from planner.alternatives.recommend import ranked, recommended
from planner.content import Check, Content
from planner.desk import Desk
from planner.drafting import drafted_texts
from planner.grounds import checks_of
from planner.rosters.past import NO_PAST, Past, continued
from planner.rosters.problem import roster_problem
from planner.rosters.roster import NoRoster, Roster, RosterProblem
from planner.rosters.solve import solved
from planner.rosters.soundness import problems_with
from planner.staff_names import names_in

TRIES = 3
"""Rosters looked for: each takes its time, and where three changes cannot be worked, hardly a fourth can."""


def with_feasible_roster(content: Content, desk: Desk, past: Past = NO_PAST) -> tuple[Content, Roster | None]:
    """Propose the best alternative that people can work: one without a roster gives way to the next best.

    Where none of the best has a roster, or the question is unsound, the recommended one stays, without one.
    """
    rosterless: set[str] = set()
    order = desk.levers.order
    for one in ranked(content.alternatives, desk.target, order)[:TRIES]:
        marked = recommended(content.alternatives, desk.target, order, rosterless)
        ready, roster = with_proposed(replace(content, alternatives=marked), one.key, desk, past)
        if roster is not None:
            return ready, roster
        if problems_with(problem_of(ready, desk, past)):
            break
        rosterless.add(one.key)
    return with_proposed(content, content.recommended, desk, past)


def with_proposed(
    content: Content, key: str, desk: Desk, past: Past = NO_PAST
) -> tuple[Content, Roster | None]:
    """Return the content with alternative ``key`` proposed, texts and checks drafted anew, and its roster.

    There is none where no roster keeps every hard rule, or where the question is unsound: why is told by
    ``problems_with(problem_of(content, desk, past))``, which names people and stays with the contractor.
    """
    proposed = content.alternative(key)
    roster, clashing = None, tuple[str, ...]()
    problem = problem_of(replace(content, recommended=key), desk, past)
    if not problems_with(problem):  # of a question that contradicts itself an answer would mislead
        try:
            roster = solved(problem, content.seed)
        except NoRoster as none:
            clashing = none.clashing
    chosen = replace(content, recommended=key)
    ready = replace(
        chosen,
        dates=evidence.dates_of(
            chosen.change_period,
            desk.terms,
            desk.calendar,
            content.as_of,
            evidence.kinds_until(content.events, content.window),
        ),
        texts=drafted_texts(desk, content, proposed),
        checks=checks_of(roster, clashing, is_urgent=content.dates.is_urgent),
    )
    unnamed = Check("no_staff_names", not names_in(ready, desk.people))
    return replace(ready, checks=(*ready.checks, unnamed)), roster


def problem_of(content: Content, desk: Desk, past: Past = NO_PAST) -> RosterProblem:
    """Return the question of the roster of the proposed alternative: it continues the kept rosters.

    Peak days are those of the window of change.
    """
    days = desk.calendar.office_days(content.period.start, content.period.end)
    proposed, now = content.alternative(content.recommended), content.alternatives[0]
    asked = roster_problem(desk, days, proposed, now.pattern)
    peaks = frozenset(day for day in asked.days if day in content.window)
    return continued(replace(asked, peak_days=peaks), past)
