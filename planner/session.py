"""What the pages share: the store, who acts, what is chosen, which day it is, answers that take long.

The address holds what is chosen, so that a link can be sent and a reload loses nothing.
"""

import os
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import streamlit as st

from planner.access import Action, Actor, Role, may
from planner.alternatives.what_if import PlanFigures
from planner.content import Content, Parties
from planner.desk import Desk, Person, Terms
from planner.desk_file import read_desk
from planner.desk_folder import desk_files
from planner.desk_past import DeskPast, desk_past
from planner.outlook import KeptOutlook
from planner.store import Filed, OutlookHead, PlanHead, Store, open_store
from planner.wording.terms import ROLES

HOME = "MADOGUCHI_HOME"
USER = "local"
"""Who works at this laptop, in the records."""
# Japan's one time zone, without the zone database that a bare machine may lack.
_JAPAN = timezone(timedelta(hours=9))
_KEPT = "chosen"
_IN_ADDRESS = ("role", "desk", "plan", "alternative", "proposal", "job", "weeks", "channel", "events")
_CONTRACTOR = (Role.PLANNER, Role.CONTRACT_MANAGER)
ROLES_HERE = (*_CONTRACTOR, Role.APPROVER, Role.AUDITOR)


# --- the store and what it holds ---


@st.cache_resource
def _opened(home: str) -> Store:
    return open_store(home or None)


def store() -> Store:
    """Return the store of MADOGUCHI_HOME, opened once. Raises FaultyFile."""
    return _opened(os.environ.get(HOME, ""))


@st.cache_resource(max_entries=64)
def _content(_store: Store, home: Path, plan_id: int) -> Content | None:  # noqa: ARG001  # home is a key
    record = _store.plan(plan_id)
    return None if record is None else record.content


def content_of(plan_id: int) -> Content | None:
    """Return the content of a plan, read once: a kept plan never changes."""
    return _content(store(), store().home, plan_id)


def desk(desk_id: str) -> Desk | None:
    """Return a desk of this installation, None where its file is not kept. Raises FaultyFile."""
    path = desk_files(store().home).get(desk_id)
    return read_desk(path) if path else None


def staff(desk_id: str) -> tuple[Person, ...] | None:
    """Return the people whose names the client must not read, None where nobody knows them."""
    found = desk(desk_id)
    return None if found is None else found.people


def desk_ids() -> tuple[str, ...]:
    """Return the codes of the desks of this installation."""
    return tuple(desk_files(store().home))


def desk_id() -> str:
    """Return the desk chosen, else that of the plan, else the first one; "" where there is none."""
    known, current = desk_ids(), plan()
    wanted = (chosen("desk"), "" if current is None else current.desk_id, *known)
    return next((one for one in wanted if one in known), "")


def imported_desks() -> dict[str, Desk]:
    """Return the desks of this installation for which an import counts. Raises FaultyFile."""
    files = desk_files(store().home)
    counting = [desk_id for desk_id in files if any(r.is_active for r in store().imports(desk_id))]
    return {desk_id: read_desk(files[desk_id]) for desk_id in counting}


@st.cache_resource(max_entries=4)
def _outlook(_store: Store, home: Path, head: OutlookHead) -> KeptOutlook | None:  # noqa: ARG001  # the key
    return _store.outlook(head.id)


def outlook(desk_id: str) -> KeptOutlook | None:
    """Return a desk's newest kept outlook that can be read, read once; None where there is none."""
    found = (_outlook(store(), store().home, head) for head in store().outlooks(desk_id))
    return next((one for one in found if one is not None), None)


@st.cache_resource(max_entries=4, show_spinner="記録を集計している。")
def _past(_store: Store, home: Path, _desk: Desk, state: str) -> DeskPast:  # noqa: ARG001  # the keys
    return desk_past(_store, _desk)


def past(desk: Desk) -> DeskPast:
    """Return what is kept of a desk's past, counted anew once something of it changed. Raises FaultyFile."""
    return _past(store(), store().home, desk, past_state(desk))


def past_state(desk: Desk) -> str:
    """Return a key that changes with everything that is kept of a desk's past."""
    imports = [(record.id, record.file_digest, record.is_active) for record in store().imports(desk.id)]
    events = store().event_list(desk.id)
    return repr((store().home, desk, imports, events and events.version, store().marks(desk.id)))


# --- what is chosen ---


def restored() -> None:
    """Take what the address names at the start of a session; afterwards keep the address up to date."""
    if _KEPT not in st.session_state:
        st.session_state[_KEPT] = {k: st.query_params[k] for k in _IN_ADDRESS if k in st.query_params}
    if st.query_params.to_dict() != st.session_state[_KEPT]:
        st.query_params.from_dict(st.session_state[_KEPT])


def chosen(key: str) -> str:
    """Return what is chosen ("" = nothing): one of the names that the address may hold."""
    return str(st.session_state.get(_KEPT, {}).get(key, ""))


def choose(**values: object) -> None:
    """Choose; "" takes a choice back."""
    kept = {**st.session_state.get(_KEPT, {}), **{k: str(v) for k, v in values.items()}}
    st.session_state[_KEPT] = {k: kept[k] for k in _IN_ADDRESS if kept.get(k)}
    st.query_params.from_dict(st.session_state[_KEPT])


def plans() -> tuple[PlanHead, ...]:
    """Return the heads of all plans, the newest first."""
    return store().plans()


def plan_id() -> int | None:
    """Return the plan chosen, else the newest; None where there is none."""
    known = [head.id for head in plans()]
    wanted = chosen("plan")
    return next((n for n in known if str(n) == wanted), known[0] if known else None)


def plan() -> Content | None:
    """Return the content of the plan chosen, else of the newest one."""
    found = plan_id()
    return None if found is None else content_of(found)


@st.cache_resource(max_entries=4)
def _figures(_store: Store, home: Path, plan_id: int) -> PlanFigures | None:  # noqa: ARG001  # home is a key
    return _store.plan_figures(plan_id)


def plan_figures() -> PlanFigures | None:
    """Return the figures of the plan chosen, from which another change is answered; None: not kept."""
    found = plan_id()
    return None if found is None else _figures(store(), store().home, found)


def case() -> Content | None:
    """Return what the role may see of the work in hand: the plan chosen, else what a proposal says."""
    if is_allowed(Action.SEE_PLAN):
        return plan()
    filed = proposal()
    return None if filed is None else filed.proposal.content


# --- who acts ---


def role() -> Role:
    """Return the role chosen. Anybody at this laptop may take any: the core checks rights, the record tells.

    The local user works for the contractor; the roles of other sides are taken by a marked switch.
    """
    wanted = chosen("role")
    return Role(wanted) if wanted in ROLES_HERE else Role.PLANNER


def is_switched() -> bool:
    """Tell whether the local user speaks for another side than the contractor (役割切替)."""
    return role() not in _CONTRACTOR


def is_allowed(action: str) -> bool:
    """Tell whether the role chosen may do this."""
    return may(role(), action)


def actor(parties: Parties | Terms | None) -> Actor:
    """Return who acts, under the office title that the record will show."""
    return Actor(USER, role(), office_title(role(), parties), is_switched())


def office_title(who: Role, parties: Parties | Terms | None) -> str:
    """Return a role's office title in a case between two parties."""
    titles = {
        Role.CONTRACT_MANAGER: parties and parties.sender_title,
        Role.APPROVER: parties and parties.addressee_title,
        Role.PLANNER: parties and f"{parties.contractor} {ROLES[Role.PLANNER]}",
    }
    return titles.get(who) or ROLES[who]


# --- proposals, as far as the role may see them ---


def proposals() -> tuple[Filed, ...]:
    """Return every proposal in the version that the role may see, the newest proposal first."""
    return tuple(seen for filed in store().proposals() if (seen := _seen(filed)) is not None)


def proposal() -> Filed | None:
    """Return the proposal chosen, else the newest one; None where there is none to see."""
    known = proposals()
    return next((f for f in known if f.proposal.number == chosen("proposal")), known[0] if known else None)


def _seen(filed: Filed) -> Filed | None:
    """Return the newest version that was submitted where drafts may not be seen."""
    if is_allowed(Action.SEE_DRAFT):
        return filed
    if not is_allowed(Action.SEE_PROPOSAL):
        return None
    versions = (filed, *reversed(store().versions(filed.proposal.number)[:-1]))
    return next((v for v in versions if v.proposal.digest), None)


# --- the day ---


def today() -> date:
    """Return the day: a real desk's the real one, the sample's the one after its newest ``as_of``."""
    return sample_day() or _clock().date()


def now() -> datetime:
    """Return the time at the desk, without a zone; of the sample only the time of day is real."""
    return time_on(today())


def time_on(day: date) -> datetime:
    """Return this time of the day on a day."""
    return datetime.combine(day, _clock().time())


def day_of(desk_id: str) -> date:
    """Return the day at a desk: the sample's while its plan is chosen, else the real one."""
    current = plan()
    return today() if current is not None and current.desk_id == desk_id else _clock().date()


def _clock() -> datetime:
    return datetime.now(_JAPAN).replace(tzinfo=None, microsecond=0)


def sample_day() -> date | None:
    """Return the invented day of the sample, None where the plan chosen is of a real desk."""
    current = plan()
    if current is None or not current.is_sample:
        return None
    newest = max(head.as_of for head in plans() if head.desk_id == current.desk_id)
    return newest + timedelta(days=1)


def office_days_left(content: Content, last: date) -> int:
    """Return how many office days are left up to and including ``last``, today not counted."""
    closed, day = dict(content.closed_days), today()
    ahead = (day + timedelta(days=n + 1) for n in range((last - day).days))
    return sum(d.weekday() < 5 and d not in closed for d in ahead)  # Saturday is 5
