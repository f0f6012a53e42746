"""Open a table: what the operator does, and all the operator can do. The operator gets no seat."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from dialoog.partnerships.models import Invitation, Partnership, Party

# Addresses that are not a table.
TAKEN = {"inloggen", "hulp", "uitnodiging", "intrekken", "static"}


class Command(BaseCommand):
    help = "Open a table for a municipality and its client council, and invite the first coordinator of each side."

    def add_arguments(self, parser):
        parser.add_argument("address", help="the table's address, for example utrecht-wmo")
        parser.add_argument("--council", required=True, help="the name of the council")
        parser.add_argument("--municipality", required=True, help="the name of the municipality")
        parser.add_argument("--controller", required=True, help="who is responsible for the personal data")
        parser.add_argument("--council-coordinator", required=True, help="e-mail address")
        parser.add_argument("--municipality-coordinator", required=True, help="e-mail address")

    def handle(self, *, address, council, municipality, controller, **given):
        if address in TAKEN:
            raise CommandError(f"{address} is not free. Choose another address for this table.")
        table = Partnership(
            slug=address, council_name=council, municipality_name=municipality, data_controller=controller
        )
        invited = [(party, given[f"{party}_coordinator"]) for party in Party.sides()]
        if invited[0][1].lower() == invited[1][1].lower():
            raise CommandError("One account has one side at a table. Give each side its own e-mail address.")
        try:
            with transaction.atomic():
                table.full_clean()
                table.save()
                for party, email in invited:
                    offer = Invitation(partnership=table, party=party, email=email, is_coordinator=True)
                    offer.full_clean(exclude=["digest"])
                    offer.invite()
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"The table is open: {settings.SITE_URL}/{address}/. Both coordinators got an invitation.")
        if hasattr(settings, "EMAIL_FILE_PATH"):
            self.stdout.write(f"There is no mail server, so their letters are in {settings.EMAIL_FILE_PATH}.")
