"""Every method answers by slot; what they say is far from the truth where it was measured to be."""

import numpy as np
import pytest

from benchmarks.benchmark import Run
from benchmarks.shared_data import REASON, is_missing
from benchmarks.staffing_day import FILE, reference, reference_late
from benchmarks.staffing_exact import exact_late
from benchmarks.staffing_methods import CALLS, figures, quick_calls, steady, trailing

pytestmark = pytest.mark.skipif(is_missing(FILE), reason=REASON)


def test_the_day_is_the_one_of_the_file() -> None:
    of = reference()
    late, calls = exact_late(of, "any")
    assert calls.sum() == pytest.approx(90)
    assert np.abs(late[:48] - reference_late()).max() < 1e-9
    assert not late[48:].any()


def test_other_volumes_have_people_in_proportion() -> None:
    for calls in CALLS:
        of = reference(calls)
        assert of.rate.sum() == pytest.approx(calls)
        assert min(of.timeline.heads) >= 1
    assert max(reference(150).timeline.heads) == 7


def test_a_load_trails_the_calls() -> None:
    of = reference()
    rate, trails = of.calls_per_min[0], trailing(of)
    rising = int(np.argmax(np.diff(rate[:8]))) + 1
    assert trails[rising] < rate[rising]
    assert trails.max() < rate.max()
    assert trails.sum() == pytest.approx(rate.sum(), rel=0.02)


def test_no_answer_is_nobody_in_time() -> None:
    of = reference()
    told = {m: quick_calls(of, of.calls_per_min[0], f) for m, f in steady(of, frozenset()).items()}
    load = of.calls_per_min[0] * of.line.handling_min
    overloaded = load >= np.array(of.timeline.heads)
    assert overloaded.any()
    assert not told["erlang_c"][:48][overloaded].any()
    assert (told["erlang_a"][:48][overloaded] > 0).all()
    assert (told["erlang_a"] >= told["erlang_c"]).all()


def test_a_short_run_asks_all_of_ours() -> None:
    found = figures(Run(is_short=True))
    methods = {name.split(".")[1] for name in found}
    assert methods == {"planner", "erlang_c", "erlang_a", "offered_load_erlang_a"}
    assert found["calls_50.erlang_c.day_points"] < -5
    assert found["calls_50.planner.no_answer_share"] == 0
