"""The suite's settings for a shop whose replica is held back on purpose, and back soon after it was away."""

from config.settings.test import *  # noqa: F403

REPLICA_MOST_BEHIND, REPLICA_BELIEVED, REPLICA_LEFT_ALONE = 600.0, 0.1, 0.3
