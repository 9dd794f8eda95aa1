"""A content as a real plan gives it (架空データ): every alternative, reasons, assumptions, checks."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from forecasts.calendar import Calendar
from planner.alternatives.recommend import recommended
from planner.alternatives.robustness import Stress
from planner.content import Assumption, Check, Content, DayOutlook, KnownEvent
from planner.desk import Target
from planner.ending import EndRule
from planner.proposal import Decision, Proposal, Step, taken
from tests.planner.content_builder import ACCURACY, make_alternative, make_content

KEYS = ("status_quo", "hours", "plus_1", "plus_2", "plus_1_hours", "plus_2_hours")
AT = datetime(2026, 3, 2, 9, 5)
SOURCE = "架空データ"
EVENTS = (
    KnownEvent(
        "diet_ordinary",
        "第221回国会",
        date(2026, 2, 18),
        date(2026, 7, 17),
        date(2026, 2, 8),
        None,
        "planned",
        SOURCE,
    ),
    KnownEvent(
        "transfer",
        "人事異動（4月1日発令）",
        date(2026, 4, 1),
        date(2026, 4, 1),
        date(2026, 2, 20),
        620,
        "confirmed",
        SOURCE,
    ),
    KnownEvent(
        "transfer",
        "人事異動（4月8日発令）",
        date(2026, 4, 8),
        date(2026, 4, 8),
        date(2026, 2, 20),
        80,
        "planned",
        SOURCE,
    ),
    KnownEvent(
        "password_expiry",
        "パスワード一斉更新",
        date(2026, 4, 16),
        date(2026, 4, 17),
        date(2026, 1, 9),
        None,
        "planned",
        SOURCE,
    ),
)
ASSUMPTIONS = (
    Assumption("handling_time", "history", "phone", 17.2, "min", 12345, 16.9, 17.5),
    Assumption("handling_time", "desk_file_assumed", "mail", 12.0, "min"),
    Assumption("handling_cv", "history", "phone", 0.91, "ratio", 12345, 0.9, 0.92),
    Assumption("handling_cv", "desk_file_assumed", "mail", 1.0, "ratio"),
    Assumption("patience", "history", "phone", 3.0, "min", 678, 2.9, 3.2),
    *(
        Assumption(code, "method")
        for code in (
            "service_order",
            "mail_interrupted",
            "shift_end",
            "outside_hours",
            "mail_unmoved",
            "extra_staff_equal",
        )
    ),
    Assumption("followed_earlier", "desk_file_assumed", "", 20.0, "percent", None, 5.0, 40.0),
    Assumption("followed_new", "history", "", 12.0, "percent", 43, 3.0, 21.0),
    Assumption("replications", "method", number=8, unit="count"),
    Assumption("reference_targets", "desk_file"),
    Assumption("desk_note", "desk_file", "単価は参考値である。"),
)
CHECKS = (
    Check("daily_hours", is_passed=True, detail="1日の労働時間（労働基準法32条2項）"),
    Check(
        "rest_interval",
        is_passed=True,
        detail="勤務間インターバル（目安）（労働時間等設定改善法2条1項（努力義務））",
    ),
    Check("no_staff_names", is_passed=True),
    Check("propose_in_time", is_passed=True),
)
TARGETS = (
    ("within_min", 1.0),
    ("within_share", 0.8),
    ("answer_rate", 0.9),
    ("same_day_share", 0.95),
    ("max_risk", 0.2),
)


def real_content(**changes: Any) -> Content:
    """Return a content with every part that a plan fills."""
    alternatives = recommended([_alternative(key) for key in KEYS], Target())
    past = make_content().past[0]
    content = make_content(
        outlook=_outlook(),
        events=EVENTS,
        past=(replace(past, start=date(2024, 4, 1), per_day=91.2, ratio=1.69, headcount=640), past),
        targets=TARGETS,
        accuracy=ACCURACY,
        alternatives=alternatives,
        recommended="plus_2",
        assumptions=ASSUMPTIONS,
        end_rule=EndRule(3, 64, 0),
        robustness=tuple(
            Stress(scenario, one.key, min(one.outcome.risk * times, 1.0), 0.8)
            for scenario, times in (("as_forecast", 1.0), ("fewer", 0.5), ("more", 4.0), ("week_later", 1.5))
            for one in alternatives
        ),
        checks=CHECKS,
    )
    return replace(content, **changes)


def _alternative(key: str) -> Any:
    alternative = make_alternative(key)
    slots = tuple(
        None if share is None else max(0.0, min(1.0, share - 0.25 * (36 <= n < 44) + 0.08 * (n >= 56)))
        for n, share in enumerate(alternative.slot_in_time)
    )
    return replace(alternative, slot_in_time=slots)


def _outlook() -> tuple[DayOutlook, ...]:
    """The office days from the demo's day to the end of April."""
    days = Calendar().office_days(date(2026, 3, 2), date(2026, 5, 1))
    rise = [max(0.0, 1 - (d - date(2026, 4, 1)).days / 14) if d >= date(2026, 4, 1) else 0.0 for d in days]
    return tuple(
        DayOutlook(
            day,
            40 + 35 * r,
            55 + 44 * r,
            71 + 58 * r,
            55.5 + 44 * r,
            55.0,
            ("人事異動",) if r else (),
            round(52 + 48 * r) + n % 5,
        )
        for n, (day, r) in enumerate(zip(days, rise, strict=True))
    )


def decided(step: Step, office_title: str, *, days: int = 0, **words: Any) -> Decision:
    """Return one step of a proposal's life, some days after the demo's day."""
    role = "approver" if office_title.endswith("課長") else "contract_manager"
    return Decision(step, office_title, role, AT + timedelta(days=days), **words)


def make_proposal(content: Content | None = None, *steps: Decision) -> Proposal:
    """Return a proposal after some steps."""
    proposal = Proposal("R7-001", 1, content or real_content())
    for step in steps:
        proposal = taken(proposal, step)
    return proposal


def submitted(content: Content | None = None) -> Proposal:
    """Return a proposal that waits for 主管課."""
    return make_proposal(content, decided(Step.REVIEW, "責任者"), decided(Step.SUBMIT, "責任者"))


def approved(content: Content | None = None) -> Proposal:
    """Return an approved proposal, decided after a marked role switch."""
    decision = decided(
        Step.APPROVE_WITH_CONDITIONS,
        "主管課長",
        days=3,
        conditions="週ごとに実績を報告すること。",
        role_switched=True,
    )
    return taken(submitted(content), decision)
