"""``madoguchi demo``: the whole chain on the sample, into a folder and into the store."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from planner.access import Actor, Role
from planner.actions.create_proposal import create_proposal
from planner.actions.keep_outlook import keep_outlook
from planner.actions.keep_plan import Made, keep_plan
from planner.cli import outputs, terminal
from planner.cli.japanese import Command
from planner.cli.options import Options
from planner.cli.serve import ROOT
from planner.cli.taking_in import Reader, taken_in
from planner.content import Content, content_digest
from planner.desk_folder import keep_desk
from planner.intake import LogSource, Question, Sources, read_question
from planner.outlook.making import kept_outlook
from planner.plan import Plan, Settings, planned
from planner.pseudonyms import pseudonym_of
from planner.store import Store, open_store

SOURCES = Sources(
    desk=ROOT / "data" / "desks" / "lan-desk.toml",
    first=date(2026, 4, 1),
    last=date(2026, 4, 30),
    as_of=date(2026, 3, 1),
)
LOG = LogSource(ROOT / "data" / "sample" / "inquiries.csv")
TODAY = datetime(2026, 3, 2, 9, 0)
"""The sample's day: the first office day after ``as_of``. Fixed, so that two runs give the same bytes."""

EXAMPLE = """
見本（架空データ）で、予測から提案書までを通して行う。令和8年3月2日に4月の人事異動期を計画する例。

例: madoguchi demo --out out/demo
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", cls=Command, help=EXAMPLE)(demo)


def demo(
    out: Annotated[Path, typer.Option(help="書き出す場所")] = Path("out/demo"),
    *,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="データベースに計画があるときは何もしない")
    ] = False,
) -> None:
    """Run the whole chain on the sample."""
    options = Options()
    options.folder("--out", out)
    options.checked()
    store = open_store()
    try:
        if if_empty and _has_plan(store):
            return
        with terminal.progress() as tell:
            tell("reading", 0.0)
            question = read_question(SOURCES, LOG)
            plan = planned(question, Settings(), tell)
            tell("writing", 0.95)
            number = number_of(store, plan.content)
            files = outputs.of_plan(question.desk, plan, TODAY.date(), number)
            written = outputs.written(out, files)
            _keep(store, question, plan)
    finally:
        store.close()
    terminal.out.print("見本省は実在しません。件数・氏名・金額は全て架空データです。")
    terminal.show_plan(plan.content)
    terminal.show_files(written)


def _has_plan(store: Store) -> bool:
    """Show the newest plan, if there is one."""
    heads = store.plans()
    newest = store.plan(heads[0].id) if heads else None
    if newest is None:
        return False
    terminal.out.print("計画が保存されているため、見本は作り直しません。新しい計画は次のとおりです。")
    terminal.show_plan(newest.content)
    return True


def number_of(store: Store, content: Content) -> str:
    """Return the number under which the store has or will have this content; where it has others, none."""
    known = store.proposals(content.desk_id)
    if not known:
        return store.next_number(content.desk_id, TODAY.year)
    digest = content_digest(content)
    same = (f.proposal.number for f in known if content_digest(f.proposal.content) == digest)
    return next(same, outputs.UNNUMBERED)


def _keep(store: Store, question: Question, plan: Plan) -> None:
    """Keep desk, inquiries, plan and a draft of the proposal, as the contractor's manager would."""
    desk = question.desk
    actor = Actor("local", Role.CONTRACT_MANAGER, desk.terms.sender_title)
    keep_desk(store.home, SOURCES.desk)
    file = Reader(desk, pseudonym=pseudonym_of(store.home)).read(LOG.path)
    taken_in(store, desk, file, actor, TODAY)
    keep_plan(store, plan.content, Made(plan.roster, plan.figures), actor, TODAY)
    keep_outlook(store, kept_outlook(question, plan.outlook, Settings()), actor, TODAY)
    if not store.proposals(desk.id):
        create_proposal(store, plan.content, plan.roster, actor, TODAY)
