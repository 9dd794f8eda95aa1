"""The words of a capacity plan (年間計画): its answer, its scenarios, what was assumed."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from planner.wording.dates import percent, reiwa_year, thousand_yen, wareki, wareki_month
from planner.wording.numbers import times

CASES = {
    "as_is": "現状のまま",
    "users": "利用者が{users}",
    "handling": "処理時間が{handling}",
    "one_fewer": "常駐が1人減",
}
NO_TEMPORARY, NOT_REACHED = "なし", "必要な人数に届かない月が残る"
PRESENT_HEAD, NEED_HEAD, PLANNED_HEAD = "今の体制（常駐）", "必要な人数", "最小費用の体制（臨時を含む）"
HOW_READ = (
    "必要な人数は、その月を通して同じ人数を置く場合のものである。"
    "目標は暦月で測るため、山の週だけ増やしても届くことがある。"
)
PLANNED_HEADS_ONLY = "臨時の増員を含む人数"
_FEW_MONTHS = 4


def by_percent(factor: float) -> str:
    """Write a change: 20%減, 10%増, 変わらず."""
    change = round((factor - 1) * 100)
    return "変わらず" if not change else f"{abs(change)}%{'増' if change > 0 else '減'}"


def case_name(key: str, users: float, users_from: date | None, handling: float) -> str:
    """Name a scenario: 利用者が20%減（令和8年4月1日から）."""
    since = f"（{wareki(users_from)}から）" if users_from is not None and users != 1.0 else ""
    if key != "asked":
        return CASES[key].format(users=by_percent(users), handling=by_percent(handling)) + since
    parts = [f"利用者{by_percent(users)}{since}"] if users != 1.0 else []
    parts += [f"処理時間{by_percent(handling)}"] if handling != 1.0 else []
    return f"試算: {'、'.join(parts)}"


def months_words(months: Sequence[date]) -> str:
    """Name months: 令和8年4月、7月; many of them by their number."""
    if not months:
        return "なし"
    if len(months) > _FEW_MONTHS:
        return f"{len(months)}か月"
    return "、".join(_month(m, months[n - 1] if n else None) for n, m in enumerate(months))


def _month(month: date, before: date | None) -> str:
    is_same_year = before is not None and before.year == month.year
    return f"{month.month}月" if is_same_year else wareki_month(month)


def span_words(first: date, months: int) -> str:
    """Name a horizon: 令和8年度, else 令和8年4月からの12か月."""
    if (first.month, months) == (4, 12):
        return f"{reiwa_year(first.year)}度"
    return f"{wareki_month(first)}からの{months}か月"


def answer_words(span: str, present: int, missed: Sequence[date], max_risk: float) -> str:
    """Answer 来年度の体制は足りるか in a sentence."""
    if not missed:
        said = f"{span}は、今の常駐{present}人で足りる。"
        return f"{said}どの月も、目標を下回るおそれは{percent(max_risk)}以下である。"
    return (
        f"{span}は、今の常駐{present}人では足りない月がある（{months_words(missed)}）。"
        f"目標を下回るおそれが{percent(max_risk)}を超える。"
    )


def remedy_words(
    change: int, total: int, person_weeks: int, more_yen_a_year: int, left: Sequence[date]
) -> str:
    """Say what it takes at least cost, and what is missed all the same."""
    said = f"費用が最も少ないのは、常駐{total}人（{change_words(change)}）"
    said += f"と臨時の増員 延べ{person_weeks}週" if person_weeks else "で臨時の増員なし"
    said += f"とする体制である（年額の差 {signed_yen(more_yen_a_year)}）。"
    if left:
        said = (
            f"選べる手段では{months_words(left)}の目標に届かない。最も近いのは、{said.partition('のは、')[2]}"
        )
    return said


def heads_remedy_words(change: int, total: int, person_weeks: int, *, is_reached: bool) -> str:
    """Say the same without a price, for the client."""
    said = f"常駐{total}人（{change_words(change)}）"
    said += f"と臨時の増員 延べ{person_weeks}週" if person_weeks else "、臨時の増員なし"
    return f"{said}の体制で必要な人数を{'満たす' if is_reached else '満たせない月が残る'}。"


def heads_answer_words(span: str, present: int, missed: Sequence[date]) -> str:
    """Answer in a sentence of heads alone."""
    if not missed:
        return f"{span}は、今の常駐{present}人で必要な人数を満たす。"
    return f"{span}は、必要な人数が今の常駐{present}人を超える月がある（{months_words(missed)}）。"


def change_words(change: int) -> str:
    """Write a change of residents: 今と同じ, 1人増, 1人減."""
    return "今と同じ" if not change else f"{abs(change)}人{'増' if change > 0 else '減'}"


def signed_yen(yen: int) -> str:
    """Write a difference: +800千円, −800千円, 0千円."""
    sign = "+" if yen > 0 else "−" if yen < 0 else ""
    return f"{sign}{thousand_yen(abs(yen))}"


def residents_words(total: int, change: int) -> str:
    """Write residents: 4人（今と同じ）."""
    return f"{total}人（{change_words(change)}）"


def block_words(first: date, last: date, people: int, weeks: int) -> str:
    """Write a stretch of temporary people: 4月1日〜10日 1人（2週）."""
    day = (
        f"{last.day}日"
        if (first.year, first.month) == (last.year, last.month)
        else f"{last.month}月{last.day}日"
    )
    return f"{first.month}月{first.day}日〜{day} {people}人（{weeks}週）"


def blocks_words(blocks: Sequence[tuple[date, date, int, int]]) -> str:
    """Write all stretches, each on a line, the year where it changes; many of them are cut."""
    if not blocks:
        return NO_TEMPORARY
    years = [first.year for first, *_ in blocks]
    is_told = [year != before for before, year in pairwise([0, *years])]
    lines = [
        (reiwa_year(block[0].year) if told else "") + block_words(*block)
        for block, told in zip(blocks[:_FEW_MONTHS], is_told, strict=False)
    ]
    if len(blocks) > _FEW_MONTHS:
        lines.append(f"ほか{len(blocks) - _FEW_MONTHS}回")
    return "\n".join(lines)


def left_words(left: Sequence[tuple[date, float]]) -> str:
    """Say which months are missed even so, and by how many points at most."""
    if not left:
        return "全ての月で届く"
    worst = max(short for _, short in left) * 100
    points = "0.1ポイント未満" if worst < 0.1 else f"最大{worst:.1f}ポイント"
    return f"届かない: {months_words([m for m, _ in left])}（不足 {points}）"


def peak_words(first: date, last: date, ratio: float) -> str:
    """Write a peak: 4月1日〜17日 1.5倍."""
    day = (
        f"{last.day}日"
        if (first.year, first.month) == (last.year, last.month)
        else f"{last.month}月{last.day}日"
    )
    return f"{first.month}月{first.day}日〜{day} {times(ratio)}"


def events_words(names: Sequence[str]) -> str:
    """Name the events of a peak; "" is a transfer that nobody has announced yet but that comes every year."""
    return "、".join(name or "例年の人事異動（公表前）" for name in names) or "―"


def need_words(needed: int, *, is_reached: bool, is_least: bool) -> str:
    """Write a need: 5人, 3人以下, 8人以上."""
    return f"{needed}人" + ("以上" if not is_reached else "以下" if is_least else "")


def risk_words(risk: float, *, is_missed: bool) -> str:
    """Write a chance to miss, marked where it is too much: 20%（超過）."""
    return f"{percent(risk)}（超過）" if is_missed else percent(risk)


def chart_title(present: int, missed: Sequence[date]) -> str:
    """Return the finding of the chart."""
    if missed:
        return f"今の{present}人では足りない月: {months_words(missed)}"
    return f"どの月も今の{present}人で足りる"


def assumptions(
    max_risk: float,
    weeks: tuple[int, int],
    extra: tuple[int, str],
    targets: dict[str, float],
    approximate: str,
) -> Iterable[str]:
    """Say what the figures rest on. ``weeks``: least of a block, most of a year; ``extra``: people, grade."""
    reference = "（参考値）" if targets["is_reference"] else ""
    yield (
        f"目標{reference}は{targets['within_min']:g}分以内の応答{percent(targets['within_share'])}、"
        f"応答率{percent(targets['answer_rate'])}、当日中回答{percent(targets['same_day_share'])}。"
        f"暦月で測り、下回るおそれが{percent(max_risk)}以下なら足りるとした。"
    )
    yield (
        f"臨時の増員は{extra[1]}を同時に{extra[0]}人まで、一度に{weeks[0]}週以上、"
        f"年（起点から12か月ごと）に{weeks[1]}週まで。1週は月額単価の4分の1とした。"
    )
    yield "常駐の費用は契約の月額単価による。常駐しない責任者の費用は変わらないものとして含まない。"
    yield (
        "常駐は1人減から2人増まで、増やす等級は臨時の増員と同じとした。管理責任者及びその代行は減らさない。"
        "運用管理業務は減った人の分を残る人が分けて行い、増えた人は受付だけを行う。"
    )
    yield "等級による処理の速さの違い、休暇及び欠勤は見込んでいない。"
    yield (
        "公表前の人事異動は、前年と同じ日、同じ人数で毎年あるものとした。"
        "国会、端末更改などは「行事」に登録された分だけを見込む。"
    )
    yield "利用者の増減は、その日からの全ての問合せに同じ割合で効くものとした（GSS移行など）。"
    yield "メール及び申請の持越しは月初になしとし、1日ごとの残りは多数の1日を発生させて求めた。"
    if approximate:
        yield "この窓口の電話の応答は厳密な計算ができないため、1日ごとの模擬計算による（誤差1ポイント程度）。"
