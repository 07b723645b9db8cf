"""Production's settings with the gateway of mock cards, for a shop where a test buys."""

from config.settings.production import *  # noqa: F403

MOCK_GATEWAY = True
# A hint may be lost, and then the sweep finds the work: a test does not wait as long.
CELERY_BEAT_SCHEDULE = {
    "deliver-notifications": CELERY_BEAT_SCHEDULE["deliver-notifications"] | {"schedule": 1},  # noqa: F405
}
