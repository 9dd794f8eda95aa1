"""Which alternative is recommended, and why: codes with values, of which ``planner.wording`` makes sentences.

Codes of ``Alternative.reasons``, in this order where they apply; shares are written as 0.04:

- ``risk_met`` / ``risk_missed`` (share): risk against the accepted one; always there;
- ``missed_most`` (in_time, answer_rate or same_day): after ``risk_missed``, the target missed most often;
- ``calls_lost`` / ``calls_gained`` (calls a day): measured calls that moved hours leave out or take in;
- ``falls_short`` (share): after ``missed_most``, by how much the expected share lies below that target;
- ``hour_missed`` (share): its worst hour lies below the floor of the target;
- ``no_roster``: no roster of the desk's people keeps every hard rule with this change;
- ``smallest_sufficient`` (accepted risk): recommended, the least change that meets it;
- ``least_risk`` (share): recommended although nothing meets the accepted risk;
- ``smaller_change_suffices`` (key): not recommended, the change named is smaller and meets it;
- ``preferred`` (key): not recommended, it misses the accepted risk and the one named does not;
- ``no_less_risk`` (key): not recommended where nothing meets it, the one named does better or is smaller;
- ``beside`` (risk and person-hours, "0.12 -40.0"): of one not recommended, beyond the recommended one.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from planner.alternatives.alternative import Alternative
from planner.alternatives.levers import KEYS
from planner.desk import Target
from planner.desk_levers import AIMS, Aim

Order = Sequence[Aim]
"""Which change is smaller: the first aim before the next."""
_KNOWN = ("calls_lost", "calls_gained")
"""Reasons that were known before the choice."""
_SEEN = 0.0005
"""Less of a share than is shown."""


def ranked(
    found: Sequence[Alternative], target: Target, order: Order = AIMS, rosterless: Collection[str] = ()
) -> tuple[Alternative, ...]:
    """Return the alternatives, the best first.

    The smallest change whose risk is accepted (``target.max_risk``); where there is none, the least risk,
    then the least expected distance to the targets (in steps of 0.001), then the smallest change. Those of
    the keys ``rosterless`` come last: nobody could work them.
    """
    return tuple(sorted(found, key=lambda a: (a.key in rosterless, *_badness(a, target, order))))


def recommended(
    found: Sequence[Alternative], target: Target, order: Order = AIMS, rosterless: Collection[str] = ()
) -> tuple[Alternative, ...]:
    """Mark exactly one as recommended, the first of ``ranked``, and give the reasons to all."""
    best = ranked(found, target, order, rosterless)[0]
    return tuple(
        replace(
            a, is_recommended=a is best, reasons=_reasons(a, best, target, is_rosterless=a.key in rosterless)
        )
        for a in found
    )


def smallness(alternative: Alternative, order: Order = AIMS) -> tuple[float, ...]:
    """Order changes by what they ask for, in the order of the aims, then by the list.

    With the usual order 現状維持 < hours < +1 < +1 and hours < +2 < +2 and hours.
    """
    effort = alternative.effort
    asked = {
        "work": effort.extra_person_hours,
        "cost": float(effort.reference_cost_yen),
        "hours": abs(effort.extra_reception_hours),
    }
    return (*(asked[aim] for aim in order), KEYS.index(alternative.key))


def distance(alternative: Alternative, target: Target) -> float:
    """Return by how much expected shares fall short of the targets, added up."""
    outcome = alternative.outcome
    return sum(
        max(promised - share.mean, 0.0)
        for promised, share in (
            (target.within_share, outcome.in_time),
            (target.answer_rate, outcome.answer_rate),
            (target.same_day_share, outcome.same_day),
        )
    )


def _is_met(alternative: Alternative, target: Target) -> bool:
    return alternative.outcome.risk <= target.max_risk and not _hour_missed(alternative, target)


def _hour_missed(alternative: Alternative, target: Target) -> bool:
    return alternative.outcome.worst_hour.mean < target.least_hour


def _badness(alternative: Alternative, target: Target, order: Order) -> tuple[float, ...]:
    if _is_met(alternative, target):
        return (0.0, *smallness(alternative, order))
    short = round(distance(alternative, target), 3)
    return (1.0, alternative.outcome.risk, short, *smallness(alternative, order))


def _reasons(
    one: Alternative, best: Alternative, target: Target, *, is_rosterless: bool
) -> tuple[tuple[str, str], ...]:
    risk = _share(one.outcome.risk)
    is_accepted = one.outcome.risk <= target.max_risk
    own = [("risk_met", risk)] if is_accepted else [("risk_missed", risk), *_missed(one, target)]
    if _hour_missed(one, target):
        own.append(("hour_missed", _share(one.outcome.worst_hour.mean)))
    own += [reason for reason in one.reasons if reason[0] in _KNOWN]
    if is_rosterless:
        own.append(("no_roster", ""))
    if one is best:
        met, missed = ("smallest_sufficient", _share(target.max_risk)), ("least_risk", risk)
        return (*own, met if _is_met(one, target) else missed)
    if not is_rosterless:
        own.append((_verdict(one, best, target), best.key))
    return (*own, ("beside", _beside(one, best)))


def _verdict(one: Alternative, best: Alternative, target: Target) -> str:
    if _is_met(one, target):
        return "smaller_change_suffices"
    return "preferred" if _is_met(best, target) else "no_less_risk"


def _beside(one: Alternative, best: Alternative) -> str:
    """Write risk and person-hours beyond those of another alternative."""
    hours = one.effort.extra_person_hours - best.effort.extra_person_hours
    return f"{one.outcome.risk - best.outcome.risk:.2f} {hours:.1f}"


def _missed(one: Alternative, target: Target) -> list[tuple[str, str]]:
    """Return which target is missed most often, and how far below it the expected share lies."""
    measure = _missed_most(one)
    promised = {
        "in_time": target.within_share,
        "answer_rate": target.answer_rate,
        "same_day": target.same_day_share,
    }
    short = promised[measure] - getattr(one.outcome, measure).mean
    return [("missed_most", measure), *([("falls_short", f"{short:.3f}")] if short >= _SEEN else [])]


def _missed_most(alternative: Alternative) -> str:
    outcome = alternative.outcome
    chances = {
        "in_time": outcome.risk_in_time,
        "answer_rate": outcome.risk_answer_rate,
        "same_day": outcome.risk_same_day,
    }
    return max(chances, key=lambda target: chances[target])


def _share(value: float) -> str:
    return f"{value:.2f}"
