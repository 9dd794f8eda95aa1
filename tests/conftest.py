"""Settings of every test run."""

from hypothesis import settings

# Derandomised: a test that failed yesterday fails today; no deadline: two cores of a shared machine are slow.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci")
