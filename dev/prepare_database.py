"""Bring a database up to date: migrations, and demo data if nobody has signed up in it yet.

One process for both, because starting Django takes longer than either when there is nothing to do.
"""

import argparse

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dev.prepare_database", description=__doc__)
    parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    options = parser.parse_args()
    django.setup()
    call_command("migrate", interactive=False, verbosity=1, skip_checks=True)

    from django.contrib.auth import get_user_model

    if settings.DEBUG and not options.no_demo and not get_user_model().objects.exists():
        call_command("seed_db", size="small")
        print("demo data created")


if __name__ == "__main__":
    main()
