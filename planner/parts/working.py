"""A computation under way: how far, how long still, stop. It goes on while the page is closed."""

import time

import streamlit as st

from planner import session
from planner.store import Job
from planner.wording.faults import fault_sentences
from planner.wording.progress import PROGRESS

_EARLY = 0.05
_REFRESH_S = 1.0


def job_under_way() -> None:
    """Show the job that the address names, if there is one; once it is done what it made is shown."""
    job_id = session.chosen("job")
    if not job_id:
        return
    try:
        job = session.store().jobs.job(job_id)
    except KeyError:
        session.choose(job="")
        return
    if job.is_alive(time.time()):
        _watched(job_id)
    else:
        _ended(job)


@st.fragment(run_every=_REFRESH_S)
def _watched(job_id: str) -> None:
    """Ask again and again while the job lives; then the whole page once more."""
    now, job = time.time(), session.store().jobs.job(job_id)
    if not job.is_alive(now):
        st.rerun()
    st.progress(
        min(job.fraction, 1.0), text=f"{PROGRESS.get(job.text, '準備している')}{_time_left(job, now)}"
    )
    if job.is_cancel_asked:
        st.write("中止している。")
    else:
        st.button("計算を中止する", on_click=session.store().jobs.cancel, args=(job_id,))
    st.caption("この画面を閉じても計算は続く。同じ番地を開くと、続きが表示される。")


def _time_left(job: Job, now: float) -> str:
    if job.fraction < _EARLY:
        return ""
    seconds = (now - job.created_s) * (1 - job.fraction) / job.fraction
    return f"（残り約{max(round(seconds, -1), 10):.0f}秒）"


def _ended(job: Job) -> None:
    """Choose the plan that was made, or show the outlook or the year; else say why there is none."""
    if job.state == "done" and job.kind == "outlook":
        session.choose(job="")
        st.toast("見通しができた。")
        st.rerun()
    if job.state == "done" and job.kind == "year":
        session.choose(job="")
        st.toast("年間計画ができた。")
        st.rerun()
    if job.state == "done":
        session.choose(job="", plan=job.result["plan_id"], alternative="")
        st.toast("変更案ができた。")
        st.rerun()
    sentences = fault_sentences(job.faults) or ("計算が途中で止まった。もう一度実行してください。",)
    if job.state == "cancelled":
        st.info("計算を中止した。")
    else:
        st.error("計算できなかった。\n\n" + "\n\n".join(sentences))
    st.button("閉じる", on_click=session.choose, kwargs={"job": ""}, key="close-job")
