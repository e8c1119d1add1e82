"""`tillit manage operator`: which accounts run the site, and so may add organisations and ask in their first people."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.timezone import now

from tillit.apps.accounts.models import User
from tillit.apps.audit import actions as audit


class Command(BaseCommand):
    help = "Makes an account an operator of the site, or takes that away; without an address, names those who are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?")
        parser.add_argument("--remove", action="store_true")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        if options["email"]:
            is_operator = not options["remove"]
            user = User.objects.filter(email__iexact=options["email"]).first()
            if user is None:
                raise CommandError(f"no account has the address {options['email']}. Invite its owner first.")
            if user.is_operator != is_operator:
                user.is_operator = is_operator
                user.save(update_fields=["is_operator"])
                action = "accounts.operator_made" if is_operator else "accounts.operator_ended"
                audit.note(action, subject=user, by=None, at=now())
        for address in User.objects.filter(is_operator=True).order_by("email").values_list("email", flat=True):
            self.stdout.write(address)
