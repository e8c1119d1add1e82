"""Who owes what in a partnership and how much of it is done; one commitment; a new one; what one owes as a calendar."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tillit.apps.documents.models import DocumentVersion
from tillit.apps.documents.queries import content_of
from tillit.apps.errors import Refused
from tillit.apps.partnerships.actions.commitments import CommitmentFacts, change_commitment, make_commitment
from tillit.apps.partnerships.answering import may_see
from tillit.apps.partnerships.models import Commitment
from tillit.apps.partnerships.models.words import AREA_WORDS, COMMITMENT_KIND_WORDS, TIER_WORDS
from tillit.apps.partnerships.queries.commitment_page import commitment_of, commitment_page
from tillit.apps.partnerships.queries.commitment_words import (
    fulfilment_told,
    gap_told,
    holder_word,
    inclusion_told,
    percent,
    when_word,
)
from tillit.apps.partnerships.queries.commitments import Board, Cell, Cells, Wanted
from tillit.apps.partnerships.queries.occurrences import due_for
from tillit.apps.partnerships.queries.organ_words import last_day
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.views import page_number
from tillit.web.partnerships.commitment_deeds import deeds_of
from tillit.web.partnerships.commitment_forms import OWES, CommitmentForm, initial_of
from tillit.web.partnerships.commitment_told import calendar_of, moments_told, rest_told
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.told import level_word

READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def commitments(request: HttpRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    given = request.GET
    wanted = Wanted(given.get("vem", ""), given.get("niva", ""), given.get("omrade", ""), page_number(request))
    board = Board(here.partnership, here.today, lambda row: may_see(here.actor, here.sight, row))
    cells = board.cells(wanted)
    kept = given.copy()
    kept.pop("sida", None)
    context = {
        "found": cells,
        "rows": _told(cells, reverse("partnerships:commitments", args=[slug])),
        "total": fulfilment_told(cells.said, cells.verdict),
        "share": percent(cells.said.share),
        "gaps": [
            gap_told(level_word(level), flag)
            for level, flag in board.gaps(lambda organ: here.sight.sees(organ.openness, organ.pk))
        ],
        "formality": [(level_word(level), percent(share)) for level, share in board.formality()],
        "inclusion": [
            inclusion_told(board.inclusion("sector"), _("sektorer")),
            inclusion_told(board.inclusion("region"), _("regioner")),
        ],
        "wanted": wanted,
        "query": kept.urlencode(),
        "holders": board.holders(),
        "levels": [(each.code, level_word(each)) for each in board.levels()],
        "areas": AREA_WORDS.items(),
        "owes": here.actor is not None and here.actor.organisation is not None and here.sight.party,
    }
    return render(request, "partnerships/commitments.html", {**here.context, **context})


def _told(cells: Cells, address: str) -> list[dict[str, Any]]:
    """Return the rows in words. Each commitment lies under the list's own address, which is asked for once."""
    return [
        {
            "cell": each,
            "level": level_word(each.level),
            "area": AREA_WORDS[each.area],
            "share": percent(each.said.share),
            "said": fulfilment_told(each.said, each.verdict),
            "named": [(_address(address, key, each), text) for key, text in each.named],
        }
        for each in cells.rows
    ]


def _address(of_list: str, key: UUID, cell: Cell) -> str:
    return f"{of_list}{key}/" if cell.of_organ else f"{of_list}{key}/?part={cell.party}"


@READS_AND_WRITES
def commitment(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    row = _to_see(here, key)
    found = commitment_page(row, here.today, party=_asked_party(request, here))
    to = request.get_full_path() if request.method == "POST" else ""
    names = here.sight.party or here.sight.office or here.sight.evaluator
    context = {
        "row": row,
        "found": found,
        "moments": moments_told(found, names=names),
        "rest": rest_told(found, names=names),
        "holder": found.one.name if found.one is not None and found.holders else holder_word(row),
        "whose": holder_word(row),
        "level": level_word(row.level),
        "area": AREA_WORDS[row.area],
        "tier": TIER_WORDS.get(row.tier),
        "kind": COMMITMENT_KIND_WORDS[row.kind],
        "when": when_word(row),
        "agreement": row.agreement if row.agreement and here.sight.sees(row.agreement.openness) else None,
        "last_day": last_day(row.ends_on),
    }
    deeds = deeds_of(here, found, request)
    return answer(request, "partnerships/commitment.html", {**here.context, **context}, deeds, to=to)


def _asked_party(request: HttpRequest, here: Entered) -> UUID | None:
    """Return which party's times are asked for: the one in the address, else one's own."""
    try:
        return UUID(request.GET.get("part", ""))
    except ValueError:
        own = here.actor.organisation if here.actor is not None else None
        return own.pk if own is not None else None


def _to_see(here: Entered, key: UUID) -> Commitment:
    row = commitment_of(here.partnership, key)
    if row is None or not may_see(here.actor, here.sight, row):
        raise Http404
    return row


@signed_in
@READS_AND_WRITES
def new_commitment(request: SignedInRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    actor = here.run()

    def make(said: CommitmentForm) -> None:
        facts = CommitmentFacts(**said.facts())
        make_commitment(
            partnership=here.partnership, facts=facts, by=actor.person, at=now(), acting_for=actor.organisation
        )

    initial = {"starts_on": here.today, "openness": "parties", "weight": "1"}
    deeds = {"make": _whole_form(here, make, initial, _("Åtagandet är upplagt."))}
    to = reverse("partnerships:commitments", args=[slug])
    return answer(request, "partnerships/commitment_form.html", here.context, deeds, to=to)


@signed_in
@READS_AND_WRITES
def change(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    row = _to_see(here, key)
    actor = here.run()

    def act(said: CommitmentForm) -> None:
        facts = CommitmentFacts(**said.facts())
        change_commitment(commitment=row, facts=facts, by=actor.person, at=now(), acting_for=actor.organisation)

    deeds = {"change": _whole_form(here, act, initial_of(row), _("Åtagandet är ändrat."))}
    to = reverse("partnerships:commitment", args=[slug, key])
    return answer(request, "partnerships/commitment_form.html", {**here.context, "row": row}, deeds, to=to)


def _whole_form(here: Entered, act: Any, initial: dict[str, Any], told: str) -> Deed:
    made: list[CommitmentForm] = []

    def form(*args: Any, **kwargs: Any) -> CommitmentForm:
        made.append(CommitmentForm(*args, partnership=here.partnership, initial=initial, **kwargs))
        return made[-1]

    def done(_said: dict[str, Any]) -> None:
        try:
            act(made[-1])
        except Refused as refused:
            raise Refused(refused.message, field="owes" if refused.field in OWES else refused.field) from refused

    return Deed(form, done, told)


@signed_in
@require_safe
def calendar(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the organisation acted for owes in twelve months, as a calendar file; 404 for one who acts for no party."""
    here = enter(request, slug)
    organisation = request.actor.organisation
    if organisation is None or not here.sight.party:
        raise Http404
    times = due_for(organisation, localdate(), partnership=here.partnership.pk)
    headers = {"Content-Disposition": 'attachment; filename="ataganden.ics"', "Cache-Control": "no-store"}
    return HttpResponse(calendar_of(times, now()), content_type="text/calendar; charset=utf-8", headers=headers)


@signed_in
@require_safe
def evidence_file(request: SignedInRequest, slug: str, key: UUID, version: UUID) -> HttpResponse:
    """Evidence that is a file, for parties, office and evaluators."""
    here = enter(request, slug)
    row = _to_see(here, key)
    if not (here.sight.party or here.sight.office or here.sight.evaluator):
        raise Http404
    found = DocumentVersion.objects.filter(pk=version, pk__in=row.evidence.values("version")).first()
    if found is None:
        raise Http404
    from urllib.parse import quote

    named = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return HttpResponse(content_of(found), content_type="application/octet-stream", headers=headers)
