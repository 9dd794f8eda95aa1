"""Keeps what happened: inquiries, plans, proposals with their decisions, rosters, jobs, and the audit chain.

SQLAlchemy does not leave this package: its methods take and return types of the core.
"""

from planner.store.opening import open_store
from planner.store.records import (
    AuditEntry,
    ChainCheck,
    Filed,
    ImportRecord,
    Job,
    PlanHead,
    PlanRecord,
)
from planner.store.store import Store
from planner.store.writing import Writing

__all__ = [
    "AuditEntry",
    "ChainCheck",
    "Filed",
    "ImportRecord",
    "Job",
    "PlanHead",
    "PlanRecord",
    "Store",
    "Writing",
    "open_store",
]
