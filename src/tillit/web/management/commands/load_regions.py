"""`tillit manage load_regions`: the 21 regions, each once. Changes nothing that is there."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from tillit.apps.parties.actions import load_regions


class Command(BaseCommand):
    help = "Adds the regions that are not there yet, with the county codes of Statistics Sweden."

    def handle(self, *_args: Any, **_options: Any) -> None:
        added = load_regions(at=now())
        self.stdout.write(f"Added {len(added)} regions." if added else "All regions are there already.")
