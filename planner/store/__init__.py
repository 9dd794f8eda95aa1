"""Keeps what happened: imports, events, plans, proposals and decisions, rosters, jobs, the audit chain.

SQLAlchemy does not leave this package: its methods take and return types of the core.
"""

from planner.store.opening import open_store
from planner.store.records import (
    AuditEntry,
    ChainCheck,
    EventList,
    Filed,
    ImportRecord,
    ImportSource,
    Job,
    Mark,
    OutlookHead,
    PlanHead,
    PlanRecord,
)
from planner.store.store import Store
from planner.store.writing import Writing

__all__ = [
    "AuditEntry",
    "ChainCheck",
    "EventList",
    "Filed",
    "ImportRecord",
    "ImportSource",
    "Job",
    "Mark",
    "OutlookHead",
    "PlanHead",
    "PlanRecord",
    "Store",
    "Writing",
    "open_store",
]
