"""The suite's settings for a shop whose replica is held back on purpose, and soon given up."""

from config.settings.test import *  # noqa: F403 settings add to settings

REPLICA_MOST_BEHIND, REPLICA_BELIEVED, REPLICA_LEFT_ALONE = 600.0, 0.1, 0.3
# One slow read of a busy machine is no frozen server.
REPLICA_PATIENCE = 3.0
