"""``madoguchi roster check``: a roster made by hand, checked rule by rule without solving."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from forecasts.faults import Fault, FaultyFile
from forecasts.history.sheets import raw_of
from forecasts.slots import Period
from planner.alternatives.question import pattern_question
from planner.alternatives.solver import designed
from planner.cli import terminal
from planner.cli.japanese import Command, Group
from planner.cli.options import Options
from planner.content import Content, content_from_json
from planner.desk import Desk
from planner.formation import Formation, FormationChange, Pattern, standing_formation
from planner.intake import Sources, calendar_of, desk_and_events, period_faults
from planner.plan import Settings
from planner.rosters.check import violations
from planner.rosters.handmade import read_roster
from planner.rosters.problem import roster_problem
from planner.rosters.roster import RosterProblem, Violation
from planner.rosters.rules import RULES
from planner.wording.dates import short_day, short_span

CHECK = """
手で作った勤務表（Excel・CSV）を、法令と窓口の決まりの一つ一つに照らして確かめる。勤務表は組み直さない。

通常の体制に照らすときは期間を、提案した体制に照らすときは計画（plan.json）を指定する。
終了コード: 0 = 必須の決まりを全て守る、1 = 守らないものがある、2 = ファイルを読めない。

例: madoguchi roster check 勤務表.xlsx --desk data/desks/lan-desk.toml --from 2026-04-01 --to 2026-04-30
"""
_BROKEN = 1


class _Standing:
    """No change: what a roster needs to know of the formation of normal times."""

    days_changed: tuple[date, ...] = ()

    def __init__(self, formation: Formation, pattern: Pattern) -> None:
        self.formation, self.pattern = formation, pattern


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(cls=Group, help="勤務表を確かめる。", invoke_without_command=True)
    group.callback()(_group)
    group.command("check", cls=Command, help=CHECK)(check)
    app.add_typer(group, name="roster")


def _group(context: typer.Context) -> None:
    """Show the commands where none is called. Without this, Typer makes no group of one command."""
    if context.invoked_subcommand is None:
        terminal.out.print(context.get_help())


def check(
    file: Annotated[Path | None, typer.Argument(help="勤務表（Excel・CSV）", metavar="ファイル")] = None,
    desk: Annotated[Path | None, typer.Option(help="窓口ファイル（TOML）【必須】")] = None,
    first: Annotated[str | None, typer.Option("--from", help="期間の初日 2026-04-01")] = None,
    last: Annotated[str | None, typer.Option("--to", help="期間の末日（その日を含む）")] = None,
    plan: Annotated[Path | None, typer.Option(help="plan.json。期間に代えて、推奨案の体制に照らす")] = None,
) -> None:
    """Check a roster; exit with 1 if a hard rule is broken."""
    options = Options()
    path, desk_path = options.needed_path("ファイル", file), options.needed_path("--desk", desk)
    content = _content(options, plan) if plan else None
    if plan:
        options.without("--plan", {"--from": first, "--to": last})
    if content:
        period = content.period.start, content.period.last
    elif not plan:
        period = options.needed_day("--from", first), options.needed_day("--to", last)
    options.checked()
    sources = Sources(desk_path, *period)
    known = _desk(sources)
    problem = _problem(known, sources.period, content)
    handmade = read_roster(str(path), raw_of(path), problem, known.shifts)
    found = violations(problem, handmade.roster)
    terminal.show_notices(handmade.notices)
    _show(known, sources, problem, found)
    if any(not violation.cost for violation in found):
        raise typer.Exit(_BROKEN)


def _content(options: Options, path: Path) -> Content | None:
    """Read a plan; what is wrong with it is added to the faults."""
    try:
        return content_from_json(raw_of(path).decode())
    except FaultyFile as faulty:
        options.faults.extend(faulty.faults)
    except ValueError:  # no JSON, no UTF-8, or not a plan's
        options.faults.append(Fault("not_a_plan", str(path)))
    return None


def _desk(sources: Sources) -> Desk:
    """Read the desk with the days on which it works. Raises FaultyFile."""
    faults: list[Fault] = []
    desk, events = desk_and_events(sources.desk, faults)
    calendar = calendar_of(desk, events, sources.known_until) if desk else None
    faults.extend(period_faults(sources, calendar))
    if faults or desk is None or calendar is None:
        raise FaultyFile(faults)
    return replace(desk, calendar=calendar)


def _problem(desk: Desk, period: Period, content: Content | None) -> RosterProblem:
    """Return the formation that a roster is checked against: the plan's, or that of normal times."""
    days = desk.calendar.office_days(period.start, period.end)
    if content is None:
        pattern = _standing_pattern(desk, period)
        return roster_problem(desk, days, _Standing(standing_formation(desk), pattern), pattern)
    if content.desk_id != desk.id:
        raise FaultyFile([Fault("plan_of_other_desk", "--plan", value=content.desk_id, allowed=desk.id)])
    now = content.alternatives[0]
    return roster_problem(desk, days, content.alternative(content.recommended), now.pattern)


def _standing_pattern(desk: Desk, period: Period) -> Pattern:
    """Return the duties of normal times; without a forecast breaks lie as if every slot were alike."""
    heads = np.arange(len(desk.residents) + 1)
    late = np.tile(1 / (1 + heads), (desk.grid.slots, 1))
    return designed(pattern_question(desk, FormationChange(period), late, Settings().seed))[0]


def _show(desk: Desk, sources: Sources, problem: RosterProblem, found: Sequence[Violation]) -> None:
    """Print what is broken, rule by rule with its law and its remedy, hard rules first."""
    names = {person.id: person.name for person in problem.people}
    sample = "（架空データ）" if desk.is_sample else ""
    n_hard = sum(not violation.cost for violation in found)
    span = short_span(sources.first, sources.last)
    terminal.out.print(f"{desk.name}　{span}　勤務表の確認{sample}", soft_wrap=True)
    terminal.out.print(f"必須の決まりに反するもの {n_hard}件、配慮を要するもの {len(found) - n_hard}件")
    for rule in sorted(RULES, key=lambda rule: not rule.is_hard):
        own = [violation for violation in found if violation.rule == rule.code]
        if own:
            kind = "必須" if rule.is_hard else "配慮"
            articles = "、".join(dict.fromkeys(figure.article for figure in rule.source))
            terminal.out.print(f"\n【{kind}】{rule.name_ja}　{len(own)}件", soft_wrap=True)
            terminal.out.print(f"  根拠: {articles}", soft_wrap=True)
            terminal.out.print(f"  対応: {rule.remedy_ja}", soft_wrap=True)
        for v in own:
            about = "　".join(filter(None, (short_day(v.day), names.get(v.person, v.person))))
            terminal.out.print(f"  ・{about}: {v.found}（決まり: {v.allowed}）", soft_wrap=True)
