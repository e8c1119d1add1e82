"""The office looks after an agreement: its draft, its way, its parties, its clauses, what it says of the areas."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.apps.partnerships.actions import agreement_steps as steps, agreements as acts, clauses, parties
from tillit.apps.partnerships.actions.agreements import EDITABLE, AgreementTerms
from tillit.apps.partnerships.actions.clauses import ClauseText
from tillit.apps.partnerships.actions.parties import SIGNABLE, Signing
from tillit.apps.partnerships.models import Agreement, AgreementParty
from tillit.apps.partnerships.models.words import AREA_WORDS
from tillit.apps.partnerships.queries.agreement import agreement_page
from tillit.apps.partnerships.queries.agreements import Loaded, clauses_of, loaded
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.parties.fields import Plain, Said
from tillit.web.partnerships import agreement_forms as forms
from tillit.web.partnerships.agreements import agreement_of, both
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.organs import by

Asked = dict[str, Any]


@signed_in
@both
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Draft an agreement: for the office."""
    here = enter(request, slug)
    asked, whole, made = by(here), loaded(here.partnership), list[Agreement]()
    first = {"openness": "parties", "valid_from": here.today}

    def act(said: dict[str, Any]) -> None:
        made.append(acts.draft_agreement(partnership=here.partnership, terms=_terms(here, whole, said), **asked))

    form = partial(forms.AgreementForm, levels=here.partnership.levels.all(), others=whole.rows.values(), initial=first)
    deeds = {"add": Deed(form, act, _("Utkastet är sparat. Lägg till parterna."))}
    to = reverse("partnerships:agreements", args=[slug])
    answered = answer(request, "partnerships/agreement_new.html", here.context, deeds, to=to)
    return redirect("partnerships:agreement_upkeep", slug=slug, key=made[0].pk) if made else answered


@signed_in
@both
def look_after(request: SignedInRequest, slug: str, key: UUID) -> HttpResponse:
    here = enter(request, slug)
    asked, whole = by(here), loaded(here.partnership)
    found = agreement_of(whole, key)
    rows = whole.parties.get(str(key), ())
    deeds = {
        **_way(found, asked),
        **_of_parties(here, found, rows, asked),
        **(_of_draft(here, whole, found, asked) if found.status in EDITABLE else {}),
        **_of_areas(whole, found, asked),
        **(_of_end(here, found, asked) if found.status in steps.RUNNING else {}),
    }
    page = agreement_page(whole, found, here.today, named=True)
    to = reverse("partnerships:agreement_upkeep", args=[slug, key])
    return answer(
        request, "partnerships/agreement_upkeep.html", {**here.context, "found": found, "page": page}, deeds, to=to
    )


def _way(found: Agreement, asked: Asked) -> dict[str, Deed]:
    """Return the steps that can be taken from where the agreement is."""
    ways: dict[str, tuple[Callable[..., Agreement], Said]] = {
        "consultation": (steps.send_out, _("Utkastet är på remiss.")),
        "draft": (steps.take_back, _("Avtalet är ett utkast igen.")),
        "being_signed": (steps.begin_signing, _("Avtalet är framlagt för underskrift.")),
        "in_force": (steps.put_in_force, _("Avtalet gäller från sin dag.")),
    }
    return {
        to: Deed(Plain, partial(_step, act, found, asked), told)
        for to, (act, told) in ways.items()
        if found.status in steps.WAYS[to]
    }


def _step(act: Callable[..., Agreement], found: Agreement, asked: Asked, _said: dict[str, Any]) -> Agreement:
    return act(agreement=found, **asked)


def _of_parties(here: Entered, found: Agreement, rows: tuple[AgreementParty, ...], asked: Asked) -> dict[str, Deed]:
    by_key = {str(each.pk): each for each in rows}
    unsigned = [
        (key, each.organisation.name) for key, each in by_key.items() if not (each.signed_on or each.withdrawn_on)
    ]
    there = [(key, each.organisation.name) for key, each in by_key.items() if each.withdrawn_on is None]
    deeds = {}
    if found.status != "ended":
        deeds["party"] = Deed(
            forms.PartyForm,
            lambda said: parties.add_party(agreement=found, **said, **asked),
            _("Parten är tillagd."),
        )
    if unsigned and found.status in SIGNABLE:
        deeds["sign"] = Deed(
            partial(forms.SigningForm, parties=unsigned, initial={"signed_on": here.today}),
            lambda said: parties.sign(party=by_key[said.pop("party")], signing=Signing(**said), **asked),
            _("Underskriften är antecknad."),
        )
    if there:
        deeds["withdraw"] = Deed(
            partial(forms.OnDayForm, label=_("Lämnar avtalet"), parties=there, initial={"on": here.today}),
            lambda said: parties.withdraw(party=by_key[said["party"]], on=said["on"], **asked),
            _("Det är antecknat att parten lämnar avtalet."),
        )
    signed = [
        (key, each.organisation.name) for key, each in by_key.items() if each.signed_on and not each.notice_given_on
    ]
    if signed and found.status in steps.RUNNING and found.term_mode != "fixed":
        deeds["party_notice"] = Deed(
            partial(forms.OnDayForm, label=_("Uppsagt"), parties=signed, initial={"on": here.today}),
            lambda said: steps.give_notice(agreement=found, party=by_key[said["party"]], on=said["on"], **asked),
            _("Uppsägningen är antecknad."),
        )
    return deeds


def _listed(rows: Iterable[AgreementParty]) -> list[tuple[str, str]]:
    return [(str(each.pk), each.organisation.name) for each in rows]


def _of_draft(here: Entered, whole: Loaded, found: Agreement, asked: Asked) -> dict[str, Deed]:
    others = [each for key, each in whole.rows.items() if key != str(found.pk)]
    names = (*forms.AgreementForm.base_fields, "level", "parent", "supersedes")
    first = {name: getattr(found, name) for name in names} | {"survives_parent": "yes" if found.survives_parent else ""}
    first |= {name: str(getattr(found, f"{name}_id") or "") for name in ("level", "parent", "supersedes")}
    written = clauses_of(found.pk)
    own = {str(each.pk): each for each in written if each.agreement_id == found.pk}
    amended = whole.rows.get(str(found.amends_id))
    others_say = clauses_of(amended.pk) if amended else []
    replaced = {str(each.pk): each for each in others_say if each.agreement_id != found.pk}
    deeds = {
        "change": Deed(
            partial(forms.AgreementForm, levels=here.partnership.levels.all(), others=others, initial=first),
            lambda said: acts.change_draft(agreement=found, terms=_terms(here, whole, said), **asked),
            _("Sparat."),
        ),
        "clause": Deed(
            partial(forms.ClauseForm, replaced=replaced.values()),
            lambda said: clauses.add_clause(
                agreement=found, said=_clause(said), replaces=replaced.get(said.get("replaces", "")), **asked
            ),
            _("Punkten är tillagd."),
        ),
    }
    if own:
        deeds["reword"] = Deed(
            partial(forms.ClauseForm, there=own.values()),
            lambda said: clauses.change_clause(clause=own[said["clause"]], said=_clause(said), **asked),
            _("Punkten är ändrad."),
        )
    return deeds


def _clause(said: dict[str, Any]) -> ClauseText:
    return ClauseText(said["number"], said["text"], said["area"])


def _of_areas(whole: Loaded, found: Agreement, asked: Asked) -> dict[str, Deed]:
    key = str(found.pk)
    clauses_by = whole.clauses.get(key, {})
    first = {**whole.facts[key].areas, **{f"{area}_clauses": refs for area, refs in clauses_by.items()}}

    def act(said: dict[str, Any]) -> Agreement:
        areas = {area: (said[area], said[f"{area}_clauses"]) for area in AREA_WORDS if said[area]}
        return acts.set_areas(agreement=found, areas=areas, **asked)

    return {"areas": Deed(partial(forms.AreasForm, initial=first), act, _("Sparat."))}


def _of_end(here: Entered, found: Agreement, asked: Asked) -> dict[str, Deed]:
    today = {"on": here.today}
    deeds = {
        "amend": Deed(
            partial(forms.SupplementForm, initial={"valid_from": here.today}),
            lambda said: acts.amend(agreement=found, **said, **asked),
            _("Tilläggsavtalet är ett utkast, med samma parter. Skriv dess punkter."),
        ),
        "end": Deed(
            partial(forms.OnDayForm, label=_("Upphör"), hint=_("Första dagen utan avtalet, som 2028-01-01.")),
            lambda said: steps.end_agreement(agreement=found, on=said["on"], **asked),
            _("Det är antecknat när avtalet upphör."),
        ),
    }
    if found.notice_given_on is None and found.term_mode != "fixed":
        deeds["notice"] = Deed(
            partial(forms.OnDayForm, label=_("Uppsagt"), initial=today),
            lambda said: steps.give_notice(agreement=found, on=said["on"], **asked),
            _("Uppsägningen är antecknad."),
        )
    return deeds


def _terms(here: Entered, whole: Loaded, said: dict[str, Any]) -> AgreementTerms:
    levels = {str(each.pk): each for each in here.partnership.levels.all()}
    return AgreementTerms(
        **{
            **said,
            "level": levels[said["level"]],
            "parent": whole.rows.get(said["parent"]),
            "supersedes": whole.rows.get(said["supersedes"]),
            "survives_parent": said["survives_parent"] == "yes",
        }
    )
