"""What is coming to a desk, kept: joint paths for more than a year, why they are so, how good they were.

A plan asks of one period; an outlook is what anybody may ask of the year ahead, answered without computing.
``making`` makes one, and is imported by itself: it loads the whole river.
"""

from planner.outlook.kept import HORIZON_WEEKS, Counts, KeptOutlook, OutlookFacts

__all__ = ["HORIZON_WEEKS", "Counts", "KeptOutlook", "OutlookFacts"]
