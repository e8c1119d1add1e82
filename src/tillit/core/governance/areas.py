"""The fixed codes of a partnership: six agreement areas, levels, tiers, kinds and roles. Words live in the interface.

Source: the report on agreement areas (R1, R4, R8, R10, R11). A code is stable for ever; what it is called is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Area:
    """One agreement area. `shown_with`: the area on whose slide it is shown, "" when it has its own."""

    code: str
    order: int
    shown_with: str = ""


REGULATION, ORGANISATION, REPRESENTATION = (
    "regulation_financing",
    "organisation_decisions",
    "representation_commitments",
)
FOLLOW_UP, GOALS, FULFILMENT = "follow_up", "goals", "follow_up_fulfilment"

AREAS = (
    Area(REGULATION, 1),
    Area(ORGANISATION, 2),
    Area(REPRESENTATION, 3),
    Area(FOLLOW_UP, 4, shown_with=FULFILMENT),
    Area(GOALS, 5),
    Area(FULFILMENT, 6),
)
"""Six are listed in the report and five have a slide: all six codes are kept, the fourth shown with the sixth."""
AREA_CODES = tuple(area.code for area in AREAS)

NATIONAL, NETWORK, RESEARCH_AREA, REGIONAL, PROJECT = "national", "network", "research_area", "regional", "project"
LEVEL_RANKS: Mapping[str, int] = MappingProxyType(
    {NATIONAL: 0, NETWORK: 1, RESEARCH_AREA: 2, REGIONAL: 3, PROJECT: 4},
)
"""What a new partnership starts from; a partnership may name levels of its own."""

DECIDING, OPERATIVE, ADVISORY = "deciding", "operative", "advisory"
NOMINATING, ASSEMBLY, AUDITING = "nominating", "assembly", "auditing"
TIERS = (DECIDING, OPERATIVE, ADVISORY, NOMINATING, ASSEMBLY, AUDITING)

MAIN_AGREEMENT, ACCESSION_AGREEMENT, SPECIAL_AGREEMENT = "main_agreement", "accession_agreement", "special_agreement"
COLLABORATION_AGREEMENT, LEVEL_AGREEMENT, AREA_AGREEMENT = (
    "collaboration_agreement",
    "level_agreement",
    "area_agreement",
)
PROJECT_AGREEMENT, CONSORTIUM_AGREEMENT, SUPPLEMENT = "project_agreement", "consortium_agreement", "supplement"
SUPPLEMENT, STATUTES, RULES_OF_PROCEDURE = "supplement", "statutes", "rules_of_procedure"
ARTICLES, GOVERNMENT_ASSIGNMENT = "articles_of_association", "government_assignment"
PROGRAMME_DECISION = "programme_decision"
AGREEMENT_TYPES = (
    MAIN_AGREEMENT,
    ACCESSION_AGREEMENT,
    SPECIAL_AGREEMENT,
    COLLABORATION_AGREEMENT,
    LEVEL_AGREEMENT,
    AREA_AGREEMENT,
    PROJECT_AGREEMENT,
    CONSORTIUM_AGREEMENT,
    SUPPLEMENT,
    STATUTES,
    RULES_OF_PROCEDURE,
    ARTICLES,
    GOVERNMENT_ASSIGNMENT,
    PROGRAMME_DECISION,
)
"""The last three are here because the root of the tree follows the legal form (I-1)."""

COMPANY, ASSOCIATION, BY_AGREEMENT = "limited_company", "association", "by_agreement"
AUTHORITY_FUNCTION, HOSTED_PROGRAMME, OTHER_FORM = "authority_function", "hosted_programme", "other"
ROOT_TYPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        COMPANY: (ARTICLES,),
        ASSOCIATION: (STATUTES,),
        BY_AGREEMENT: (MAIN_AGREEMENT, CONSORTIUM_AGREEMENT),
        AUTHORITY_FUNCTION: (GOVERNMENT_ASSIGNMENT,),
        HOSTED_PROGRAMME: (PROGRAMME_DECISION,),
        OTHER_FORM: (
            MAIN_AGREEMENT,
            CONSORTIUM_AGREEMENT,
            STATUTES,
            ARTICLES,
            GOVERNMENT_ASSIGNMENT,
            PROGRAMME_DECISION,
        ),
    }
)
"""Per legal form: the types that can be the one root. Which form takes which is our reading of I-1."""
LEGAL_FORMS = tuple(ROOT_TYPES)

PARTY_KINDS = (
    "region",
    "municipality",
    "university",
    "company",
    "trade_association",
    "authority",
    "patient_association",
    "institute",
    "association",
    "private_provider",
    "other",
)

MAIN_PARTY, ACCEDED, MEMBER, HOST_ORGANISATION = "main_party", "acceded", "member", "host_organisation"
FUNDER, OBSERVER, CO_OPTED = "funder", "observer", "co_opted"
ROLES = (MAIN_PARTY, ACCEDED, MEMBER, HOST_ORGANISATION, FUNDER, OBSERVER, CO_OPTED)
"""Reading: `vardorganisation` of the model is the host (värd), as in `program_hos_vard`, and not a provider of care."""

INITIATION, START_UP, OPERATION = "initiation", "start_up", "operation"
STAGES = (INITIATION, START_UP, OPERATION)
"""How far the partnership had come when a party joined, earliest first."""

COMMITMENT_KINDS = (
    "resource",
    "financing",
    "delivery",
    "participation",
    "reporting",
    "dissemination",
    "data",
    "policy",
)

DECIDES, PREPARES, ADVISES = "decides", "prepares", "advises"
CARRIES_OUT, IS_INFORMED, NO_AUTHORITY = "carries_out", "is_informed", "no_authority"
RIGHTS = (DECIDES, PREPARES, ADVISES, CARRIES_OUT, IS_INFORMED, NO_AUTHORITY)


def slides() -> tuple[tuple[str, ...], ...]:
    """Return the area codes as they are shown: one group per slide, in the order of the slides' own areas."""
    own = [area for area in AREAS if not area.shown_with]
    return tuple((*(each.code for each in AREAS if each.shown_with == area.code), area.code) for area in own)
