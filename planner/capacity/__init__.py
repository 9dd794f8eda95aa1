"""A year's formation and longer: which residents and temporary weeks serve the calendar at least cost."""
