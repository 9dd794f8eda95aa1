"""The models: one file each, and this list. The first is the baseline that the others have to beat."""

from forecasts.model import Model
from forecasts.models.event_regression import EventRegression
from forecasts.models.recent_mean import RecentMean

MODELS: tuple[Model, ...] = (RecentMean(), EventRegression())
