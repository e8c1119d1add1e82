"""The Swedish words of the fixed codes of a partnership; the codes themselves are the core's."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

OPENNESS = {"public": _("öppen för alla"), "parties": _("för parterna"), "organ": _("bara för organet")}
LEGAL_FORM_WORDS = {
    "limited_company": _("aktiebolag"),
    "association": _("ideell förening"),
    "by_agreement": _("avtalssamverkan"),
    "authority_function": _("myndighetsfunktion"),
    "hosted_programme": _("program hos en värd"),
    "other": _("annan form"),
}
BASES = {
    "law": _("lag"),
    "government_assignment": _("regeringsuppdrag"),
    "programme": _("program"),
    "agreement": _("avtal"),
}
STATUS_WORDS = {"preparing": _("förbereds"), "running": _("pågår"), "ended": _("avslutat")}
LEVEL_WORDS = {
    "national": _("nationell"),
    "network": _("nätverk"),
    "research_area": _("forskningsområde"),
    "regional": _("region och lokalt"),
    "project": _("projekt"),
}
AREA_WORDS = {
    "regulation_financing": _("Reglering och finansiering"),
    "organisation_decisions": _("Organisation och beslutsordning"),
    "representation_commitments": _("Representation och åtaganden"),
    "follow_up": _("Uppföljning"),
    "goals": _("Mål"),
    "follow_up_fulfilment": _("Uppföljning och måluppfyllnad"),
}
TIER_WORDS = {
    "deciding": _("beslutande"),
    "operative": _("operativ och beredande"),
    "advisory": _("rådgivande"),
    "nominating": _("valberedning"),
    "assembly": _("stämma"),
    "auditing": _("revision"),
}
AGREEMENT_TYPE_WORDS = {
    "main_agreement": _("huvudöverenskommelse"),
    "accession_agreement": _("anslutningsavtal"),
    "special_agreement": _("särskild överenskommelse"),
    "collaboration_agreement": _("samarbetsavtal"),
    "level_agreement": _("nivåavtal"),
    "area_agreement": _("områdesavtal"),
    "project_agreement": _("projektavtal"),
    "consortium_agreement": _("konsortialavtal"),
    "supplement": _("tilläggsavtal"),
    "statutes": _("stadgar"),
    "rules_of_procedure": _("arbetsordning"),
    "articles_of_association": _("bolagsordning"),
    "government_assignment": _("regeringsuppdrag"),
    "programme_decision": _("programbeslut"),
}
AGREEMENT_STATUS_WORDS = {
    "draft": _("utkast"),
    "consultation": _("på remiss"),
    "being_signed": _("under signering"),
    "in_force": pgettext_lazy("avtal", "gäller"),
    "notice_given": _("uppsagt"),
    "ended": _("upphört"),
}
TERM_WORDS = {
    "fixed": _("bestämd tid"),
    "auto_renew": _("förlängs av sig självt"),
    "until_further_notice": _("tills vidare"),
}
COVERAGE_WORDS = {
    "none_stated": _("sägs inget"),
    "reference": _("hänvisar"),
    "partial": _("delvis"),
    "full": _("helt"),
}
METHODS = {"pades": _("PAdES"), "e_sign": _("signeringstjänst"), "ink": _("penna")}
ROLE_WORDS = {
    "main_party": _("huvudpart"),
    "acceded": _("ansluten"),
    "member": _("medlem"),
    "host_organisation": _("värdorganisation"),
    "funder": _("finansiär"),
    "observer": _("observatör"),
    "co_opted": _("adjungerad"),
}
STAGE_WORDS = {"initiation": _("initiering"), "start_up": _("uppstart"), "operation": _("drift")}
RIGHT_WORDS = {
    "decides": _("beslutar"),
    "prepares": _("bereder"),
    "advises": _("ger råd"),
    "carries_out": _("verkställer"),
    "is_informed": _("informeras"),
    "no_authority": _("ingen bestämmanderätt"),
}
APPOINTMENT_ROLES = {
    "chair": _("ordförande"),
    "vice_chair": _("vice ordförande"),
    "member": _("ledamot"),
    "substitute": _("suppleant"),
}
NOMINATION_STATES = {
    "proposed": _("föreslagen"),
    "elected": _("vald"),
    "not_elected": _("inte vald"),
    "withdrawn": _("tillbakadragen"),
}
NORM_DIMENSIONS = {
    "sector": _("sektor"),
    "region": _("region"),
    "health_care_region": _("samverkansregion"),
    "size": _("storlek"),
}
NORM_KINDS = {"equal": _("lika"), "share": _("andel"), "min": _("minst"), "max": _("högst")}
COMMITMENT_KIND_WORDS = {
    "resource": _("resurs"),
    "financing": _("finansiering"),
    "delivery": _("leverans"),
    "participation": _("deltagande"),
    "reporting": _("rapportering"),
    "dissemination": _("spridning"),
    "data": _("data"),
    "policy": _("policy"),
}
VERDICTS = {
    "claimed": _("redovisat, inte granskat"),
    "met": _("uppfyllt"),
    "partial": _("delvis uppfyllt"),
    "not_met": _("inte uppfyllt"),
    "waived": _("efterskänkt"),
}
STEWARD_ROLES = {"office": _("kansli"), "evaluator": _("utvärderare")}
LEGAL_BASES = {
    "companies_act": _("aktiebolagslagen"),
    "administrative_law": _("förvaltningslagen"),
    "local_government_act": _("kommunallagen"),
    "statutes": _("stadgar"),
    "agreement": _("avtal"),
}
QUORUM_RULES = {
    "more_than_half": _("fler än hälften"),
    "at_least_half": _("minst hälften"),
    "two_thirds": _("minst två tredjedelar"),
    "chair_and_half": _("ordföranden (eller vice) och minst hälften av de övriga"),
    "not_stated": _("inte sagt"),
}
MAJORITY_RULES = {
    "simple": _("enkel majoritet"),
    "absolute": _("mer än hälften av de närvarande"),
    "two_thirds_cast": _("två tredjedelar av avgivna röster"),
    "consensus": _("samstämmighet"),
    "not_stated": _("inte sagt"),
}
