"""One machine's settings for a shop whose database, broker, mail server and provider are taken away."""

from tests.live.hurried import *  # noqa: F403 settings add to settings

# As in production: what goes wrong on a page is not explained to whoever reads it.
DEBUG = False
INSTALLED_APPS += ["tests.live.faraway.Faraway"]  # noqa: F405 as above
