"""A partnership: its frame, its agreements and parties, its organs and seats, its commitments."""

from tillit.apps.partnerships.models.agreements import (
    CURRENT,
    Agreement,
    AgreementArea,
    AgreementParty,
    Clause,
    Membership,
)
from tillit.apps.partnerships.models.commitments import Commitment, CommitmentEvent, Evidence
from tillit.apps.partnerships.models.frame import (
    Level,
    Partnership,
    PartnershipAlias,
    Recorded,
    Sector,
    Steward,
    Subject,
)
from tillit.apps.partnerships.models.organs import (
    Affiliation,
    Appointment,
    MandateItem,
    Nomination,
    Organ,
    RepresentationLink,
    RepresentationNorm,
    Seat,
)

__all__ = [
    "CURRENT",
    "Affiliation",
    "Agreement",
    "AgreementArea",
    "AgreementParty",
    "Appointment",
    "Clause",
    "Commitment",
    "CommitmentEvent",
    "Evidence",
    "Level",
    "MandateItem",
    "Membership",
    "Nomination",
    "Organ",
    "Partnership",
    "PartnershipAlias",
    "Recorded",
    "RepresentationLink",
    "RepresentationNorm",
    "Seat",
    "Sector",
    "Steward",
    "Subject",
]
