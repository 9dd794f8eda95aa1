"""Faults of an import with nobody to ask: what a person has to say first."""

from collections.abc import Mapping

IMPORT_FAULTS: Mapping[str, tuple[str, str]] = {
    "columns_changed": (
        "前回まであった列「{value}」がありません",
        "出力の設定を戻すか、--columns で 項目=列名 の対応を指定してください（列: {allowed}）",
    ),
    "missing_sheet": ("シート「{value}」がありません", "{allowed} から選んでください"),
    "undecided_one_channel": (
        "受付方法を示す列がないため、どの受付方法の記録か分かりません",
        "全ての行が同じ受付方法なら --channel 符号 を、"
        "列があれば --columns で channel=列名 を指定してください",
    ),
    "undecided_other_sheets": (
        "表のあるシートが幾つもあります（{value} など）",
        "--sheet で取り込むシートを指定してください",
    ),
    "unmapped_channel": (
        "受付方法を示す列が分かりません",
        "全ての行が同じ受付方法なら --channel 符号 を、列があれば --columns で channel=列名 を"
        "指定してください（列: {allowed}）",
    ),
    "unknown_desk": (
        "窓口「{value}」の窓口ファイルの控えがありません",
        "窓口ファイル（TOML）を指定してください。控えのある窓口: {allowed}",
    ),
    "unknown_import": (
        "この窓口に、番号 {value} の取込みはありません",
        "{allowed} から選んでください。一覧は madoguchi imports で見られます",
    ),
}
