"""別紙 (charts, needed people by slot, assumptions) and the reference to 別添データ."""

from collections.abc import Iterator

from planner.content import Content
from planner.document.blocks import AnnexBreak, Block, Column, Heading, Paragraph, Table
from planner.document.figures import figure
from planner.document.words import assumption_rows
from planner.wording.dates import clock_span, percent, wareki
from planner.wording.numbers import heads
from planner.wording.terms import PROOFS, alternative_name

DATA_ANNEX = "data_annex.xlsx"


def annexes(content: Content, digest: str) -> Iterator[Block]:
    """別紙1 charts, 別紙2 needed people by slot, 別紙3 assumptions; 別添データ."""
    yield AnnexBreak()
    yield Heading(1, "別紙1　予測及び比較の図")
    yield from (figure(kind, content) for kind in ("heat", "in_time", "risk"))
    yield AnnexBreak()
    yield Heading(1, "別紙2　時間帯ごとの必要人数及び配置")
    yield from _slots(content)
    yield AnnexBreak()
    yield Heading(1, "別紙3　前提及び計算の条件")
    yield from _conditions(content, digest)
    yield Heading(1, "別添データ")
    yield Paragraph(f"この提案の数値は、機械判読のできる表（{DATA_ANNEX}）として添付する。")


def _slots(content: Content) -> Iterator[Block]:
    now, proposed = content.alternatives[0], content.alternative(content.recommended)
    shown = (now,) if proposed.key == now.key else (now, proposed)
    opens = min(a.formation.opens_min for a in shown)
    closes = max(a.formation.closes_min for a in shown)
    columns = [Column("時間帯"), Column("必要", "人", is_figure=True)]
    for a in shown:
        columns += [
            Column(f"配置 {alternative_name(a.key)}", "人", is_figure=True),
            Column(f"応答率 {alternative_name(a.key)}", is_figure=True),
        ]
    rows = []
    for slot in range(opens // content.slot_min, -(-closes // content.slot_min)):
        row = [
            clock_span(slot * content.slot_min, (slot + 1) * content.slot_min),
            heads(proposed.needed[slot]),
        ]
        for a in shown:
            share = a.slot_in_time[slot]
            row += [heads(a.scheduled[slot]), "―" if share is None else percent(share)]
        rows.append(tuple(row))
    yield Paragraph(
        "繁忙期間の平均的な日における、受付に必要な人数、配置する人数及び基準時間内の応答率である。"
    )
    yield Table(tuple(columns), tuple(rows), "時間帯ごとの必要人数、配置及び応答率")


def _conditions(content: Content, digest: str) -> Iterator[Block]:
    yield Table((Column("前提"), Column("値"), Column("出所")), assumption_rows(content), "前提")
    proof = content.alternative(content.recommended).proof
    made = (
        ("予測の基準日", wareki(content.as_of)),
        ("予測の経路の数", f"{content.paths:,}"),
        ("乱数の種", str(content.seed)),
        ("体制表の最適性", PROOFS[proof.status]),
        ("プログラムの版", content.program_version),
        ("この提案の内容（SHA-256）", digest),
        *((f"入力 {name}（SHA-256）", found) for name, found in content.input_digests),
    )
    yield Table((Column("項目"), Column("内容")), made, "計算の条件")
