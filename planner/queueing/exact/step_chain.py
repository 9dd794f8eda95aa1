"""Steps of many uniformised chains at once, forward for laws and backward for functions of the state."""

from dataclasses import dataclass

import numpy as np

from forecasts.distribution import Floats
from planner.queueing.exact.uniformised import summed


@dataclass(frozen=True, slots=True, eq=False)
class StepChain:
    """Chances to stay, to rise and to fall in one step, one chain after the other: no chain reaches the next.

    ``shape`` (…, N) is that of the laws and functions; all else is flat, for the sake of speed.
    """

    shape: tuple[int, ...]
    stays: Floats
    rises: Floats
    falls: Floats

    def before(self, functions: Floats, weights: Floats) -> Floats:
        """Return the sum over steps n and functions m of P^n weights[n, m] functions[m], (M, …, N) → (…, N).

        By Horner's rule; weights (steps, M).
        """
        inputs = weights @ functions.reshape(len(functions), self.stays.size)
        now = inputs[-1].copy()
        then, moved = np.empty_like(now), np.empty_like(now[1:])
        for new in inputs[-2::-1]:
            np.multiply(now, self.stays, out=then)
            np.multiply(now[1:], self.rises[:-1], out=moved)
            then[:-1] += moved
            np.multiply(now[:-1], self.falls[1:], out=moved)
            then[1:] += moved
            then += new
            now, then = then, now
        return np.asarray(now.reshape(self.shape))

    def after(self, law: Floats, weights: Floats) -> Floats:
        """Return the sums over steps n of weights[n, m] x the law after n steps, (…, N) → (M, …, N)."""

        def step(now: Floats) -> Floats:
            then = now * self.stays
            then[1:] += now[:-1] * self.rises[:-1]
            then[:-1] += now[1:] * self.falls[1:]
            return then

        return summed(step, law.reshape(-1), weights.T).reshape(-1, *self.shape)


def step_chain(up: Floats, down: Floats) -> StepChain:
    """Return the chains with chances up (…, 1) and down (…, N), which broadcast; down[…, 0] is 0."""
    shape = np.broadcast_shapes(up.shape, down.shape)
    rises, falls = np.broadcast_to(up, shape).copy(), np.broadcast_to(down, shape)
    rises[..., -1] = 0.0
    return StepChain(shape, (1.0 - rises - falls).ravel(), rises.ravel(), falls.ravel())
