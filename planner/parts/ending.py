"""解除の条件 of a change in effect, on 概況: for how many days it has been kept."""

from collections.abc import Iterable

import streamlit as st

from forecasts.faults import FaultyFile
from planner import session
from planner.ending import DayCame, days_kept
from planner.proposal import Proposal, State
from planner.wording.ending import progress


def show(proposals: Iterable[Proposal]) -> None:
    """Say of every change in effect how far the condition of its early end has been kept."""
    for proposal in proposals:
        if proposal.state is not State.IN_EFFECT or proposal.content.end_rule is None:
            continue
        rule, came = proposal.content.end_rule, _came(proposal)
        if not rule.most_inquiries or not came:
            continue
        kept = days_kept(rule, came)
        said = f"{proposal.number}: {progress(kept, rule.days, is_backlog_known=False)}"
        (st.warning if kept >= rule.days else st.info)(said)


def _came(proposal: Proposal) -> list[DayCame]:
    """Return what came on the days of the change up to today, as far as records are imported."""
    desk = session.desk(proposal.content.desk_id)
    try:
        history = None if desk is None else session.past(desk).history
    except FaultyFile:  # an event file cannot be read: the pages of data and events say so
        return []
    if history is None:
        return []
    inside, today = proposal.content.change_period, session.today()
    totals = zip(history.days, history.day_count.sum(axis=1).tolist(), strict=True)
    return [DayCame(int(count)) for day, count in totals if day in inside and day <= today]
