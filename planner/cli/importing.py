"""``madoguchi import``: takes files of a desk's past in, none twice. Asks nothing: fit for cron."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from forecasts.faults import Fault, FaultyFile
from planner.access import Actor, Role
from planner.cli import import_words, outputs, terminal
from planner.cli.clock import local_now
from planner.cli.desks import NamedDesk, kept_desk, named_desk, updated_desk
from planner.cli.japanese import Command
from planner.cli.options import Options
from planner.cli.taking_in import Reader, ReadFile, taken_in
from planner.desk import Desk
from planner.imports import Asked
from planner.intake import desk_and_events
from planner.proposal import NotAllowed
from planner.pseudonyms import pseudonym_of
from planner.store import Store, open_store
from planner.wording.import_report import import_report
from planner.wording.refusals import refusal_sentence

EXAMPLE = """
問合せ記録、電話交換機の報告、件数表又は配置の実績を取り込む。同じ内容を二度取り込んでも、件数は増えない。

例: madoguchi import data/sample/inquiries.csv --desk data/desks/lan-desk.toml

問い返さないので、cron から呼べる。
終了コードは、取込み済みなら 0、入力に誤りがあれば 2、その他は 1（ファイルが幾つもあれば最も大きいもの）。
"""
BAD_INPUT, REFUSED = 2, 1


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", cls=Command, help=EXAMPLE)(import_files)


def contractor(desk: Desk) -> Actor:
    """Return the local user of the command line, who works for the contractor."""
    return Actor("local", Role.PLANNER, f"{desk.terms.contractor} 計画担当")


def import_files(  # noqa: PLR0913, PLR0917  # one parameter an option
    files: Annotated[
        list[Path] | None, typer.Argument(help="取り込むファイル（CSV・Excel）", metavar="ファイル…")
    ] = None,
    desk: Annotated[str | None, typer.Option(help="窓口ファイル（TOML）又は窓口の符号【必須】")] = None,
    columns: Annotated[str | None, typer.Option(help="項目=列名 の対応（全ての項目）")] = None,
    channel: Annotated[
        str | None, typer.Option(help="全行の受付方法の符号、又は 書き方=符号 の対応。* はその他全て")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="種類: inquiries, intervals, totals, attendance。省くと見分ける")
    ] = None,
    sheet: Annotated[str, typer.Option(help="Excelのシート名。省くと見分ける")] = "",
    report: Annotated[Path | None, typer.Option(help="行の内訳と取り込めない行を書き出すCSV")] = None,
    *,
    accept_partly: Annotated[
        bool, typer.Option("--accept-partly", help="誤りのある行を除き、残りだけを取り込む（記録に残る）")
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="確かめるだけで、何も保存しない")] = False,
    update_desk: Annotated[
        bool, typer.Option("--update-desk", help="窓口ファイルの控えを、指定したファイルで置き換える")
    ] = False,
) -> None:
    """Take files in, each by itself; the exit code is the worst."""
    options = Options()
    paths = options.needed_paths("ファイル", files)
    name = options.needed_text("--desk", desk)
    code, channels = options.channels("--channel", channel)
    asked = Asked(options.kind("--kind", kind), options.columns(columns), channels, code, sheet)
    options.checked()
    _refuse_faulty_desk(name, paths, asked)
    store = open_store()
    try:
        named = _desk(store.home, name, is_check=check, is_update=update_desk)
        terminal.show_notices(named.notices)
        run = _Run(store, named.desk, asked, is_check=check, is_partial_accepted=accept_partly)
        results = [run.file(path, place) for path, place in zip(paths, _reports(report, paths), strict=True)]
    finally:
        store.close()
    for result in results:
        terminal.out.print(result.line, soft_wrap=True)
    raise typer.Exit(max(result.code for result in results))


def _desk(home: Path, name: str, *, is_check: bool, is_update: bool) -> NamedDesk:
    if is_check:
        return named_desk(home, name)
    return updated_desk(home, name, local_now()) if is_update else kept_desk(home, name)


def _refuse_faulty_desk(name: str, paths: tuple[Path, ...], asked: Asked) -> None:
    """Raise FaultyFile for a faulty desk file, with what is wrong with the files too: all is told at once."""
    faults: list[Fault] = []
    described = desk_and_events(Path(name), faults)[0] if Path(name).is_file() else None
    for path in paths if faults else ():
        if described is not None:
            faults.extend(_faults_of(Reader(described, asked), path))
    if faults:
        raise FaultyFile(faults)


def _faults_of(reader: Reader, path: Path) -> tuple[Fault, ...]:
    try:
        return reader.read(path).reading.faults
    except FaultyFile as faulty:
        return faulty.faults


def _reports(report: Path | None, paths: tuple[Path, ...]) -> Iterable[Path | None]:
    """Return where the report of each file goes: numbered where there are several."""
    if report is None or len(paths) == 1:
        return [report] * len(paths)
    return [report.with_stem(f"{report.stem}-{n}") for n in range(1, len(paths) + 1)]


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of a file: one line, and the exit code."""

    line: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    """One call."""

    store: Store
    desk: Desk
    asked: Asked
    is_check: bool
    is_partial_accepted: bool

    def file(self, path: Path, report: Path | None) -> _Result:
        """Take one file in; what is wrong with it does not hinder the others."""
        try:
            # A check leaves nothing behind, not even the key of the pseudonyms.
            pseudonym = None if self.is_check else pseudonym_of(self.store.home)
            former = self.store.imports(self.desk.id)
            read = Reader(self.desk, self.asked, former, pseudonym).read(path)
            self._show(read, report)
            return self._kept(read)
        except FaultyFile as faulty:
            faults = faulty.faults
            if not terminal.err.is_terminal:
                faults = tuple(import_words.impersonal_faults(faults, of_rows=False))
            self._tell(import_words.fault_lines(faults))
            return _Result(import_words.refused_line(path, faulty.faults), BAD_INPUT)
        except NotAllowed as refused:
            terminal.show_refusal(refused)
            return _Result(f"{path.name}: {refusal_sentence(refused.code, refused.detail)}", REFUSED)

    @staticmethod
    def _tell(lines: Iterable[str]) -> None:
        for line in lines:
            terminal.err.print(line, soft_wrap=True)

    def _show(self, read: ReadFile, report: Path | None) -> None:
        for line in import_words.details(read, self.desk):
            terminal.out.print(line, soft_wrap=True)
        self._tell(import_words.fault_lines(read.sheets.warnings))
        # What cron mails or a log keeps may name nobody; where columns are shifted, any cell holds a name.
        notices, faults = read.notices, read.reading.faults
        if not terminal.err.is_terminal:
            notices, faults = (
                import_words.impersonal_notices(notices),
                tuple(import_words.impersonal_faults(faults)),
            )
        terminal.show_notices(notices)
        self._tell(import_words.fault_lines(faults))
        if faults != read.reading.faults:
            self._tell([import_words.NOT_SHOWN])
        if report is not None:
            outputs.written_file(report, import_report(read.reading))
            terminal.out.print(import_words.report_line(report), soft_wrap=True)

    def _kept(self, read: ReadFile) -> _Result:
        is_whole = not read.reading.faults
        if not is_whole and not self.is_partial_accepted:
            return _Result(import_words.rejected_line(read), BAD_INPUT)
        if self.is_check:
            return _Result(import_words.checked_line(read))
        record = taken_in(
            self.store,
            self.desk,
            read,
            contractor(self.desk),
            local_now(),
            is_partial_accepted=self.is_partial_accepted,
        )
        return _Result(import_words.kept_line(record))
