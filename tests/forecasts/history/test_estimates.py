import numpy as np
import pytest

from forecasts.history.estimates import Logs, shrunk


def test_an_estimate_holds_the_figure_in_four_of_five_cases() -> None:
    rng = np.random.default_rng(1)
    held = 0
    for sample in rng.normal(2.0, 0.5, (2_000, 5)):
        found = Logs.measured(np.array([sample.mean()]), np.array([sample.var(ddof=1) / 5]), 4).estimate(0)
        assert found is not None
        held += found.low <= np.exp(2.0) <= found.high
    assert held / 2_000 == pytest.approx(0.8, abs=0.03)


def test_what_was_not_measured_has_no_interval() -> None:
    logs = Logs.measured(np.zeros(2), np.array([0.1, np.inf]), 9)
    assert logs.estimate(0) is not None
    assert logs.estimate(1) is None
    assert Logs.measured(np.zeros(1), np.zeros(1), 0).estimate(0) is None


def test_what_is_little_known_is_drawn_towards_the_others() -> None:
    logs = Logs.measured(np.array([0.0, 0.1, 1.0]), np.array([0.001, 0.001, 10.0]), 99)
    found = shrunk(logs, 0.2)
    assert found.own_weight[2] < 0.1
    assert 0.0 < found.value[2] < 0.2
    assert found.value[0] == pytest.approx(0.0, abs=0.02)
    assert found.variance[2] < logs.variance[2]


def test_what_was_not_measured_is_taken_from_the_others() -> None:
    found = shrunk(Logs.measured(np.array([0.3, 0.3, 99.0]), np.array([0.01, 0.01, np.inf]), 99), 0.2)
    assert found.value[2] == pytest.approx(0.3)
    assert found.own_weight[2] == 0.0
    estimate = found.estimate(2)
    assert estimate is not None
    assert estimate.low < np.exp(0.3) < estimate.high


def test_figures_that_differ_beyond_chance_stay_apart() -> None:
    logs = Logs.measured(np.array([0.0, 1.0, 2.0]), np.full(3, 0.01), 99)
    assert shrunk(logs, 0.2).value == pytest.approx(logs.value, abs=0.02)


def test_where_nothing_was_measured_nothing_changes() -> None:
    logs = Logs.measured(np.zeros(2), np.full(2, np.inf), 9)
    assert shrunk(logs, 0.2) is logs


def test_drawing_together_lessens_the_error_and_keeps_the_coverage() -> None:
    rng = np.random.default_rng(2)
    own, drawn, held = [], [], []
    for _ in range(300):
        true = rng.normal(0.0, 0.2, 8)
        noise = rng.choice([0.01, 0.05, 0.3], 8)
        logs = Logs.measured(true + rng.normal(0.0, np.sqrt(noise)), noise, 999)
        found = shrunk(logs, 0.2)
        own.append(((logs.value - true) ** 2).mean())
        drawn.append(((found.value - true) ** 2).mean())
        ends = [e for e in map(found.estimate, range(8)) if e]
        held.append(np.mean([e.low <= np.exp(t) <= e.high for e, t in zip(ends, true, strict=True)]))
    assert np.mean(drawn) < 0.6 * np.mean(own)
    assert np.mean(held) == pytest.approx(0.8, abs=0.05)
