"""Which desk a page works for, where an installation has several."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from planner import session
from planner.desk import Desk


def desk_in_hand() -> Desk | None:
    """Return the desk chosen, and let another be chosen where there are several; None without a desk file.

    Raises FaultyFile where its file cannot be used.
    """
    current = session.desk_id()
    if not current:
        return None
    known = session.desk_ids()
    if len(known) > 1:
        names = _names(known)
        key = f"desk-{current}"
        st.selectbox(
            "窓口",
            known,
            index=known.index(current),
            format_func=names.__getitem__,
            key=key,
            on_change=lambda: session.choose(desk=st.session_state[key]),
            filter_mode=None,
            width=360,
        )
    return session.desk(current)


def _names(desk_ids: Sequence[str]) -> dict[str, str]:
    """Return the names of desks, each once: two that look alike could not be told from each other."""
    names = {one: one if (desk := session.desk(one)) is None else desk.name for one in desk_ids}
    seen = Counter(names.values())
    return {one: name if seen[name] == 1 else f"{name}（{one}）" for one, name in names.items()}
