"""Compare the files of documents with their hashes and seals: `./portal manage verify_documents`. docs/seals.md."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from exchanges.services.document_files import checked_files


class Command(BaseCommand):
    help = "Compare every stored file of documents with its hash, its size and its seal. Ends with 1 where one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        checked = differing = 0
        for one in checked_files():
            checked += 1
            if one.problem:
                differing += 1
                self.stdout.write(f"{one.document} ({one.path or 'no file'}): {one.problem}. {one.remedy}")
        self.stdout.write(f"{checked} files of documents checked, {differing} differ.")
        if differing:
            sys.exit(1)
