"""One machine's settings with a clock that sweeps each second, for tests that cannot wait half a minute."""

from config.settings.local import *  # noqa: F403 settings add to settings

_SWEEPS = ("expire-orders", "deliver-notifications", "settle-payments")
CELERY_BEAT_SCHEDULE = {name: CELERY_BEAT_SCHEDULE[name] | {"schedule": 1} for name in _SWEEPS}  # noqa: F405 as above
