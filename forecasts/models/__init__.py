"""The models: one file each, and this list. The first is the baseline that the others have to beat."""

from forecasts.boosted.available import is_available
from forecasts.model import Model
from forecasts.models.boosting import Boosting
from forecasts.models.holt_winters import HoltWinters
from forecasts.models.joint import Joint
from forecasts.models.last_year_growth import LastYearGrowth
from forecasts.models.recent_mean import RecentMean
from forecasts.models.tagged_mean import TaggedMean
from forecasts.models.typed_ratio import TypedRatio

MODELS: tuple[Model, ...] = (
    RecentMean(),
    Joint(),
    TaggedMean(),
    LastYearGrowth(),
    HoltWinters(),
    TypedRatio(),
    *([Boosting()] if is_available() else []),  # the extra "boost"
)

MEMBERS = frozenset({"joint", "boosting"})
"""Names of the models that serve a desk, alone or combined; the others are there to be beaten."""
