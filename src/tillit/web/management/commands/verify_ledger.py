"""`tillit manage verify_ledger`: whether every act in the ledger still fits the one before it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tillit.apps.audit.models import Act
from tillit.apps.audit.queries import first_broken_link
from tillit.apps.documents.queries import damaged_versions


class Command(BaseCommand):
    help = "Checks the chain of the ledger. Exit code 1 where it is broken; --documents reads every stored file too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", action="store_true", help="also hash every document that is kept")

    def handle(self, *_args: Any, **options: Any) -> None:
        broken = first_broken_link()
        if broken is not None:
            self.stderr.write(
                f"The ledger is broken at act {broken}: that row, or one before it, was changed, removed or moved."
                " Compare with a backup."
            )
            raise SystemExit(1)
        self.stdout.write(f"The ledger holds: {Act.objects.count()} acts.")
        if options["documents"] and (damaged := list(damaged_versions())):
            for version, says in damaged:
                self.stderr.write(f"{version.pk}: {says}")
            raise SystemExit(1)
