"""Service through the day: the chosen formation against the present one, where it breaks first, and why."""

from collections.abc import Iterator

import streamlit as st

from planner.charts import service_through_day
from planner.content import Content
from planner.document.blocks import Column, Table
from planner.document.words import assumed
from planner.parts import drawing, markup
from planner.service_day import (
    Course,
    ServiceDay,
    Stretch,
    causes,
    is_whole_day,
    lowest,
    service_day,
    stretches,
)
from planner.wording import service_day as words
from planner.wording.assumptions import assumption_words
from planner.wording.dates import clock_span, percent
from planner.wording.numbers import heads
from planner.wording.terms import alternative_name


def show(content: Content, key: str, *, has_duties: bool) -> None:
    """Show the day of alternative ``key`` beside 現状維持: the sentence, the picture, the figures.

    ``has_duties``: whether breaks and operations work are told apart, for the contractor only.
    """
    day = service_day(content, key, has_duties=has_duties)
    said = "".join(f"{sentence}。" for sentence in sentences(day))
    st.write(said)
    if has_calls(day):
        _, first = broken(day)
        drawing.draw(service_through_day(day, first, title(day)), said)
        with st.expander("時間帯ごとの値"):
            markup.table(figures(day))
    notes = (words.SCOPE, words.PLACED if has_duties else "", *_methods(content))
    markup.notes([note for note in notes if note])


def _methods(content: Content) -> Iterator[str]:
    """Yield how the service was found; contents of older programs do not say."""
    for a in content.assumptions:
        if a.code.startswith("calls_"):
            yield assumption_words(a.code, [assumed(content, a)])


def has_calls(day: ServiceDay) -> bool:
    """Whether there is any share to speak of."""
    return any(share is not None for share in (*day.now.in_time, *day.chosen.in_time))


def broken(day: ServiceDay) -> tuple[Course, Stretch | None]:
    """Return whose service breaks first, and where: the present one's, else the chosen one's."""
    for course in (day.now, day.chosen):
        if found := stretches(day, course):
            return course, found[0]
    return day.now, None


def sentences(day: ServiceDay) -> Iterator[str]:
    """Say where it breaks first, why, and what the chosen formation does; each without its 。."""
    course, first = broken(day)
    if not has_calls(day):
        yield words.NO_CALLS
    elif first is None:
        yield words.holds(_keys(day), day.within_share)
    else:
        if course.key != day.now.key:
            yield words.holds([day.now.key], day.within_share)
        span = None if is_whole_day(day, course, first) else first.span(day.slot_min)
        yield words.falls(course.key, span, first.lowest, day.within_min, day.within_share)
        yield words.because([(c.code, c.number, c.beside) for c in causes(day, course, first)])
        yield from _beside(day, course, first)


def _beside(day: ServiceDay, course: Course, first: Stretch) -> Iterator[str]:
    """Say what else: further stretches, and the chosen formation where the present one breaks."""
    if rest := stretches(day, course)[1:]:
        worst = min(rest, key=lambda s: s.lowest)
        yield words.others(len(rest), (worst.span(day.slot_min), worst.lowest))
    if course.key != day.chosen.key:
        own = [(s.span(day.slot_min), s.lowest) for s in stretches(day, day.chosen)]
        yield words.instead(day.chosen.key, lowest(day.chosen, first), own[0] if own else None)


def _keys(day: ServiceDay) -> list[str]:
    return list(dict.fromkeys((day.now.key, day.chosen.key)))


def title(day: ServiceDay) -> str:
    """State the finding of the drawing."""
    course, first = broken(day)
    if first is None:
        return words.holds(_keys(day), day.within_share)
    return words.falls_short(course.key, first.span(day.slot_min), first.lowest)


def figures(day: ServiceDay) -> Table:
    """Tabulate the day slot by slot, in the hours of either formation (much as 別紙2 of a proposal)."""
    courses = {alternative_name(course.key): course for course in (day.now, day.chosen)}
    opens, closes = day.hours
    columns = (
        Column("時間帯"),
        Column("問合せ", "件／時", is_figure=True),
        *(Column(f"{name}の基準時間内の応答率", is_figure=True) for name in courses),
        *(Column(f"{name}の受付", "人", is_figure=True) for name in courses),
    )
    rows = tuple(
        (
            clock_span(n * day.slot_min, (n + 1) * day.slot_min),
            f"{day.inquiries[n] * 60 / day.slot_min:.1f}",
            *(_share(course.in_time[n]) for course in courses.values()),
            *(heads(course.at_reception[n]) for course in courses.values()),
        )
        for n in range(opens // day.slot_min, -(-closes // day.slot_min))
    )
    return Table(columns, rows, "繁忙期間中の平均的な日の、時間帯ごとの値")


def _share(share: float | None) -> str:
    return "―" if share is None else percent(share)
