"""What ``madoguchi import`` says of a file: how it was understood, its account, what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from forecasts.faults import Fault, Notice, impersonal
from forecasts.history.account import Account
from forecasts.history.mapping import EVERY_OTHER, FileMapping
from planner.cli.taking_in import ReadFile
from planner.desk import Desk
from planner.store import ImportRecord
from planner.wording.faults import fault_count, fault_sentences
from planner.wording.files import (
    FIELD_NAMES,
    KIND_NAMES,
    SUPPORTS,
    UNMAPPED_NAMES,
    account_words,
    form_words,
    lacking_words,
    mapping_words,
    not_data_words,
)

_SHOWN_FAULTS = 20
_SHOWN_WORDS = 30
_UNSHOWN = "…"
_WITH_CELLS = frozenset({"no_header", "too_many_faults"})
NOT_SHOWN = "画面でないため、氏名などになり得る値は「…」とします。--report ファイル で確かめられます。"
_OF_CELLS = frozenset({"unknown_channels", "unknown_roles", "queues_as_phone"})
_PARTLY = "誤りのある行を除いて取り込むときは --accept-partly を付けてください。"


def details(file: ReadFile, desk: Desk) -> Iterator[str]:
    """Yield what was recognised, the account, and what a file of its kind can be used for."""
    found, mapping = file.found, file.found.mapping
    where = f"シート「{mapping.sheet}」、" if mapping.sheet else ""
    form = form_words(file.sheets)
    yield f"{file.path}: {KIND_NAMES[mapping.kind]}　{form}　{where}見出し{found.header_line}行目"
    if found.suggestion.is_remembered:
        yield "  前回と同じ見出しのため、前回の対応を使います。"
    yield f"  列の対応: {mapping_words(mapping)}"
    if said := _words(mapping, desk):
        yield f"  {said}"
    if left := _unmapped(found.suggestion.unmapped):
        yield f"  読み取らない列: {left}"
    no_data = not_data_words(file.reading.account)
    yield f"  {account_words(file.reading.account)}{f'（{no_data}）' if no_data else ''}"
    can, cannot = SUPPORTS[mapping.kind]
    yield f"  使えること: {can}"
    yield f"  分からないこと: {cannot}"
    if lacking := lacking_words(file.reading):
        yield f"  この表にない項目: {lacking}"


def _words(mapping: FileMapping, desk: Desk) -> str:
    """Write which words mean which channel or role."""
    is_role = mapping.kind == "attendance"
    names = {g.id: g.name for g in desk.grades} if is_role else {c.id: c.name for c in desk.channels}
    title = FIELD_NAMES["role" if is_role else "channel"]
    if mapping.channel:
        return f"{title}: 全ての行を{names[mapping.channel]}とする"
    by_code: dict[str, list[str]] = {}
    for written, code in mapping.channels.items():
        by_code.setdefault(code, []).append("その他全て" if written == EVERY_OTHER else written)
    said = (f"{names[code]} ← {'、'.join(words[:_SHOWN_WORDS])}" for code, words in by_code.items())
    return f"{title}: {'　'.join(said)}" if by_code else ""


def _unmapped(unmapped: Mapping[str, str]) -> str:
    by_reason: dict[str, list[str]] = {}
    for column, reason in unmapped.items():
        by_reason.setdefault(reason, []).append(column)
    return "　".join(f"{'、'.join(names)}（{UNMAPPED_NAMES[why]}）" for why, names in by_reason.items())


def impersonal_faults(faults: Sequence[Fault], *, of_rows: bool = True) -> list[Fault]:
    """Return faults without the values of cells that may name a person; ``of_rows``: all are of cells."""
    has_cells = of_rows or any(fault.code in _WITH_CELLS for fault in faults)
    return [impersonal(fault, _UNSHOWN) for fault in faults] if has_cells else list(faults)


def impersonal_notices(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """Return notices without the words of cells."""
    return tuple(Notice(n.code, _UNSHOWN) if n.code in _OF_CELLS else n for n in notices)


def fault_lines(faults: Sequence[Fault]) -> Iterator[str]:
    """Yield the first faults in sentences, and how many more there are."""
    sentences = fault_sentences(faults)
    for sentence in sentences[:_SHOWN_FAULTS]:
        yield f"・{sentence}"
    if len(sentences) > _SHOWN_FAULTS:
        more = len(sentences) - _SHOWN_FAULTS
        yield f"・ほかに{more:,}種類の誤りがあります。--report ファイル で全てを書き出せます。"


def kept_line(record: ImportRecord) -> str:
    """Say in one line that a file counts now, or did before."""
    if record.is_repeat:
        return (
            f"{record.file_name}: 同じ内容を取込み済みのため、件数は増えません"
            f"（{KIND_NAMES[record.kind]}、{record.rows:,}件、番号{record.id}）。"
        )
    span = "" if record.first_day is None else f"、{record.first_day} 〜 {record.last_day}"
    partly = "（一部の行を除く）" if record.is_partial else ""
    instead = f"、取込み{record.replaces}に代わる" if record.replaces else ""
    return (
        f"{record.file_name}: 取り込みました{partly}（{KIND_NAMES[record.kind]}{span}）。"
        f"新規{record.added:,}件、訂正{record.corrected:,}件、変わらず{record.unchanged:,}件、{_others(record)}"
        f"{_rejected(record.account)}、番号{record.id}{instead}。"
    )


def _others(record: ImportRecord) -> str:
    """Say where the rows are that are neither new, corrected nor unchanged; "" = there are none."""
    joined = "同じ番号の前の行" if record.kind == "inquiries" else "足し合わせた行"
    parts = ((joined, record.repeated, "行"), ("置き換えられた前の値", record.removed, "件"))
    return "".join(f"{name}{n:,}{unit}、" for name, n, unit in parts if n)


def checked_line(file: ReadFile) -> str:
    """Say in one line what a check found; nothing was kept."""
    account = file.reading.account
    found = f"{account.accepted:,}行を取り込めます、{_rejected(account)}"
    return f"{file.path.name}: 確かめました（{found}）。何も保存していません。"


def rejected_line(file: ReadFile) -> str:
    """Say in one line that rows are faulty, and how the others can be taken in."""
    rejected = f"取り込めない行が{file.reading.account.rejected:,}行"
    return f"{file.path.name}: {rejected}あるため、何も保存していません。直すか、{_PARTLY}"


def refused_line(path: Path, faults: Sequence[Fault]) -> str:
    """Say in one line that a file could not be used."""
    return f"{path.name}: 誤りが{fault_count(faults):,}件あるため取り込めません。何も保存していません。"


def report_line(path: Path) -> str:
    """Say where the report was written."""
    return f"  行の内訳と取り込めない行の一覧: {path}"


def _rejected(account: Account) -> str:
    return f"取り込めない行{account.rejected:,}行"
