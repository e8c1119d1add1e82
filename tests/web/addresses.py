"""Every address of the site with a world behind it, and how each sort of visitor is answered there."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver, reverse
from django.utils.timezone import now

from tests import world
from tests.collaborating import Sides, judge_all, plan, submitted, waiting, yes
from tests.web.followup_place import FollowupPlace
from tests.web.partnership_place import PartnershipPlace
from tillit.apps.collaborations.actions import links
from tillit.apps.collaborations.models import Collaboration, Paper
from tillit.apps.documents.models import Document, DocumentVersion
from tillit.apps.parties.models import Invitation, Procurement
from tillit.apps.register.actions import publish
from tillit.web.accounts import invitation_links

ROLES = (
    "besökare",
    "utan roll",
    "handläggare",
    "regelansvarig",
    "kontaktperson",
    "verksamhetschef",
    "granskare",
    "administratör",
    "deltagare",
    "utomstående",
    "drift",
    "kansli",
)
YES, NO, UNKNOWN, SIGN_IN = "ja", "nej", "–", "in"


class Place:
    """A company and a region with somebody in every role, and a collaboration that waits for the employers."""

    def __init__(self, media):
        self.sides = sides = Sides()
        made = submitted(sides, plan(sides))
        judge_all(made, sides)
        yes(waiting(made)[0], sides.officer)
        yes(waiting(made)[0], sides.contact)
        self.collaboration = Collaboration.objects.get(pk=made.pk)
        self.people = {
            "utan roll": world.person("Uno Lös"),
            "handläggare": sides.author,
            "regelansvarig": sides.officer,
            "kontaktperson": sides.contact,
            "verksamhetschef": sides.head,
            "granskare": world.person("Greta Å", organisation=sides.region, roles=("auditor",)),
            "administratör": world.person("Adam Ö", organisation=sides.region, roles=("administrator",)),
            "deltagare": sides.nurse,
            "utomstående": world.person("Ulla Ä", organisation=world.company("Annat AB"), roles=("author",)),
        }
        operator = world.operator()
        self.people["drift"] = operator.person
        self.people["kansli"] = world.person("Kaj Kansli")
        self.partnership = PartnershipPlace(sides, self.people["kansli"])
        self.followup = FollowupPlace(self.partnership, sides, self.people["kansli"])
        self.public = self._published()
        document = Document.objects.create(owner="x", sort="agreement", title="Avtal", keeper=sides.company)
        self.paper = DocumentVersion(document=document, number=1, size=2, name="a.txt", content_type="text/plain")
        self.paper.sha256 = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"
        self.paper.uploaded_by, self.paper.uploaded_at = sides.author, now()
        self.paper.file.save("a.txt", ContentFile(b"\x01"), save=False)
        self.paper.save()
        Paper.objects.create(collaboration=self.collaboration, document=document, record_id="h1")
        self.procurement = Procurement.objects.create(buyer=sides.region, subject="Stent", opened_on=now().date())
        self.invitation = Invitation.objects.create(
            organisation=sides.region,
            email="ny@example.se",
            name="Ny",
            roles=["author"],
            invited_at=now(),
            expires_at=now() + timedelta(days=1),
        )
        self.link = links.make_link(person=sides.head, approvals=[waiting(made)[0]], at=now())

    def _published(self):
        made = Collaboration.objects.get(pk=self.collaboration.pk)
        other = submitted(self.sides, plan(self.sides))
        Collaboration.objects.filter(pk=other.pk).update(state="closed")
        publish(collaboration=Collaboration.objects.get(pk=other.pk), at=now(), today=now().date())
        assert made.pk != other.pk
        return Collaboration.objects.get(pk=other.pk).public_id

    def arguments(self, name, parameters):
        """Return what stands for the parameters of an address: always something that is there."""
        if name.startswith("partnerships:"):
            return {each: self.partnership.argument(name, each) for each in parameters}
        if name.startswith("followup:"):
            return {each: self.followup.argument(name, each) for each in parameters}
        question = waiting(self.collaboration)[0]
        special = {
            "approvals:question": {"key": question.pk},
            "approvals:calendar": {"key": self.collaboration.participants.get(record_id="p1").pk},
            "approvals:link": {"token": links.token_of(self.link)},
            "accounts:invitation": {"token": invitation_links.token_of(self.invitation.pk)},
            "collaborations:download": {"key": self.paper.pk},
            "collaborations:version": {"number": 1},
            **{f"collaborations:year{file}": {"number": 2026} for file in ("", "_xlsx", "_pdf")},
            "parties:procurement": {"number": self.procurement.pk},
            "register:entry": {"public_id": self.public},
            "rules:rule": {"rule_id": "maltider.distans"},
            "collaborations:step": {"slug": "vad"},
            "guide:step": {"slug": "vad"},
        }
        usual = {
            "public_id": self.collaboration.public_id,
            "key": self.sides.region.pk,
            "unit_key": self.sides.clinic.pk,
            "person_key": self.sides.nurse.pk,
            "slug": "lunchseminarium",
            "pk": self.sides.nurse.pk if name.startswith("accounts:demo") else 1,
            "number": 1,
            "provider_id": "siths",
            "uidb36": "1",
            "token": "x",
            "year": 2026,
            "rule_id": "maltider.distans",
        }
        return {each: {**usual, **special.get(name, {})}.get(each, "x") for each in parameters}


def named(resolver=None, spaces=()):
    """Yield the name and the parameters of every address that has a name, the API's own resources left out."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            if each.name and "api-v1" not in spaces:
                yield ":".join((*spaces, each.name)), tuple(each.pattern.regex.groupindex)
        else:
            yield from named(each, (*spaces, each.namespace) if each.namespace else spaces)


def answer(client, address):
    """Return how an address answers: yes, no, not there, or by leading to sign-in."""
    found = client.get(address)
    if found.status_code == 302 and "/konto/logga-in/" in found["Location"] and "?next=" in found["Location"]:
        return SIGN_IN
    return {403: NO, 404: UNKNOWN}.get(found.status_code, YES)


def address_of(place, name, parameters):
    return reverse(name, kwargs=place.arguments(name, parameters))
