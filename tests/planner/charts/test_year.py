"""The chart of a year: steps that end with the horizon, peaks named, axes with units."""

from dataclasses import replace
from datetime import date

from planner.charts import svg
from planner.charts.year import YearSeries, year_need

SERIES = YearSeries(
    needed=((date(2026, 4, 1), 5), (date(2026, 5, 1), 4)),
    present=4,
    planned=((date(2026, 4, 1), 5), (date(2026, 4, 13), 4)),
    peaks=((date(2026, 4, 1), date(2026, 4, 17), "4月1日〜17日 1.5倍"),),
    end=date(2026, 6, 1),
    names=("必要な人数", "今の体制", "最小費用の体制"),
    unreached=(date(2026, 4, 1),),
)


def test_it_draws_its_finding_its_units_and_its_peaks() -> None:
    drawn = svg(year_need(SERIES, "4月は足りない"))
    for words in ("4月は足りない", "人数（人）", "必要な人数", "今の体制", "4月1日〜17日 1.5倍", "以上"):
        assert words in drawn


def test_a_year_without_peaks_is_drawn_too() -> None:
    calm = YearSeries(SERIES.needed, 4, SERIES.planned, (), SERIES.end, SERIES.names)
    assert "平常の1.15倍" not in svg(year_need(calm, "足りる"))


def test_steps_last_to_the_end_of_the_horizon() -> None:
    spec = year_need(SERIES, "足りない").to_dict()
    named = [v for data in spec.get("datasets", {}).values() for v in data]
    named += [v for layer in spec["layer"] for v in layer["data"].get("values", [])]
    rows = [row for row in named if "series" in row]
    ends = {row["series"]: row["at"] for row in rows}
    assert len(ends) == 2
    assert len(set(ends.values())) == 1


def test_names_of_peaks_do_not_lie_upon_each_other() -> None:
    days = [date(2026, 4, n) for n in (1, 6, 13, 20, 27)]
    many = tuple((d, d, f"4月{d.day}日〜{d.day}日 1.5倍") for d in days)
    drawn = svg(year_need(replace(SERIES, peaks=many), "足りない"))
    assert [d.day for d, _, words in many if words in drawn] == [1, 6, 20, 27], (
        "two rows have no room for more"
    )
