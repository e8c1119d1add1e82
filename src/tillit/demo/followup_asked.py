"""Made-up trials of the example, a survey that has closed, and one that is open."""

from datetime import timedelta

from tillit.apps.followup.actions.surveys import (
    SEATED,
    Asked,
    SurveyFacts,
    answer_survey,
    ask,
    close_survey,
    invite,
    open_survey,
    token_of,
    write_survey,
)
from tillit.apps.followup.actions.trials import (
    Reached,
    Recruited,
    TrialFacts,
    add_trial,
    place_site,
    state_state,
)
from tillit.apps.followup.models import Indicator, Survey
from tillit.apps.parties.conditions import day_of
from tillit.demo.followup import Following, moment
from tillit.demo.partnership import MADE_UP

QUESTIONS = (
    "Vi får veta i tid när något ändras.",
    "Vi kan säga vad vi tycker utan att det kostar oss något.",
)
ANSWERS = ((3, 3), (2, 3), (3, 4), (2, 2), (1, 3), (3, None), (2, 3))
TRIALS = (
    ("Påhittad studie om hjärtsvikt", "III", "hjärta", 0, (500, 450, 400, 380, None), 60, 48),
    ("Påhittad studie om förmaksflimmer", "II", "hjärta", 0, (300, 240, None, None, None), 40, None),
    ("Påhittad studie om lungcancer", "III", "cancer", 1, (420, 360, None, 290, None), 80, 31),
    ("Påhittad studie om barn och astma", "II", "barn", 2, (640, 600, 560, 540, 60), 24, 24),
)
STATES = ("applied", "approved", "started", "first_patient", "closed")


def ask_and_list(following: Following) -> None:
    """Write down trials with their states, and ask those who sit in the organs about trust, twice."""
    _trials(following)
    answered = _survey(following, "Tillit mellan parterna, förra halvåret (påhittad)", opened=200)
    for invitation, levels in zip(answered.invitations.order_by("pk"), ANSWERS, strict=False):
        given = dict(enumerate(levels, 1))
        today = answered.opens_on + timedelta(days=3)
        answer_survey(token=token_of(invitation), levels=given, today=today)
    example = following.example
    closed = moment(example, answered.closes_on)
    close_survey(survey=answered, by=example.world.contact, at=closed)
    _survey(following, "Tillit mellan parterna, det här halvåret (påhittad)", opened=4)


def _survey(following: Following, title: str, *, opened: int) -> Survey:
    """Return a survey that opened so many days ago and closes four weeks later."""
    example = following.example
    opens = day_of(example.now) - timedelta(days=opened)
    at = moment(example, opens)
    facts = SurveyFacts(
        title=title,
        opens_on=opens,
        closes_on=opens + timedelta(days=28),
        purpose="Svaren blir underlag för indikatorn om tillit.",
        indicator=Indicator.objects.get(partnership=example.partnership, library="trust_between_parties"),
    )
    by = example.world.contact
    survey = write_survey(partnership=example.partnership, facts=facts, by=by, at=at)
    for text in QUESTIONS:
        ask(survey=survey, asked=Asked(text, "Stämmer inte alls", "Stämmer helt"), by=by, at=at)
    invite(survey=survey, whom=SEATED, by=by, at=at)
    return open_survey(survey=survey, by=by, at=at)


def _trials(following: Following) -> None:
    example = following.example
    by, today = example.world.contact, day_of(example.now)
    for title, phase, area, network, days, planned, recruited in TRIALS:
        facts = TrialFacts(
            title=title,
            phase=phase,
            area=area,
            network=following.networks[network],
            sponsor=example.parties["company"],
            openness="public",
            source=MADE_UP,
        )
        trial = add_trial(partnership=example.partnership, facts=facts, by=by, at=example.began)
        for state, ago in zip(STATES, days, strict=True):
            if ago is not None:
                on = today - timedelta(days=ago)
                reached = Reached(state, on, MADE_UP, "reported")
                state_state(trial=trial, reached=reached, by=by, at=moment(example, on))
        sited = Recruited(planned, recruited, today if recruited is not None else None)
        place_site(trial=trial, organisation=example.parties["care"], recruited=sited, by=by, at=example.now)
