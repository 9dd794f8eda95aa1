"""How far the condition of an early end has been kept, in words."""

from planner.wording.ending import progress


def test_until_it_is_kept_the_days_are_counted() -> None:
    assert "3開庁日のうち、直近まで続けて2開庁日" in progress(2, 3, is_backlog_known=False)


def test_once_it_is_kept_an_end_is_to_be_talked_over() -> None:
    assert "確かめた上で、解除を協議" in progress(3, 3, is_backlog_known=False)
    assert "確かめた" not in progress(4, 3, is_backlog_known=True)
