"""Days that no event, season or weekday explains: proposed for marking, never removed.

``usual`` says robustly what a day should have brought, ``holes`` finds hours in which nothing came,
``days`` puts the findings together.
"""

from forecasts.abnormal.day import AbnormalDay
from forecasts.abnormal.days import abnormal_days

__all__ = ["AbnormalDay", "abnormal_days"]
