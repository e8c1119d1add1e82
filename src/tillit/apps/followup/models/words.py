"""The Swedish words of the fixed codes of follow-up; the codes themselves are the core's."""

from django.utils.translation import gettext_lazy as _

PLAN_STATUS = {"draft": _("utkast"), "adopted": _("fastställd"), "replaced": _("ersatt")}
STRATEGIC_PLAN_STATUS = {**PLAN_STATUS, "closed": _("avslutad")}
GOAL_KINDS = {
    "effect": _("effektmål"),
    "result": _("resultatmål"),
    "output": _("prestationsmål"),
    "organ": _("organets eget mål"),
}
GOAL_STATUS = {"draft": _("utkast"), "active": _("gäller"), "closed": _("avslutat")}
STANCES = {"supports": _("stödjer"), "abstains": _("avstår"), "opposes": _("är emot")}
NODE_KINDS = {
    "resource": _("resurs"),
    "activity": _("aktivitet"),
    "output": _("prestation"),
    "short_effect": _("effekt på kort sikt"),
    "medium_effect": _("effekt på medellång sikt"),
    "long_effect": _("effekt på lång sikt"),
    "benefit": _("samhällsnytta"),
}
EDGE_EVIDENCE = {
    "untested": _("oprövat"),
    "supported": _("stöd finns"),
    "mixed": _("blandat stöd"),
    "weak": _("svagt stöd"),
}
CONTRIBUTIONS = {"necessary": _("nödvändig"), "contributing": _("bidragande")}
ASSUMPTION_KINDS = {
    "assumption": _("antagande"),
    "external_factor": _("yttre faktor"),
    "risk": _("risk"),
}
ASSUMPTION_VERDICTS = {"holds": _("håller"), "uncertain": _("osäkert"), "fails": _("håller inte")}
INDICATOR_KINDS = {"quantitative": _("kvantitativ"), "qualitative": _("kvalitativ")}
DIRECTIONS = {
    "up": _("högre är bättre"),
    "down": _("lägre är bättre"),
    "range": _("inom ett spann"),
    "neutral": _("följs utan mål"),
}
AGGREGATIONS = {
    "sum": _("summa"),
    "mean": _("medelvärde, vägt med antal"),
    "ratio": _("andel, täljare genom nämnare"),
    "last": _("det senaste"),
    "none": _("läggs inte ihop"),
}
FREQUENCIES = {
    "month": _("månad"),
    "quarter": _("kvartal"),
    "tertial": _("tertial"),
    "half_year": _("halvår"),
    "year": _("år"),
}
INTERPOLATIONS = {"linear": _("rak väg"), "step": _("i steg"), "geometric": _("med jämn procentuell takt")}
OBSERVATION_STATUS = {
    "draft": _("utkast"),
    "submitted": _("inskickat"),
    "returned": _("återlämnat"),
    "approved": _("godkänt"),
    "locked": _("låst"),
}
SURVEY_STATUS = {"draft": _("utkast"), "open": _("öppen"), "closed": _("stängd")}
TRIAL_PHASES = {
    "I": _("fas I"),
    "I/II": _("fas I/II"),
    "II": _("fas II"),
    "II/III": _("fas II/III"),
    "III": _("fas III"),
    "IV": _("fas IV"),
    "device": _("medicinteknisk prövning"),
}
TRIAL_STATES = {
    "planned": _("planerad"),
    "applied": _("ansökt"),
    "approved": _("godkänd"),
    "started": _("startad"),
    "first_patient": _("första patienten med"),
    "closed": _("avslutad"),
    "withdrawn": _("återkallad"),
}
QUALITIES = {
    "official": _("offentligt register"),
    "reported": _("uppgift från sponsorn"),
    "own_count": _("egen räkning"),
    "estimate": _("uppskattning"),
}
SEVERITIES = {"red": _("röd"), "yellow": _("gul"), "info": _("till kännedom")}
CHANGE_DIRECTIONS = {
    "worsening": _("försämring"),
    "improvement": _("förbättring"),
    "neutral": _("varken bättre eller sämre"),
    "data_quality": _("datakvalitet"),
}
DEVIATION_STATUS = {
    "new": _("ny"),
    "acknowledged": _("kvitterad"),
    "explained": _("förklarad"),
    "action": _("åtgärd pågår"),
    "monitored": _("följs"),
    "closed": _("stängd"),
    "dismissed": _("avvisad"),
}
