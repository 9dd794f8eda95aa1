"""What the commands print: progress, faults, the table of alternatives, the files written."""

import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from forecasts.faults import Fault, Notice
from planner.content import Content
from planner.document.words import assumption_rows
from planner.plan import Progress as Told
from planner.proposal import NotAllowed
from planner.wording.dates import clock_span, percent, short_span, thousand_yen
from planner.wording.faults import fault_count, fault_sentences, notice_sentence
from planner.wording.progress import progress_words
from planner.wording.refusals import refusal_sentence
from planner.wording.terms import alternative_name

_LEAST_WIDTH = 118
"""The table of alternatives needs it; where nobody looks (a file, a pipe) lines may be as long."""
_NAME_WIDTH = 16
"""With hours and people under the name the table fits 80 columns."""


def _console(*, is_error: bool) -> Console:
    # No markup, no emoji: a desk named [窓口] or :desk: is written as it is.
    console = Console(stderr=is_error, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _LEAST_WIDTH
    return console


out, err = _console(is_error=False), _console(is_error=True)


@contextmanager
def progress() -> Iterator[Told]:
    """Show a bar while something long runs; plain lines where nobody looks (no terminal)."""
    if not err.is_terminal:
        said: list[str] = []

        def tell(code: str, _share: float) -> None:
            if (text := progress_words(code)) not in said:
                said.append(text)
                err.print(f"… {text}")

        yield tell
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda code, share: bar.update(task, description=progress_words(code), completed=share)


def show_faults(faults: Sequence[Fault]) -> None:
    """Print every fault, then that nothing was written."""
    err.print(f"入力に{fault_count(faults):,}件の誤りがあります。", style="bold red", soft_wrap=True)
    show_causes(faults)
    err.print("何も書き込んでいません。直してから、もう一度実行してください。")


def show_causes(faults: Iterable[Fault]) -> None:
    """Print under a notice what it comes from, and what to do."""
    for sentence in fault_sentences(faults):
        err.print(f"・{sentence}", soft_wrap=True)


def show_refusal(refused: NotAllowed) -> None:
    """Print why a step was refused."""
    err.print(refusal_sentence(refused.code, refused.detail), soft_wrap=True)


def show_mistake(sentence: str) -> None:
    """Print what was wrong with the words of a call."""
    err.print(sentence, soft_wrap=True)


def show_unexpected() -> None:
    """Say that the program failed, and where the traceback of the error at hand is kept."""
    handle, path = tempfile.mkstemp(prefix="madoguchi-", suffix=".log")
    with open(handle, "w", encoding="utf-8") as log:  # noqa: PTH123  # a handle, not a path
        log.write(traceback.format_exc())
    name = type(sys.exception()).__name__
    err.print(f"予期しない誤りが起きました（{name}）。", soft_wrap=True)
    err.print(f"何が起きたかの記録 {path} を管理者に渡してください。", soft_wrap=True)


def show_notices(notices: Iterable[Notice]) -> None:
    """Print what the user must know."""
    for notice in notices:
        err.print("注意", notice_sentence(notice.code, notice.value), style="yellow", soft_wrap=True)


def show_plan(content: Content) -> None:
    """Print the alternatives as a table, with the assumptions under it."""
    window = short_span(content.window.start, content.window.last)
    title = f"{content.desk_name}　{window}　変更案の比較"
    title += "（架空データ）" if content.is_sample else ""
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    is_wide = out.width >= _LEAST_WIDTH
    table.add_column("変更案", min_width=_NAME_WIDTH, overflow="fold")
    if is_wide:
        table.add_column("受付時間", no_wrap=True)
        table.add_column("人数", justify="right", no_wrap=True)
    for name in (
        "目標を\n下回る\nおそれ",
        "基準時間内の\n応答率",
        "最も悪い\n1時間",
        "当日中\n回答率",
        "増える\n人時",
        "参考額",
    ):
        table.add_column(name, justify="right", no_wrap=True)
    if is_wide:
        table.add_column("時間外\n(時間)", justify="right", no_wrap=True)
    for a in content.alternatives:
        name = ("★ " if a.key == content.recommended else "　 ") + alternative_name(a.key)
        hours, heads = (
            clock_span(a.formation.opens_min, a.formation.closes_min),
            f"{a.formation.total_heads}名",
        )
        in_time = a.outcome.in_time
        table.add_row(
            *((name, hours, heads) if is_wide else (f"{name}\n{heads} {hours}",)),
            percent(a.outcome.risk),
            f"{percent(in_time.mean)}（{in_time.low * 100:.0f}〜{in_time.high * 100:.0f}）",
            percent(a.outcome.worst_hour.mean),
            percent(a.outcome.same_day.mean),
            f"{a.effort.extra_person_hours:,.0f}",
            thousand_yen(a.effort.reference_cost_yen),
            *((f"{a.outcome.overtime_h:,.1f}",) if is_wide else ()),
        )
    out.print(table)
    within = dict(content.targets)["within_min"]
    out.print(
        f"★ 推奨案。（　）内は80%区間。応答の基準時間は{within:g}分。"
        "率とおそれは計画期間全体の値で、最も悪い1時間は繁忙期間の値。",
        soft_wrap=True,
    )


def show_assumptions(content: Content) -> None:
    """Print what was assumed or estimated, each with its source."""
    out.print("前提")
    for label, said, source in assumption_rows(content):
        out.print(f"・{label}: {said}［{source}］", soft_wrap=True)


def show_files(paths: Iterable[Path]) -> None:
    """Print the files that were written."""
    out.print("書き出したファイル")
    for path in paths:
        out.print(f"  {path}", soft_wrap=True)
