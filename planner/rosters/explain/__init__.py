"""Why there is no roster: the smallest set of demands that clash, and the cheapest way out."""
