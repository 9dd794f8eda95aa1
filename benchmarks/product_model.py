"""What the product would use: the choice made on the desk's own past, as one model."""

from forecasts.choose import Rehearsal, chosen
from forecasts.model import Fitted, Known
from forecasts.models import MEMBERS, MODELS

_REHEARSAL = Rehearsal(horizon_days=65, origins=6, paths=200, seed=20261125)


class Product:
    """The baseline and the members are tried on the past; what is chosen, alone or combined, is fitted."""

    name = "madoguchi"
    min_office_days = MODELS[0].min_office_days

    def fit(self, known: Known) -> Fitted:
        """Choose and fit; raises ValueError where even the baseline has too short a history."""
        tried = [m for n, m in enumerate(MODELS) if n == 0 or m.name in MEMBERS]
        return chosen(known, tried, _REHEARSAL, MEMBERS).model.fit(known)
