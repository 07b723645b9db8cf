"""Production's settings with the gateway of mock cards, for a shop where a test buys."""

from config.settings.production import *  # noqa: F403 settings add to settings

MOCK_GATEWAY = True
# Where a test finds them; phones are not for tests.
SMS_URL = f"file://{env.VAR}/sms"  # noqa: F405 as above
ROOT_URLCONF = "tests.live.faulty_urls"
