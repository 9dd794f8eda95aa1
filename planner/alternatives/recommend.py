"""Which alternative is recommended, and why: codes with values, of which ``planner.wording`` makes sentences.

Codes of ``Alternative.reasons``, in this order where they apply; shares are written as 0.04:

- ``risk_met`` / ``risk_missed`` (share): risk against the accepted one; always there;
- ``missed_most`` (in_time, answer_rate or same_day): after ``risk_missed``, the target missed most often;
- ``calls_lost`` / ``calls_gained`` (calls a day): measured calls that moved hours leave out or take in;
- ``smallest_sufficient`` (accepted risk): recommended, the least change that meets it;
- ``least_risk`` (share): recommended although nothing meets the accepted risk;
- ``smaller_change_suffices`` (key): not recommended, the change named is smaller and meets it;
- ``preferred`` (key): not recommended, it misses the accepted risk and the one named does not;
- ``no_less_risk`` (key): not recommended where nothing meets it, the one named does better or is smaller.
"""

from collections.abc import Sequence
from dataclasses import replace

from planner.alternatives.alternative import Alternative
from planner.alternatives.levers import KEYS
from planner.desk import Target


def recommended(found: Sequence[Alternative], target: Target) -> tuple[Alternative, ...]:
    """Mark exactly one as recommended and add the reasons to all.

    The smallest change whose risk is accepted (``target.max_risk``); where there is none, the least risk,
    then the least expected distance to the targets (in steps of 0.001), then the smallest change.
    """
    best = min(found, key=lambda a: _badness(a, target))
    return tuple(
        replace(a, is_recommended=a is best, reasons=_reasons(a, best, target, a.reasons)) for a in found
    )


def smallness(alternative: Alternative) -> tuple[float, ...]:
    """Order changes by what they ask for: person-hours, then money, then reception hours, then the list.

    So 現状維持 < hours < +1 < +1 and hours < +2 < +2 and hours.
    """
    effort = alternative.effort
    return (
        effort.extra_person_hours,
        effort.reference_cost_yen,
        abs(effort.extra_reception_hours),
        KEYS.index(alternative.key),
    )


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
    return alternative.outcome.risk <= target.max_risk


def _badness(alternative: Alternative, target: Target) -> tuple[float, ...]:
    if _is_met(alternative, target):
        return (0.0, *smallness(alternative))
    short = round(distance(alternative, target), 3)
    return (1.0, alternative.outcome.risk, short, *smallness(alternative))


def _reasons(
    one: Alternative, best: Alternative, target: Target, known: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    risk = _share(one.outcome.risk)
    if _is_met(one, target):
        own = [("risk_met", risk)]
        verdict = (
            ("smallest_sufficient", _share(target.max_risk))
            if one is best
            else ("smaller_change_suffices", best.key)
        )
    else:
        own = [("risk_missed", risk), ("missed_most", _missed_most(one))]
        if one is best:
            verdict = ("least_risk", risk)
        else:
            verdict = ("preferred" if _is_met(best, target) else "no_less_risk", best.key)
    return (*own, *known, verdict)


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
