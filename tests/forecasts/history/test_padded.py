from datetime import datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.history.moments import moment_of, moments
from forecasts.history.padded import padded_moments
from forecasts.history.text import Texts

FORMS = st.sampled_from(["%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M"])


def written(at: datetime, form: str) -> str:
    return at.strftime(form.replace("%Y", f"{at.year:04}"))


@given(st.lists(st.tuples(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 30)), FORMS), min_size=1))
def test_a_column_is_read_as_each_text_by_itself(drawn: list[tuple[datetime, str]]) -> None:
    texts = [written(at, form) for at, form in drawn]
    assert moments(Texts.of(texts)).at.tolist() == [moment_of(text) for text in texts]


@given(st.lists(st.text("0123456789/-: T年", min_size=16, max_size=16), min_size=1, max_size=8))
def test_what_fits_is_what_a_text_by_itself_says(texts: list[str]) -> None:
    found = padded_moments(pa.array(texts, pa.string()))
    if found is not None:
        for text, day in zip(texts, found[0], strict=True):
            assert np.isnat(day) or moment_of(text) is not None
    assert moments(Texts.of(texts)).at.tolist() == [moment_of(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    ["2026/02/30 08:30", "2026/13/01 08:30", "2026/03/02 48:00", "2026/03/02 08:60", "2026/03-02 08:30",
     "2026/00/02 08:30", "2026/03/00 08:30", "0000/03/02 08:30", "2026/03/02T08:30", "2026/03/02 08.30",
     "2026/03/02 08:30:60", "2026/03/02 0a:30"],
)  # fmt: skip
def test_what_is_no_moment_of_this_form_is_left(text: str) -> None:
    found = padded_moments(pa.array([text], pa.string()))
    assert found is not None
    assert np.isnat(found[0][0])
    assert np.isnan(found[1][0])


def test_seconds_and_hours_past_midnight_are_read() -> None:
    found = padded_moments(pa.array(["2026/03/02 25:31:15"], pa.string()))
    assert found is not None
    assert (found[0][0], found[1][0]) == (np.datetime64("2026-03-02"), 25 * 60 + 31.25)


@pytest.mark.parametrize("texts", [[], ["2026/3/2 8:30"], ["2026/03/02 08:30", "2026/03/02 08:30:15"]])
def test_words_of_another_or_differing_length_are_not_read_by_place(texts: list[str]) -> None:
    assert padded_moments(pa.array(texts, pa.string())) is None
