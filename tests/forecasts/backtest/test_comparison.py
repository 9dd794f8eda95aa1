from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecasts.backtest import compared
from tests.forecasts.trial_builder import FIRST, drawn, made

TRIED = drawn({"right": 50.0, "wrong": 80.0})


def test_a_worse_model_is_seen_to_be_worse_on_shared_days() -> None:
    found = compared("right", TRIED["right"], "wrong", TRIED["wrong"][4:])
    assert found is not None
    assert (found.origins, found.days, found.event_days) == (8, 80, 0)
    assert found.crps_ratio < 0.3
    assert found.wape < 0.2 < found.wape_other
    assert (found.crps_ratio_event, found.wape_event, found.wape_other_event) == (None, None, None)
    other = compared("wrong", TRIED["wrong"][4:], "right", TRIED["right"])
    assert other is not None
    assert other.crps_ratio == pytest.approx(1 / found.crps_ratio)


def test_models_without_a_shared_origin_are_not_compared() -> None:
    assert compared("right", TRIED["right"][:3], "wrong", TRIED["wrong"][3:]) is None


def test_days_on_which_nobody_called_leave_no_share() -> None:
    nobody = np.zeros(4, dtype=np.int64)
    quiet = (made(FIRST, nobody, np.zeros((5, 4), dtype=np.int64), ((0, 1),)),)
    found = compared("a", quiet, "b", tuple(replace(t, origin=t.origin) for t in quiet))
    assert found is not None
    assert (found.crps_ratio, found.crps_ratio_event, found.wape_event) == (1.0, 1.0, None)
    later = (replace(quiet[0], origin=FIRST + timedelta(days=1)),)
    assert compared("a", quiet, "b", later) is None
