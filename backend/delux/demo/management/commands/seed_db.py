"""`manage.py seed_db`: make the demo world anew."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from delux.accounts.models import User
from delux.demo.copying import analyse, catch_up_sequences, empty_everything, product_models
from delux.demo.desks import DESKS, add_desks
from delux.demo.gallery import draw_gallery
from delux.demo.gear import add_gear
from delux.demo.happenings import add_events
from delux.demo.logins import DEMO_LOGINS, PASSWORD
from delux.demo.people import add_organizers, add_people
from delux.demo.sales import Sales
from delux.demo.visits import add_visits
from delux.demo.world import SIZES, World
from delux.events.services.listing import refresh_listings
from delux.market.models import Product
from delux.market.services.shelf import count_sales, refresh_products


class Command(BaseCommand):
    help = (
        "Delete everything and make the demo data anew: small (10 events, 50 products, 100 orders), normal "
        "(10 000 events, 50 000 variants, 100 000 orders) or huge (1 000 000 orders). The same seed gives "
        "the same data, apart from ticket codes, which nobody may foresee."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", choices=SIZES, default="small")
        parser.add_argument(
            "--seed", type=int, default=1, help="the number that decides every choice (default 1)"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where people are registered already"
        )
        parser.add_argument("--json", action="store_true", help="print the summary as JSON alone")
        parser.add_argument(
            "--yes-delete-everything",
            action="store_true",
            help="needed, together with --size, where DEBUG is off",
        )
        parser.add_argument("--i-am-sure", action="store_true", help="the second time of telling")

    def handle(self, *, size: str, seed: int, if_empty: bool, **options: Any) -> None:
        if not settings.DEBUG and not (options["yes_delete_everything"] and options["i_am_sure"]):
            raise CommandError(
                "DEBUG is off, so this may be a real shop, and seeding deletes everything in it. "
                "If you mean it: --yes-delete-everything --i-am-sure"
            )
        if if_empty and User.objects.exists():
            self.stdout.write("Demo data is there already.")
            return
        started = time.monotonic()
        console = Console(stderr=True, quiet=options["json"])
        with Progress(
            TextColumn("{task.description:<12}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
        ) as progress:

            def step(title: str, total: int) -> Callable[[], None]:
                task = progress.add_task(title, total=total)
                return lambda: progress.advance(task)

            gallery = draw_gallery(seed=seed, step=step)
            with transaction.atomic():
                connection.cursor().execute("SET LOCAL statement_timeout = 0")  # bulk work, not a request
                empty_everything()
                world = World(now=timezone.now(), rng=Random(seed), size=SIZES[size])
                add_people(world, step("People", world.size.people))
                add_organizers(world, step("Organizers", world.size.organizers))
                add_events(world, gallery, step("Events", world.size.events))
                add_gear(world, gallery, step("Gear", world.size.products))
                sales = Sales(world)
                sales.make(world.size.orders, step("Orders", world.size.orders))
                add_visits()
                add_desks(world, sales.customers, step("Desks", min(DESKS, world.size.organizers)))
                catch_up_sequences()
                refresh_listings()
                refresh_products(Product.objects.all())
                count_sales()
                analyse()
        self.report(size, seed, time.monotonic() - started, as_json=options["json"])

    def report(self, size: str, seed: int, seconds: float, *, as_json: bool) -> None:
        rows = {model._meta.label: model._default_manager.count() for model in product_models()}
        rows = {label: count for label, count in rows.items() if count}
        total = sum(rows.values())
        if as_json:
            self.stdout.write(
                json.dumps({"size": size, "seed": seed, "seconds": round(seconds, 1), "rows": rows})
            )
            return
        self.stdout.write(
            f"{total:,} rows in {seconds:.1f} s ({total / seconds:,.0f} a second), size {size}, seed {seed}."
        )
        for login in DEMO_LOGINS:
            self.stdout.write(f"  {login.role:<12} {login.email:<24} {PASSWORD}")
