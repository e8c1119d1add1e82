"""The shapes of what is typed about plans and goals; what may be said is the acts' to try."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import CharField, Value
from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.followup.models import Goal, StrategicPlan
from tillit.apps.followup.models.words import GOAL_KINDS, STANCES
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import CURRENT, Level, Membership, Organ, Partnership
from tillit.apps.partnerships.models.words import OPENNESS, TIER_WORDS
from tillit.web.parties.fields import Plain, choice, day, text
from tillit.web.partnerships.commitment_forms import long
from tillit.web.partnerships.told import level_word

Named = Iterable[tuple[str, str]]
PLAIN = ("text", "kind", "tier", "problem", "target_group", "owner_role", "starts_on", "ends_on", "openness", "source")


def owners_of(partnership: Partnership) -> Mapping[str, list[tuple[str, str]]]:
    """Return who can own a goal, parties and organs, by name. One query."""
    parties = Membership.objects.filter(CURRENT, partnership=partnership).order_by()
    found = parties.values_list("organisation_id", "organisation__name", Value("party", CharField())).union(
        Organ.objects.filter(partnership=partnership).order_by().values_list("pk", "name", Value("organ", CharField()))
    )
    rows = sorted((name, str(key), sort) for key, name, sort in found)
    return {sort: [(key, name) for name, key, of in rows if of == sort] for sort in ("party", "organ")}


class GoalForm(Plain):
    """What a goal is, who owns it, and when it holds. What the act needs as a row is chosen by its key."""

    def __init__(self, *args: Any, plan: StrategicPlan, goal: Goal | None, around: "Around", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._around = around
        above = [(str(each.pk), each.text[:80]) for each in around.goals if goal is None or each.pk != goal.pk]
        self.fields.update(_what(plan))
        self.fields.update(_owner(around.owners))
        self.fields["level"] = choice(
            _("Nivå"),
            [(key, level_word(level)) for key, level in around.levels.items()],
            needed=False,
            none=_("Organets, annars planens"),
        )
        self.fields["tier"] = choice(_("Skikt"), TIER_WORDS.items(), needed=False, none=_("Organets, annars inte sagt"))
        self.fields["parent"] = choice(_("Hör under målet"), above, needed=False, none=_("Inget"))
        self.fields.update(_when(plan))

    def facts(self) -> dict[str, Any]:
        """Return what is said as the act takes it. Two queries at most: who owns it."""
        said = {name: self.cleaned_data[name] for name in PLAIN if name in self.cleaned_data}
        keys = {name: self.cleaned_data.get(name) for name in ("owner_party", "owner_organ", "parent", "level")}
        return {
            **said,
            "owner_party": Organisation.objects.filter(pk=keys["owner_party"]).first() if keys["owner_party"] else None,
            "owner_organ": _organ(keys["owner_organ"]),
            "parent": next((each for each in self._around.goals if str(each.pk) == keys["parent"]), None),
            "level": self._around.levels.get(str(keys["level"] or "")),
        }


class Around:
    """What a goal is chosen among: levels by key, the goals of its plan, and who can own it. Three queries."""

    def __init__(self, partnership: Partnership, goals: Iterable[Goal]) -> None:
        self.goals = list(goals)
        self.levels: dict[str, Level] = {str(each.pk): each for each in partnership.levels.all()}
        self.owners = owners_of(partnership)

    def name(self, sort: str, key: str | None) -> str:
        """Return what a party or an organ is called, "" for none."""
        return next((name for each, name in self.owners[sort] if each == key), "")


def _organ(key: str | None) -> Organ | None:
    return Organ.objects.select_related("level").filter(pk=UUID(key)).first() if key else None


def _what(plan: StrategicPlan) -> dict[str, forms.Field]:
    own = _("Målet är gruppens eget: vad den själv ska åstadkomma, utöver hur ofta den möts.")
    return {
        "text": long(_("Vad ska nås?"), needed=True, hint=_("Så att det går att se om det är nått eller inte.")),
        "kind": choice(
            _("Slag av mål"), GOAL_KINDS.items(), none=_("Välj"), hint=own if plan.organ_id is not None else ""
        ),
        "problem": long(_("Vilket problem löser det?")),
        "target_group": text(_("För vem?"), needed=False),
    }


def _owner(owners: Mapping[str, Named]) -> dict[str, forms.Field]:
    return {
        "owner_party": choice(_("Ansvarig part"), owners["party"], needed=False, none=_("Inte sagt")),
        "owner_organ": choice(_("Ansvarigt organ"), owners["organ"], needed=False, none=_("Inte sagt")),
        "owner_role": text(
            _("Ansvarig roll"), most=120, needed=False, hint=_("En roll, inte ett namn: prövningschef, kanslichef.")
        ),
    }


def _when(plan: StrategicPlan) -> dict[str, forms.Field]:
    return {
        "starts_on": day(_("Gäller från")),
        "ends_on": day(
            _("Första dagen som det inte gäller"), needed=False, hint=_("Tomt: tills vidare. Skriv som 2026-02-01.")
        ),
        "openness": choice(_("Vem får se det?"), OPENNESS.items(), none=_("Välj")),
        "source": text(_("Källa"), most=300, needed=False, hint=_("Dokument, punkt eller adress där det står.")),
    }


def initial_of(goal: Goal) -> dict[str, Any]:
    """Return a goal as its form is filled in."""
    keys = {name: getattr(goal, f"{name}_id") or "" for name in ("owner_party", "owner_organ", "parent", "level")}
    return {**{name: getattr(goal, name) for name in PLAIN}, **keys}


class StanceForm(Plain):
    """What a party says of a goal."""

    stance = choice(gettext_lazy("Hur ställer ni er?"), STANCES.items(), none=gettext_lazy("Välj"))
    note = text(
        gettext_lazy("Varför?"), most=300, needed=False, hint=gettext_lazy("Frivilligt. Parterna ser det, inte andra.")
    )


class ClosingForm(Plain):
    """From when something no longer holds, and why."""

    on = day(gettext_lazy("Första dagen som det inte gäller"))
    reason = text(gettext_lazy("Varför?"), most=300)


class PlanForm(Plain):
    """What is said of a plan."""

    title = text(gettext_lazy("Vad heter planen?"))

    def __init__(self, *args: Any, levels: Iterable[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"] = choice(_("Nivå"), [(str(each.pk), level_word(each)) for each in levels], none=_("Välj"))
        self.fields["starts_on"] = day(_("Gäller från"))
        self.fields["ends_on"] = day(_("Första dagen som den inte gäller"))
        self.fields["openness"] = choice(_("Vem får se den?"), OPENNESS.items(), none=_("Välj"))
        self.fields["source"] = text(_("Källa"), most=300, needed=False)


class BeginForm(PlanForm):
    """Whose plan is begun, "" for the whole partnership's where it has none."""

    def __init__(self, *args: Any, organs: Named, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = choice(_("Vems plan?"), organs, needed=not whole, none=_("Hela partnerskapets") if whole else _("Välj"))
        self.fields = {"organ": field, **self.fields}


class AdoptForm(Plain):
    """Who decided a plan, when, and where it stands."""

    def __init__(self, *args: Any, organs: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"] = choice(_("Vilket organ beslutade?"), organs, none=_("Välj"))
        self.fields["on"] = day(_("Vilken dag?"))
        self.fields["text"] = text(_("Var står beslutet?"), most=200, hint=_("Till exempel protokoll 3, § 4."))
