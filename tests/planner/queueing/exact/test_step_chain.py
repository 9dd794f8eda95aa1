"""Steps of many chains at once, against the matrix of each."""

import numpy as np
import pytest

from planner.queueing.exact.step_chain import step_chain

RNG = np.random.default_rng(5)
UP, DOWN = RNG.uniform(0, 0.4, (2, 3, 1)), RNG.uniform(0, 0.5, (2, 1, 6))
DOWN[..., 0] = 0.0


def matrix(a: int, b: int) -> np.ndarray:
    out = np.diag(np.full(5, UP[a, b, 0]), 1) + np.diag(DOWN[a, 0, 1:], -1)
    return out + np.diag(1.0 - out.sum(axis=1))


def test_laws_go_forward_and_functions_backward() -> None:
    chain, weights = step_chain(UP, DOWN), RNG.random((20, 2))
    laws, functions = RNG.dirichlet(np.ones(6), (2, 3)), RNG.random((2, 2, 3, 6))
    before, after = chain.before(functions, weights), chain.after(laws, weights)
    for a in range(2):
        for b in range(3):
            powers = [np.linalg.matrix_power(matrix(a, b), n) for n in range(20)]
            sums = np.einsum("nm,nij->mij", weights, powers)
            assert before[a, b] == pytest.approx(
                sum(s @ f for s, f in zip(sums, functions[:, a, b], strict=True))
            )
            assert after[:, a, b] == pytest.approx(laws[a, b] @ sums)


def test_no_function_gives_nothing() -> None:
    assert not step_chain(UP, DOWN).before(np.zeros((0, 2, 3, 6)), np.zeros((1, 0))).any()
