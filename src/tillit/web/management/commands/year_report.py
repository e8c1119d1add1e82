"""`tillit manage year_report`: an organisation's yearly report as a file, the same as its own people can fetch."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from tillit.apps.collaborations.queries.year import may_be_reported
from tillit.apps.parties.models import Organisation
from tillit.apps.parties.queries import organisation_named
from tillit.exchange.yearly_pdf import pdf
from tillit.exchange.yearly_xlsx import xlsx
from tillit.web.collaborations.year import yearly_of

WRITES = {".xlsx": xlsx, ".pdf": pdf}


class Command(BaseCommand):
    help = "Writes an organisation's yearly report to a file, Excel or PDF by the name's ending."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its organisation number, key or whole name")
        parser.add_argument("year", type=int)
        parser.add_argument("--out", required=True, help="the file to write: NAME.xlsx or NAME.pdf")
        parser.add_argument("--language", default="sv", choices=["sv", "en"])

    def handle(self, *_args: Any, **options: Any) -> None:
        target, today = Path(options["out"]), localdate()
        write = WRITES.get(target.suffix.lower())
        if write is None:
            raise CommandError(f"{target.name}: the name must end in .xlsx or .pdf.")
        if not may_be_reported(options["year"], today):
            raise CommandError(f"{options['year']}: there is no report of that year. Choose one that has begun.")
        report = yearly_of(_organisation(options["organisation"]), options["year"], today, options["language"])
        try:
            target.write_bytes(write(report))
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}.") from error
        self.stdout.write(f"{target}: {report.title}")


def _organisation(said: str) -> Organisation:
    try:
        found = Organisation.objects.filter(pk=UUID(said)).first()
    except ValueError:
        found = organisation_named(said)
    if found is None:
        raise CommandError(f"no organisation, or several: {said}. Name it by its number, its key or its whole name.")
    return found
