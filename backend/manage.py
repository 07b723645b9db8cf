#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 - the first look loads them
    except ImproperlyConfigured as problem:
        # Django would put it by, and stumble over something of no help a moment later.
        sys.exit(f"error: {problem}")
    execute_from_command_line(sys.argv)
