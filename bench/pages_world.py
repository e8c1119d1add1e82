"""Fills the database of the site with collaborations and their public rows, many at a time: `-m bench.pages_world N`.

Straight into the tables, since a hundred thousand acts would take hours; what is measured is how they are read.
"""

import random
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import django

SEED, AT_A_TIME = 20261124, 5_000
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SUBJECTS = ("hjärtsvikt", "astma", "diabetes", "demens", "epilepsi", "bröstcancer", "stroke", "smärta", "psoriasis")
FORMS = ("Utbildning", "Sammankomst", "Utvecklingsprojekt", "Rådgivning", "Fortbildning", "Symposium")
TOWNS = ["Åre", "Umeå", "Göteborg", "Malmö", "Örebro", "Luleå", "Kalmar", "Stockholm", "Östersund", "Växjö"]
OUTCOMES = ("meets", "meets", "meets", "judge", "undecided", "breach")
PURPOSE = (
    "Vården och företaget går igenom den nya kunskapen om {} tillsammans, så att patienter i hela länet får del av den."
)


def main(size: int) -> None:
    """Fill an empty database; one that holds anything is left as it is, and the measure stops."""
    django.setup()
    from django.db import connection, transaction

    from tillit.apps.register.models import Entry

    if Entry.objects.exists():
        raise SystemExit("bench: the database is not empty. Give it one of its own.")
    source = random.Random(SEED)
    parties = _organisations()
    with transaction.atomic():
        for start in range(0, size, AT_A_TIME):
            _chunk(source, range(start, min(start + AT_A_TIME, size)), *parties)
    sys.stdout.write(signed_in(parties[1][0], parties[2][0]))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("INSERT INTO register_words (register_words) VALUES ('optimize')")
            cursor.execute("ANALYZE")


def signed_in(organisation: Any, person: Any, email: str = "matning@example.se") -> str:
    """Return the cookie of somebody who is signed in and acts for an organisation."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from tillit.apps.accounts.models import User
    from tillit.apps.parties.models import Role

    user = User.objects.create_user(email, name="Mätning")
    person.user = user
    person.save()
    Role.objects.create(person=person, organisation=organisation, role="contact_person", since=date(2023, 1, 1))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _organisations() -> tuple[list[Any], list[Any], list[Any]]:
    from tillit.apps.accounts.models import Person
    from tillit.apps.parties.models import Organisation

    companies = [
        Organisation(kind="company", name=f"Läkemedelsbolaget {each} AB", branch="pharma", made_up=True)
        for each in range(150)
    ]
    regions = [
        Organisation(kind="region", name=f"Region {TOWNS[each % 10]} {each}", county_code=f"{each:02}", made_up=True)
        for each in range(21)
    ]
    Organisation.objects.bulk_create([*companies, *regions])
    people = [Person(name=f"Handläggare {each}", made_up=True) for each in range(300)]
    return companies, regions, Person.objects.bulk_create(people)


def _chunk(source: random.Random, numbers: range, companies: list[Any], regions: list[Any], people: list[Any]) -> None:
    from tillit.apps.collaborations.models import Collaboration, Party
    from tillit.apps.register.models import Entry, EntryParty

    made = [_collaboration(source, number, source.choice(people)) for number in numbers]
    Collaboration.objects.bulk_create(made)
    sides = [(source.choice(companies), source.choice(regions)) for _ in made]
    Party.objects.bulk_create(
        Party(collaboration=each, organisation=one, side=one.side, role=role, contact=source.choice(people))
        for each, pair in zip(made, sides, strict=True)
        for one, role in zip(pair, ("proposer", "answerer"), strict=True)
    )
    entries = [_entry(each, pair) for each, pair in zip(made, sides, strict=True)]
    Entry.objects.bulk_create(entries)
    EntryParty.objects.bulk_create(
        EntryParty(entry=each, organisation_key=one.pk, name=one.name, side=one.side, starts_on=each.starts_on)
        for each, pair in zip(entries, sides, strict=True)
        for one in pair
    )
    _index(entries)


def _collaboration(source: random.Random, number: int, person: Any) -> Any:
    from tillit.apps.collaborations.models import Collaboration
    from tillit.core.rulebook.editions import vocabulary
    from tillit.exchange.guide_typed import choices

    kinds = [value for value, _ in choices(vocabulary().kinds["collaboration"].facts["kind"], "sv")]
    subject, first = source.choice(SUBJECTS), date(2023, 1, 1) + timedelta(days=source.randrange(1500))
    return Collaboration(
        public_id=f"S-{number:07}",
        state=_state(source, first),
        state_since=AT,
        title=f"{source.choice(FORMS)} om {subject} nummer {number}",
        purpose=PURPOSE.format(subject),
        kind=source.choice(kinds),
        starts_on=first,
        ends_on=first + timedelta(days=source.randrange(3)),
        town=source.choice(TOWNS),
        outcome=source.choice(OUTCOMES),
        edition="samverkansregler/3.0",
        actual_total=Decimal(source.randrange(1_000_000)) / 100,
        version=1,
        created_by=person,
        created_at=AT,
        changed_at=AT,
        made_up=True,
    )


def _state(source: random.Random, first: date) -> str:
    """Return a state that goes with the day: what is to come is approved, what has been is closed but for the last."""
    days = (AT.date() - first).days
    if days < 0:
        return "approved"
    return source.choice(("approved", "carried_out", "reported", "closed")) if days < 30 else "closed"


def _entry(made: Any, pair: tuple[Any, Any]) -> Any:
    from tillit.apps.register.actions import shown_fields
    from tillit.apps.register.models import Entry

    amount = f"{made.actual_total:.2f}"
    content = {
        **{name: getattr(made, name) for name in ("title", "purpose", "kind", "town", "state", "edition", "version")},
        "framework_agreement": "",
        "benefits": {"care": "Kunskap.", "company": "Erfarenhet.", "patient": "Tidigare behandling."},
        "starts_on": made.starts_on.isoformat(),
        "ends_on": made.ends_on.isoformat(),
        "organisations": [
            {"key": str(one.pk), "name": one.name, "side": one.side, "kind": one.kind, "unit": "", "left_on": None}
            for one in pair
        ],
        "totals": {"actual": amount, "committed": None, "estimated": None},
        "participants": {"care": {"invited": 12, "took_part": 10}},
        "assessment": None,
        "versions": [],
        "states": [],
    }
    entry = Entry(public_id=made.public_id, published_at=AT, changed_at=AT, made_up=True)
    shown_fields(entry, content)
    entry.outcome = made.outcome
    return entry


def _index(entries: list[Any]) -> None:
    from tillit.apps.register import index
    from tillit.apps.register.actions import indexed

    index.put_many((each.place, indexed(each)) for each in entries)


if __name__ == "__main__":
    main(int(sys.argv[1]))
