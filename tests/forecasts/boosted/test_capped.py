import numpy as np

from forecasts.boosted.capped import capped


def test_a_slip_of_the_pen_is_cut_and_nothing_else() -> None:
    total = np.tile([60.0, 50, 45, 48, 52, 5, 4], 30)
    wrong = total.copy()
    wrong[[100, -1]] = 100_000
    out = capped(wrong)
    assert out[100] < 400
    assert out[-1] < 400
    rest = np.setdiff1d(np.arange(total.size), [100, total.size - 1])
    np.testing.assert_array_equal(out[rest], total[rest])


def test_a_desk_that_grew_tenfold_keeps_its_days() -> None:
    total = np.concatenate([np.full(200, 50.0), np.full(200, 500.0)])
    np.testing.assert_array_equal(capped(total)[230:], 500)
