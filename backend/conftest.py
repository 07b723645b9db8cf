"""Every test run brings its own PostgreSQL: started here, thrown away at the end, unless DATABASE_URL names one."""

import atexit
import os
from contextlib import ExitStack

# At import, because the conftest of any app may import models, which need settings, which need the database's
# address. The workers of a parallel run inherit that address and add their own database on the same server.
if "DATABASE_URL" not in os.environ:
    from dev.embedded_postgres import throwaway_server

    _server = ExitStack()
    atexit.register(_server.close)
    os.environ["DATABASE_URL"] = _server.enter_context(throwaway_server())

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402

django.setup()
