"""The files of a plan: all are made in a folder beside the target first, so that none is half-written."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from planner.content import Content, canonical_json
from planner.desk import Desk
from planner.document import document
from planner.exports import FORMATS, ROSTER_FORMATS, RosterSheet
from planner.plan import Plan
from planner.proposal import Proposal

PLAN = "plan.json"


def of_plan(desk: Desk, plan: Plan, today: date | None = None) -> dict[str, bytes]:
    """Return the files of a plan by name: the documents, the contractor's roster, all figures.

    They are dated ``today``, or else the last day that the plan knows of.
    """
    content = plan.content
    files = client_files(Proposal(draft_number(content), 1, content), today)
    if plan.roster is not None:
        days = desk.calendar.office_days(content.period.start, content.period.end)
        sheet = RosterSheet(desk, plan.roster, days, today or content.as_of)
        files |= {f.file_name: f.write(sheet) for f in ROSTER_FORMATS}
    return files | {PLAN: canonical_json(content).encode()}


def client_files(proposal: Proposal, today: date | None) -> dict[str, bytes]:
    """Return the documents of a proposal by file name."""
    paper = document(proposal, today)
    return {f.file_name: f.write(paper) for f in FORMATS}


def draft_number(content: Content) -> str:
    """Return the number of a proposal that no store has numbered yet."""
    return f"{content.desk_id}-{content.window.start:%Y%m%d}"


def written(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, made where it is missing; what fails leaves the old files as they were."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as new:
        for name, data in files.items():
            (Path(new) / name).write_bytes(data)
        return tuple((Path(new) / name).replace(folder / name) for name in files)
