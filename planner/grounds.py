"""What a plan stands on: its assumptions, each with number, unit and source, and the checks it passed."""

from collections.abc import Collection, Iterable, Iterator

from forecasts.history.handling import Handling
from planner.alternatives.levers import hours_variants
from planner.content import Assumption, Check
from planner.desk import Desk
from planner.desk_levers import SHARES
from planner.intake import Question
from planner.queueing.choice import Method
from planner.rosters.roster import Roster
from planner.rosters.rule import Rule
from planner.rosters.rules import RULES

_HISTORY = "history"
_ASSUMED = "desk_file_assumed"
_CONVENTIONS = (
    "service_order",
    "shift_end",
    "outside_hours",
    "no_redial",
    "placed_breaks",
    "extra_staff_equal",
    "full_attendance",
)


def assumptions_of(
    question: Question, replications: int, method: Method, standard_error: float, keys: Collection[str]
) -> tuple[Assumption, ...]:
    """Return every figure and convention that was assumed or estimated, in the order of their weight.

    ``method`` by which calls were judged, ``standard_error`` of the share that was simulated, ``keys`` of the
    alternatives that were compared.
    """
    desk = question.desk
    return (
        *_handling(question),
        *(_patience(question, c.id, c.patience_min) for c in desk.channels if c.patience_min is not None),
        *(Assumption(code, "method") for code in _CONVENTIONS),
        *_extra_people(desk, keys),
        *_followed(desk),
        Assumption("mail_interrupted" if desk.is_mail_interrupted else "mail_finished_first", "desk_file"),
        *_methods(method, standard_error, desk),
        Assumption("replications", "method", number=replications, unit="count"),
        *([Assumption("reference_targets", "desk_file")] if desk.target.is_reference else []),
        *(Assumption("desk_note", "desk_file", note) for note in desk.notes),
    )


def _extra_people(desk: Desk, keys: Collection[str]) -> Iterator[Assumption]:
    """Yield when extra people can be there, or that none are to be had for the days in question."""
    levers = desk.levers
    if not levers.extra_heads:
        yield Assumption("no_extra_people", "desk_file")
    elif not any(key.startswith("plus_") for key in keys):
        yield Assumption("extra_people_unavailable", "desk_file")
    if levers.extra_heads and levers.notice_days:
        yield Assumption("extra_notice", "desk_file", number=levers.notice_days, unit="day")
    if levers.extra_heads and levers.training_days:
        yield Assumption("extra_training", "desk_file", number=levers.training_days, unit="day")


def _followed(desk: Desk) -> Iterator[Assumption]:
    """Yield how calls follow hours, where hours may move: each share in percent, with its band."""
    if not hours_variants(desk.levers):
        return
    yield Assumption("mail_unmoved", "method")
    for share in SHARES:
        low, mid, high = (100 * end for end in getattr(desk.following, share))
        days = desk.following.days(share)
        source = _HISTORY if days else _ASSUMED
        yield Assumption(f"followed_{share}", source, "", mid, "percent", days or None, low, high)


def _methods(method: Method, standard_error: float, desk: Desk) -> Iterator[Assumption]:
    """Yield how the service was found, and how sure what was simulated is: half of its 95 % interval."""
    immediate = [c for c in desk.channels if c.waiting == "immediate"]
    around = 100 * 1.96 * standard_error
    if method.is_exact:
        is_exponential = method.kind == "exact"
        number, unit = (None, "") if is_exponential else (method.handling_cv, "ratio")
        yield Assumption(f"calls_{method.kind}", "method", number=number, unit=unit)
        if len({c.patience_min for c in immediate}) > 1:
            yield Assumption("mean_patience", "method")
        if len(immediate) < len(desk.channels):
            yield Assumption("mail_simulated", "method", number=around, unit="point")
        else:
            yield Assumption("days_simulated", "method")
    else:
        yield Assumption(f"calls_simulated_{method.reason}", "method", number=around, unit="point")


def checks_of(roster: Roster | None, clashing: Iterable[str], *, is_urgent: bool) -> tuple[Check, ...]:
    """Return the checks of the proposed alternative: each hard rule of law over its roster, the lead time.

    ``clashing``: rules that cannot all be kept where there is no roster; empty: none was found in time, and
    nothing is known to be kept.
    """
    broken = {v.rule for v in roster.violations} if roster else set(clashing) or {r.code for r in RULES}
    lawful = (rule for rule in RULES if rule.is_hard and any(figure.since for figure in rule.source))
    rules = (
        Check(rule.code, rule.code not in broken, f"{rule.name_ja}（{_articles(rule)}）") for rule in lawful
    )
    return (*rules, _full_strength(roster), Check("propose_in_time", not is_urgent))


def _full_strength(roster: Roster | None) -> Check:
    """Say on how many days the formation table cannot be filled; by whose leave stays with the contractor."""
    days = {v.day for v in roster.violations if v.rule == "vacancy"} if roster else set()
    found = f"欠員の見込み {len(days)}日" if roster else "勤務表を組めていない"
    return Check("full_strength", roster is not None and not days, f"体制表の人数の充足（{found}）")


def _articles(rule: Rule) -> str:
    return "、".join(dict.fromkeys(figure.article for figure in rule.source if figure.since))


def _handling(question: Question) -> Iterator[Assumption]:
    """Yield the mean of every channel, then the spread of every channel."""
    seen = question.handling
    for c in question.desk.channels:
        found = seen.get(c.id)
        if found is None:
            yield Assumption("handling_time", _ASSUMED, c.id, c.handling_min, "min")
        else:
            yield _measured_time(c.id, found)
    for c in question.desk.channels:
        found = seen.get(c.id)
        if found is None or not found.is_cv_measured:
            yield Assumption("handling_cv", _ASSUMED, c.id, c.handling_cv, "ratio")
        else:
            around = found.cv_interval or (None, None)
            yield Assumption("handling_cv", _HISTORY, c.id, found.cv, "ratio", found.n, *around)


def _measured_time(channel: str, found: Handling) -> Assumption:
    """Return the mean that work is counted with: of the whole log, or where it has moved of its end."""
    if found.is_recent:
        around = found.recent_interval_min or (None, None)
        code, rows = "handling_time_recent", found.recent_n
    else:
        around = found.interval_min or (None, None)
        code, rows = "handling_time", found.n
    return Assumption(code, _HISTORY, channel, found.current_min, "min", rows, *around)


def _patience(question: Question, channel: str, assumed_min: float) -> Assumption:
    measured = question.patience.get(channel)
    if measured is None:
        return Assumption("patience", _ASSUMED, channel, assumed_min, "min")
    around = measured.interval_min or (None, None)
    return Assumption("patience", _HISTORY, channel, measured.mean_min, "min", measured.n_abandoned, *around)
