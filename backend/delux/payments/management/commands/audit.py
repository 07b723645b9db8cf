"""`manage.py audit`: do the books agree?"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from delux.payments.selectors.audit import audit


class Command(BaseCommand):
    help = (
        "Check stock against orders, money against money, statuses against history, and what is late. "
        "Changes nothing and may run while the shop sells. Exit code 0: all agrees; 1: something does not."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--shown", type=int, default=20, help="rows to name for each promise (20)")
        parser.add_argument("--json", action="store_true", help="print the findings as JSON alone")

    def handle(self, *, shown: int, **options: Any) -> None:
        findings = []
        for finding in audit(at=timezone.now(), shown=shown):
            findings.append(finding)
            if options["json"]:
                continue
            self.stdout.write(f"  {'BROKEN' if finding.breaches else 'ok':<7}{finding.promise}")
            for breach in finding.breaches:
                self.stdout.write(f"         {breach.kind} {breach.key}: {breach.what}")
        broken = [finding for finding in findings if finding.breaches]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings]))
        if broken:
            raise CommandError(f"{len(broken)} of {len(findings)} promises are broken.")
