"""The pages of partnerships as visitors, a party and an office meet them: each at most 20 ms a request, 50 a second."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bench.measure import Row
from bench.pages import Target, measured, site

PARTNERSHIPS, PARTIES, COMMITMENTS = 200, 500, 10_000
EACH = 20.0
"""Milliseconds a request."""
OPEN = {
    "first page": "",
    "agreements": "avtal/",
    "an agreement": "avtal/{agreement}/",
    "what is agreed": "tackning/",
    "days of agreements": "fornyelse/",
    "calendar": "fornyelse.ics",
    "parties": "parter/",
    "a party": "aktor/{party}/",
    "becoming a party": "bli-aktor/?slag=company&roll=main_party",
    "bodies": "organ/",
    "a body": "organ/{organ}/",
    "representation": "representation/{organ}/",
    "who decides what": "mandat/",
    "commitments": "ataganden/",
    "a commitment": "ataganden/{commitment}/",
}
FOR_PARTY = {"own calendar": "ataganden.ics", "signing": "avtal/{agreement}/underskrift/"}
FOR_OFFICE = {
    "office": "kansli/",
    "a body's upkeep": "organ/{organ}/skota/",
    "a body's seats": "organ/{organ}/platser/",
    "representation's upkeep": "representation/{organ}/skota/",
    "a new commitment": "ataganden/nytt/",
    "an agreement's upkeep": "avtal/{agreement}/skota/",
    "the parties' upkeep": "parter/skota/",
}
LISTS = Target("list of partnerships", ("/partnerskap/", "/partnerskap/?q=budget"), beside=5.0, each=EACH)
MODELS = Target("models", ("/partnerskap/modeller/", "/partnerskap/jamforelse/"), each=EACH)


def rows(requests: int, partnerships: int = PARTNERSHIPS) -> Iterator[Row]:
    """Return the rows of the pages: of ordinary partnerships, and of one with 100 parties and 1 500 commitments."""
    size = (partnerships, PARTIES * partnerships // PARTNERSHIPS, COMMITMENTS * partnerships // PARTNERSHIPS)
    world = f"{partnerships} partnerships"
    with site("bench.partnership_world", *size) as (ours, bare, said):
        told = json.loads(said)
        for who, cookie in {"": "", **told["cookies"]}.items():
            for target in targets(told["places"], who):
                yield from measured(world, (ours, bare, cookie), target, requests)


def targets(places: list[dict[str, str]], who: str) -> Iterator[Target]:
    """Return the pages of somebody: "" a visitor, "party" or "office"."""
    name = who or "visitor"
    yield from (replace(each, name=f"{each.name}, {name}", signed_in=bool(who)) for each in (LISTS, MODELS))
    theirs = {**OPEN, **(FOR_PARTY if who == "party" else FOR_OFFICE if who == "office" else {})}
    for large, here in ((False, places[1:6]), (True, places[:1])):
        for title, page in theirs.items():
            where = "the large partnership" if large else "a partnership"
            paths = tuple(_path(each, page) for each in here if all(each[key] for key in _keys(page)))
            yield Target(f"{where}, {title}, {name}", paths, signed_in=bool(who), each=EACH)


def _keys(page: str) -> list[str]:
    return [key for key in ("agreement", "party", "organ", "commitment") if f"{{{key}}}" in page]


def _path(place: Mapping[str, Any], page: str) -> str:
    return f"/partnerskap/{place['slug']}/{page.format(**place)}"
