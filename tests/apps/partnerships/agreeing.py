"""Agreements made through the acts, for the tests of what becomes of them."""

from tests.partnering import NOW, START
from tillit.apps.partnerships.actions import agreement_steps as steps, agreements as acts, parties
from tillit.apps.partnerships.actions.agreements import AgreementTerms
from tillit.apps.partnerships.actions.parties import Signing


def terms(ground, **said):
    return AgreementTerms(
        **{
            "type": "main_agreement",
            "title": "Huvudöverenskommelse",
            "level": ground.levels["national"],
            "valid_from": START,
            "term_mode": "until_further_notice",
            **said,
        }
    )


def drafted(ground, *organisations, at=NOW, **said):
    made = acts.draft_agreement(partnership=ground.partnership, terms=terms(ground, **said), by=ground.founder, at=at)
    for each in organisations:
        parties.add_party(agreement=made, organisation=each, by=ground.founder, at=at)
    return made


def before_parties(ground, *organisations, **said):
    """Return an agreement that waits for its parties to sign."""
    made = drafted(ground, *organisations, **said)
    return steps.begin_signing(agreement=made, by=ground.founder, at=NOW)


def row_of(agreement, organisation):
    return agreement.parties.get(organisation=organisation, superseded_at=None)


def sign(ground, agreement, organisation, on=START, at=NOW, **said):
    signing = Signing("Vera Ek", "Delegationsbeslut 12", on, **said)
    return parties.sign(party=row_of(agreement, organisation), signing=signing, by=ground.founder, at=at)


def in_force(ground, *organisations, on=START, **said):
    """Return an agreement in force that all its parties have signed on a day."""
    made = before_parties(ground, *organisations, **said)
    for each in organisations:
        sign(ground, made, each, on)
    return steps.put_in_force(agreement=made, by=ground.founder, at=NOW)
