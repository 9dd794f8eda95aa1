"""A short fuzz run with every test run, and proof that it would see a fault. The long one: make fuzz."""

from collections import Counter
from dataclasses import replace

import pytest

from forecasts.faults import Fault, FaultyFile
from tests.fuzz import properties, text_mutations, workbook_mutations
from tests.fuzz.__main__ import made, tallied
from tests.fuzz.document import document
from tests.fuzz.subjects import subjects

SEED, FILES = 7, 400


def test_no_mutant_breaks_a_property() -> None:
    found = tallied(SEED, range(FILES), is_bounded=False)
    assert found.violations == {}
    assert found.files == FILES
    # It looks at what it means to: most files are read, with rows of both kinds, and rows are compared.
    assert found.read > FILES // 3
    assert min(found.rejected, len(found.refused)) > 0
    assert found.compared > 2 * FILES


def test_every_mutation_is_drawn() -> None:
    done = Counter(name for number in range(4 * FILES) for name in made(SEED, number).done)
    names = {m.__name__ for m in (*text_mutations.MUTATIONS, *workbook_mutations.MUTATIONS)}
    assert set(done) == names


def test_the_same_number_gives_the_same_file() -> None:
    for number in range(0, FILES, 7):
        one, again = made(SEED, number), made(SEED, number)
        assert (one.raw, one.untouched, one.free, one.done) == (
            again.raw,
            again.untouched,
            again.free,
            again.done,
        )


def test_a_file_taken_apart_is_the_same_file() -> None:
    for subject in subjects():
        if not subject.part:
            assert subject.opened().raw == subject.raw


def test_an_opened_quote_excuses_its_record_and_the_next_one_only() -> None:
    opened = document(b"a,b\n1,2\n3,4\n5,6\n7,8\n", "utf-8", ",", [1, 2, 3, 4, 5], 1)
    opened.touch(2, b'3,"4\n')
    assert opened.untouched_lines() == {1, 2, 5}
    opened.touch(1, b"1;2\n")
    assert opened.untouched_lines() == {1, 5}


def test_a_touched_header_excuses_all() -> None:
    opened = document(b"a,b\n1,2\n", "utf-8", ",", [1, 2], 1)
    opened.touch(0, b"b,a\n")
    assert opened.untouched_lines() == frozenset()


def _without_row(read: properties.Reading) -> properties.Reading:
    return replace(read, values=read.values.iloc[1:])


def _raise(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (_without_row, "untouched rows lost"),
        (lambda read: _raise(ValueError("planted")), "ValueError: planted"),
        (lambda read: _raise(FaultyFile([Fault("no_rows", "x")])), "refused (no_rows)"),
    ],
)
def test_a_planted_fault_is_seen(planted: object, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = properties.reading
    monkeypatch.setattr(properties, "reading", lambda *asked: planted(honest(*asked)))  # type: ignore[operator]
    found = [w for number in range(60) for w in properties.outcome(made(SEED, number)).violations]
    assert any(said in what for what in found)
