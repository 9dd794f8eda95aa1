"""Phrases that several sections of a proposal share, made from its content."""

from planner.alternatives.alternative import Alternative
from planner.content import Assumption, Content
from planner.formation import Formation
from planner.wording.assumptions import SOURCES, assumption_label, assumption_value
from planner.wording.dates import percent, thousand_yen
from planner.wording.terms import COST_RULES, change_words


def change_of(content: Content, alternative: Alternative) -> str:
    """Say what an alternative changes: 受付要員の1名増員（初級SE）."""
    change = alternative.change
    grade = dict(content.grades).get(change.extra_grade, "")
    return change_words(change.opens_earlier_min, change.closes_later_min, change.extra_heads, grade)


def formation_words(content: Content, formation: Formation) -> str:
    """Write heads by grade: 一般SE 2名、初級SE 3名."""
    names = dict(content.grades)
    return "、".join(f"{names[grade]} {heads}名" for grade, heads in formation.heads)


def cost_of(content: Content, alternative: Alternative) -> str:
    """Write what the client pays more, and the price of the extra people for reference."""
    effort = alternative.effort
    if effort.contract_cost_yen:
        return f"{thousand_yen(effort.contract_cost_yen)}（{COST_RULES[content.cost_rule]}）"
    reference = f"。参考額 {thousand_yen(effort.reference_cost_yen)}" if effort.reference_cost_yen else ""
    if alternative.change.is_none:
        return "契約金額の変更なし"
    return f"{COST_RULES[content.cost_rule]}{reference}"


def target_words(content: Content, measure: str) -> str:
    """Write the promised share of a measure: 80%以上."""
    shares = dict(content.targets)
    key = {"in_time": "within_share", "answer_rate": "answer_rate", "same_day": "same_day_share"}[measure]
    return f"{percent(shares[key])}以上"


def assumed(content: Content, assumption: Assumption) -> str:
    """Write what an assumption says, with the channel's name."""
    a = assumption
    return assumption_value(a.code, assumed_of(content, a), a.number, a.unit, a.sample_size, a.interval)


def assumed_of(content: Content, assumption: Assumption) -> str:
    """Return what an assumption is about: a channel's name, else the text of the note."""
    return dict(content.channels).get(assumption.subject, assumption.subject)


def assumption_rows(content: Content) -> tuple[tuple[str, str, str], ...]:
    """Return (label, what it says, source) of every assumption."""
    return tuple(
        (assumption_label(a.code), assumed(content, a), SOURCES[a.source]) for a in content.assumptions
    )
