"""`./portal doctor`: what is wrong and what to do, one line each. docs/monitoring.md."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from cxc.monitoring.doctor import examine


class Command(BaseCommand):
    help = "Examine the portal and all it depends on; exit code 1 when anything is wrong."
    requires_system_checks = ()  # they may ask the database, which may be away

    def handle(self, *args: Any, **options: Any) -> None:
        findings = []
        for finding in examine():
            findings.append(finding)
            self.stdout.write(f"{'ok   ' if finding.is_well else 'WRONG'}  {finding.name:12} {finding.sentence}")
        wrong = sum(not finding.is_well for finding in findings)
        self.stdout.write(
            f"{wrong} of {len(findings)} need attention." if wrong else f"All {len(findings)} are in order."
        )
        if wrong:
            sys.exit(1)
