"""The rulebook's questions, a step at a time, as the guided check asks them; the answers go into the draft."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from tillit.apps.collaborations import access
from tillit.apps.collaborations.facts import known_facts
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.collaborations.queries.changes import names_in
from tillit.apps.collaborations.whole import whole_of
from tillit.core.process import states
from tillit.core.process.content import Plain, as_case, of_case
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange.guide import GROUPS
from tillit.exchange.guide_form import of_case as sheet_of
from tillit.exchange.guide_news import kind_advice, kind_help
from tillit.exchange.guide_walk import ANSWER, START, Shown, read, walk
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.check.answers import case_json
from tillit.web.collaborations.asked import ELSEWHERE, asked, guide_of, unasked
from tillit.web.collaborations.writing import save
from tillit.web.guide import pages
from tillit.web.language import tongue


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the row of steps."""

    name: Any
    key: str
    here: bool
    left: int


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, public_id: str, slug: str) -> HttpResponse:
    found = access.to_write(request.actor, public_id, localdate())
    group = pages.STEP_OF.get(slug, "")
    if group not in GROUPS:
        raise Http404
    plain, known = _plain(found)
    case, slips = read(plain, tongue())
    if case is None:
        return render(request, "collaborations/unreadable.html", {"found": found, "slips": slips}, status=422)
    if request.method != "POST":
        return _page(request, found, Shown(group, case, sheet_of(plain, tongue()), before=case), known)
    sent = request.POST.dict()
    post = {**sent, **unasked(sent, sheet_of(plain, tongue())), "case": case_json(case).decode(), "from": group}
    to = sent.get("to", "")
    shown = walk(post, to if to in GROUPS else _next(group), as_of=localdate(), lang=tongue())
    if shown.slips or shown.case is None:
        return _page(request, found, shown, known)
    refused = save(request, found, _content(found, shown, known))
    if refused is not None:
        return _page(request, found, shown, known, refused=str(refused.message))
    found.refresh_from_db()
    if shown.step == group:
        return _page(request, found, shown, known)
    return redirect(_address(found, shown.step))


def _plain(found: Collaboration) -> tuple[Plain, Plain]:
    """Return the draft as a case to ask about, and what the record itself answers of it."""
    phase = "carried_out" if found.state == states.CARRIED_OUT else "planned"
    plain = as_case(found.draft, phase=phase)
    known = known_facts(whole_of(found), found.starts_on, found.ends_on)
    plain["collaboration"] = {**plain["collaboration"], **known}
    return plain, known


def _content(found: Collaboration, shown: Shown, known: Plain) -> Plain:
    """Return the draft with what was answered; what the record answers by itself is not written into it."""
    assert shown.case is not None
    plain: Plain = deepcopy(dict(dump_case(shown.case)))
    for kind in ELSEWHERE:
        plain.pop(kind, None)
        plain.get("records", {}).pop(kind, None)
    own = found.draft.get("collaboration", {})
    answers = plain["collaboration"]
    plain["collaboration"] = {name: value for name, value in answers.items() if name not in known or name in own}
    content = of_case(plain, before=found.draft)
    content["about"] = found.draft["about"]
    return content


def _page(
    request: SignedInRequest, found: Collaboration, shown: Shown, known: Plain, refused: str = ""
) -> HttpResponse:
    lang = tongue()
    assert shown.case is not None
    employed = {each["id"] for each in found.draft.get("participant", []) if each.get("employer")}
    guide = guide_of(shown.case, employed, localdate())
    told = pages.context(shown, lang, as_of=localdate(), guide=guide)
    told["page"] = asked(told["page"], known, names_in(found.draft))
    if shown.step == GROUPS[0]:
        told |= {"kind": pages.kind_field(shown, lang), "kind_help": kind_help(lang), "kind_advice": kind_advice(lang)}
    told["ways"] = [
        Step(way.name, each, way.here, way.left)
        for way, each in zip(told["ways"], (START, *GROUPS, ANSWER), strict=True)
        if each in GROUPS
    ]
    here = GROUPS.index(shown.step)
    told |= {
        "found": found,
        "own": _address(found, shown.step),
        "next": _address(found, shown.step),
        "back": GROUPS[here - 1] if here else "",
        "refused": refused,
    }
    return render(request, "collaborations/step.html", told, status=422 if shown.slips or refused else 200)


def _next(group: str) -> str:
    """Return the step after a step; after the last the questions are through."""
    return (*GROUPS, ANSWER)[GROUPS.index(group) + 1]


def _address(found: Collaboration, step_name: str) -> str:
    if step_name not in GROUPS:
        return reverse("collaborations:show", args=[found.public_id])
    return reverse("collaborations:step", args=[found.public_id, pages.SLUGS[step_name]])
