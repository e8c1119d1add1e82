"""The office of a partnership: what is said of it as a whole, where it stands, who runs it, its lists of words."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.apps.partnerships.actions import frame as acts
from tillit.apps.partnerships.actions.frame import MOVES, Frame
from tillit.apps.partnerships.models import Steward
from tillit.apps.partnerships.models.words import STATUS_WORDS, STEWARD_ROLES
from tillit.apps.partnerships.queries.agreement_words import level_name
from tillit.web.accounts.acting import SignedInRequest, signed_in
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships import member_forms as forms
from tillit.web.partnerships.agreements import both
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.forms import FrameForm
from tillit.web.partnerships.organs import by

Asked = dict[str, Any]


@signed_in
@both
def office(request: SignedInRequest, slug: str) -> HttpResponse:
    here = enter(request, slug)
    asked = by(here)
    found = here.partnership
    stewards = list(found.stewards.filter(until=None).select_related("person").order_by("role", "person__name"))
    context = {
        **here.context,
        "status": STATUS_WORDS[found.status],
        "stewards": [(each.person.name, STEWARD_ROLES[each.role], each.since) for each in stewards],
        "aliases": [each.name for each in found.aliases.all()],
        "levels": [level_name(each) for each in found.levels.all()],
        "sectors": [each.name for each in found.sectors.all()],
        "subjects": [each.name for each in found.subjects.all()],
    }
    deeds = {**_of_frame(here, asked), **_of_stewards(here, stewards, asked), **_of_words(here, asked)}
    return answer(request, "partnerships/office.html", context, deeds, to=reverse("partnerships:office", args=[slug]))


def _of_frame(here: Entered, asked: Asked) -> dict[str, Deed]:
    found = here.partnership
    first = {name: getattr(found, name) for name in FrameForm.base_fields} | {
        "host": found.host.name if found.host else ""
    }
    deeds = {
        "change": Deed(
            partial(FrameForm, initial=first),
            lambda said: acts.change_partnership(
                partnership=found, frame=Frame(**said, ends_on=found.ends_on), **asked
            ),
            _("Sparat."),
        )
    }
    if MOVES[found.status]:
        deeds["move"] = Deed(
            partial(forms.MoveForm, to=MOVES[found.status]),
            lambda said: acts.move_partnership(partnership=found, status=said["status"], **asked),
            _("Partnerskapets läge är ändrat."),
        )
    return deeds


def _of_stewards(here: Entered, stewards: list[Steward], asked: Asked) -> dict[str, Deed]:
    who = {"by": asked["by"], "at": asked["at"]}
    by_key = {str(each.pk): each for each in stewards}
    listed = [(key, f"{each.person.name}, {STEWARD_ROLES[each.role]}") for key, each in by_key.items()]
    return {
        "steward": Deed(
            forms.StewardForm,
            lambda said: acts.name_steward(partnership=here.partnership, **said, **who),
            _("Personen är utsedd från i dag."),
        ),
        "end_steward": Deed(
            partial(forms.ChosenForm, label=_("Vem slutar?"), listed=listed),
            lambda said: acts.end_steward(steward=by_key[said["chosen"]], **who),
            _("Uppdraget är avslutat."),
        ),
    }


def _of_words(here: Entered, asked: Asked) -> dict[str, Deed]:
    more = {"partnership": here.partnership, "by": asked["by"], "at": asked["at"]}
    return {
        "alias": Deed(forms.NameForm, lambda said: acts.name_also(**said, **more), _("Namnet är tillagt.")),
        "sector": Deed(forms.CodedForm, lambda said: acts.add_sector(**said, **more), _("Sektorn är tillagd.")),
        "level": Deed(
            partial(forms.CodedForm, ranked=True),
            lambda said: acts.add_level(**said, **more),
            _("Nivån är tillagd."),
        ),
        "subject": Deed(forms.CodedForm, lambda said: acts.add_subject(**said, **more), _("Frågan är tillagd.")),
    }
