"""`tillit manage erase_person`: somebody who has left has asked that their name be taken away."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from tillit.apps.accounts.models import Person
from tillit.apps.errors import Refused
from tillit.apps.partnerships.actions.erasing import erase_person_name


class Command(BaseCommand):
    help = "Puts a role in the place of a person's name, for good. What they did stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="the person's key, or their address")
        parser.add_argument("--role", required=True, help='what stands instead, such as "tidigare ledamot"')

    def handle(self, *_args: Any, **options: Any) -> None:
        person = _found(options["person"])
        if person is None:
            raise CommandError("nobody has that key or address")
        try:
            erased = erase_person_name(person=person, role=options["role"], by=None, at=now())
        except Refused as refused:
            raise CommandError(f"{refused.field or 'person'}: {refused.message}") from refused
        self.stdout.write(str(erased.pk))


def _found(told: str) -> Person | None:
    try:
        return Person.objects.filter(pk=UUID(told)).first()
    except ValueError:
        return Person.objects.filter(email__iexact=told).first() if told else None
