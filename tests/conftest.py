"""Settings of every test run."""

from hypothesis import HealthCheck, settings

# Derandomised: a test that failed yesterday fails today; no limits of time: two cores
# of a shared machine are slow.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci")
