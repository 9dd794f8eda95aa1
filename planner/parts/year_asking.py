"""Asking for a capacity plan: horizon, risk and what is supposed; it is computed in the background."""

from datetime import date, timedelta

import streamlit as st

from planner import session
from planner.actions.start_year import start_year
from planner.capacity.answer import CapacityAnswer
from planner.capacity.calendar import HORIZONS, fiscal_year_start
from planner.desk import Desk
from planner.parts import steps
from planner.wording.dates import wareki

_STEP = 5


def year_form(desk: Desk, before: CapacityAnswer | None) -> None:
    """Ask for a horizon, a risk and a scenario, as they were asked last, and start the computation."""
    today = session.day_of(desk.id)
    as_of = today - timedelta(days=1)
    risk = desk.target.max_risk if before is None else before.asked.max_risk
    with st.form(f"year-{desk.id}", border=False):
        st.write(f"{wareki(as_of)}までの記録から、先の体制を計算する。1分ほどかかる（36か月では2分ほど）。")
        months = st.selectbox(
            "期間（翌月から）",
            HORIZONS,
            index=HORIZONS.index(before.asked.months) if before and before.asked.months in HORIZONS else 0,
            format_func=lambda n: f"{n}か月",
            filter_mode=None,
        )
        accepted = st.slider(
            "目標を下回るおそれとして許す上限（%）", 0, 50, min(round(risk * 100 / _STEP) * _STEP, 50), _STEP
        )
        st.write("試算する場合（変えなければ、決まった場合だけを比べる）")
        users = st.slider("利用者の数（今を100%とする）", 50, 150, 100, _STEP)
        since = st.selectbox("利用者の数が変わる日", _since(as_of), format_func=wareki, filter_mode=None)
        handling = st.slider("処理時間（今を100%とする）", 80, 150, 100, _STEP)
        if st.form_submit_button("計算する", type="primary" if before is None else "secondary"):
            asked = {
                "desk_id": desk.id,
                "as_of": as_of.isoformat(),
                "months": months,
                "max_risk": accepted / 100,
                "users_times": users / 100,
                "users_from": since.isoformat() if users != 100 else "",
                "handling_times": handling / 100,
                "at": session.time_on(today).isoformat(),
            }
            _started(desk, asked)


def _since(as_of: date) -> tuple[date, ...]:
    """Return the days on which users may go: the first days of fiscal years and of their halves."""
    year = fiscal_year_start(as_of).year
    days = (date(year + n, month, 1) for n in range(3) for month in (4, 10))
    return tuple(days)


def _started(desk: Desk, asked: dict[str, object]) -> None:
    """Start the job and show the page anew."""
    job = steps.attempted(lambda: start_year(session.store(), asked, session.actor(desk.terms)))
    if job is not None:
        session.choose(job=job.id)
        st.rerun()
