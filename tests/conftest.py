"""No deadlines: machines that run the tests are shared, and speed is measured in benchmarks."""

from hypothesis import settings

settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")
