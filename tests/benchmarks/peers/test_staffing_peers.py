"""Each package answers for the day that it is asked about; where it is not installed, it is skipped."""

import numpy as np
import pytest

from benchmarks.staffing_desks import desk
from planner.queueing.formulas.erlang import erlang_a_waiting, erlang_c_waiting

WHY = "a peer of benchmarks: make setup-bench"


def test_ciw_sees_the_calls_of_the_day_by_slot() -> None:
    pytest.importorskip("ciw", reason=WHY)
    from benchmarks.peers.ciw_desk import served

    of = desk(10)
    calls, late = served(of, 100, 1)
    assert calls.shape == late.shape == (100, of.rate.size)
    assert calls.mean(axis=0)[of.open_slots] == pytest.approx(of.rate[of.open_slots], rel=0.2)
    assert calls.sum() == calls[:, of.open_slots].sum()
    assert (late <= calls).all()
    every = served(of, 100, 1, has_every_date=True)[1]
    assert every.sum() <= late.sum()


def test_simpy_serves_exponential_calls_as_the_exact_day_does() -> None:
    pytest.importorskip("simpy", reason=WHY)
    from benchmarks.peers.simpy_desk import Calls, served
    from benchmarks.staffing_exact import exact_late

    of = desk(10)
    calls = Calls(of.rate, of.line.handling_min, None, of.line.patience_min)
    offered, answered, in_time = served(of.shop, calls, of.limit_min, 150, 1)
    late, came = exact_late(of, "as_planned")
    error = (offered - in_time).std() / np.sqrt(offered.size) / offered.mean()
    assert abs(1 - in_time.sum() / offered.sum() - late.sum() / came.sum()) < 5 * error
    assert (in_time <= answered).all()


def test_pyworkforce_knows_erlang() -> None:
    pytest.importorskip("pyworkforce", reason=WHY)
    from benchmarks.peers.pyworkforce_heads import erlang_a_in_time, erlang_a_needed, erlang_c_in_time

    assert erlang_c_in_time(0.5, 9, 6, 1.0) == pytest.approx(erlang_c_waiting(0.5, 9, 6, 1.0).in_time)
    assert np.isnan(erlang_c_in_time(0.5, 9, 4, 1.0))
    for people in (3, 6):
        ours = erlang_a_waiting(0.5, 9, 5, people, 1.0).in_time
        assert erlang_a_in_time(0.5, 9, 5, people, 1.0) == pytest.approx(ours)
    assert erlang_a_in_time(0.5, 9, 5, erlang_a_needed(0.5, 9, 5, 1.0, 0.8), 1.0) >= 0.8
