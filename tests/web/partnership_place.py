"""A partnership behind the addresses of one: an agreement with a file, an organ, a commitment with evidence."""

from datetime import date

from django.core.files.base import ContentFile
from django.utils.timezone import now

from tests.collaborating import Sides
from tillit.apps.accounts.models import Person
from tillit.apps.documents.models import Document, DocumentVersion
from tillit.apps.followup.models import Observation
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import (
    Agreement,
    AgreementParty,
    Appointment,
    Commitment,
    Evidence,
    Membership,
    Organ,
    Seat,
)

START = date(2026, 2, 1)


class PartnershipPlace:
    """The region and the company are in it, the region's head sits in its board, somebody else runs its office.

    Its first page is open to all, its agreement and commitment are the parties'.
    """

    def __init__(self, sides: Sides, office: Person) -> None:
        frame = Frame("Kliniska prövningar", "by_agreement", START)
        self.partnership = here = found_partnership(frame=frame, by=office, at=now(), made_up=True)
        self.region = sides.region
        level = here.levels.get(code="national")
        for organisation in (sides.region, sides.company):
            Membership.objects.create(
                partnership=here, organisation=organisation, role="main_party", starts_on=START, recorded_at=now()
            )
        self.agreement = Agreement.objects.create(
            partnership=here,
            type="main_agreement",
            level=level,
            title="Huvudöverenskommelse",
            status="in_force",
            valid_from=START,
            term_mode="until_further_notice",
            created_at=now(),
        )
        for organisation in (sides.region, sides.company):
            AgreementParty.objects.create(
                agreement=self.agreement,
                organisation=organisation,
                signatory="Direktören",
                authority="Delegationsordningen",
                signed_on=START,
                recorded_at=now(),
            )
        self.file = filed(self.agreement, sides)
        self.agreement.document = self.file.document
        self.agreement.save()
        self.organ = Organ.objects.create(
            partnership=here, name="Styrelsen", tier="deciding", level=level, starts_on=START
        )
        seat = Seat.objects.create(organ=self.organ, number=1, starts_on=START)
        Appointment.objects.create(
            seat=seat, person=sides.head, organisation=sides.region, starts_on=START, recorded_at=now()
        )
        self.commitment = Commitment.objects.create(
            partnership=here,
            organisation=sides.region,
            level=level,
            area="goals",
            kind="resource",
            text="En samordnare på halvtid.",
            starts_on=START,
            due_on=date(2026, 6, 30),
            created_at=now(),
        )
        self.evidence = filed(self.commitment, sides)
        Evidence.objects.create(
            commitment=self.commitment,
            title="Beslut",
            effective_on=date(2026, 5, 1),
            version=self.evidence,
            uploaded_at=now(),
            uploaded_by=sides.contact,
        )

    def argument(self, name: str, parameter: str) -> object:
        """Return what stands for a parameter of an address of the partnership."""
        part = name.partition(":")[2]
        if parameter == "slug":
            return self.partnership.slug
        if parameter == "version":
            return (self.evidence if part.startswith("commitment") else self.file).pk
        if part.startswith("commitment"):
            return self.commitment.pk
        if part.startswith(("agreement", "signing")):
            return self.agreement.pk
        return self.region.pk if part.startswith("actor") else self.organ.pk


def filed(owner: Agreement | Commitment | Observation, sides: Sides) -> DocumentVersion:
    """Return a file of one byte that belongs to something."""
    place = f"{owner._meta.label_lower}:{owner.pk}"
    document = Document.objects.create(owner=place, sort="agreement", title="Fil", keeper=sides.region)
    version = DocumentVersion(document=document, number=1, size=1, name="a.txt", content_type="text/plain")
    version.sha256 = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"
    version.uploaded_by, version.uploaded_at = sides.contact, now()
    version.file.save("a.txt", ContentFile(b"\x01"), save=False)
    version.save()
    return version
