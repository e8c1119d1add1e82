from django.urls import path

from tillit.web.partnerships import (
    actor,
    agreement_upkeep,
    agreements,
    commitments,
    compared,
    founding,
    matrix,
    members,
    office,
    organ_upkeep,
    organs,
    representation,
    views,
)

app_name = "partnerships"

urlpatterns = [
    path("partnerskap/", views.partnerships, name="partnerships"),
    path("partnerskap/ny/", founding.new, name="new"),
    path("partnerskap/modeller/", compared.models, name="models"),
    path("partnerskap/jamforelse/", compared.references, name="references"),
    path("partnerskap/<slug:slug>/", views.show, name="show"),
    path("partnerskap/<slug:slug>/bli-aktor/", actor.prospect, name="prospect"),
    path("partnerskap/<slug:slug>/bli-aktor.pdf", actor.prospect_pdf, name="prospect_pdf"),
    path("partnerskap/<slug:slug>/aktor/<uuid:key>/", actor.actor, name="actor"),
    path("partnerskap/<slug:slug>/aktor/<uuid:key>.pdf", actor.actor_pdf, name="actor_pdf"),
    path("partnerskap/<slug:slug>/organ/", organs.organs, name="organs"),
    path("partnerskap/<slug:slug>/organ/nytt/", organs.new, name="organ_new"),
    path("partnerskap/<slug:slug>/organ/<uuid:key>/", organs.organ, name="organ"),
    path("partnerskap/<slug:slug>/organ/<uuid:key>/skota/", organ_upkeep.look_after, name="organ_upkeep"),
    path("partnerskap/<slug:slug>/organ/<uuid:key>/platser/", organ_upkeep.seating, name="seating"),
    path("partnerskap/<slug:slug>/mandat/", organs.mandates, name="mandates"),
    path("partnerskap/<slug:slug>/representation/<uuid:key>/", representation.representation, name="representation"),
    path(
        "partnerskap/<slug:slug>/representation/<uuid:key>/skota/",
        representation.upkeep,
        name="representation_upkeep",
    ),
    path("partnerskap/<slug:slug>/ataganden/", commitments.commitments, name="commitments"),
    path("partnerskap/<slug:slug>/ataganden.ics", commitments.calendar, name="commitments_ics"),
    path("partnerskap/<slug:slug>/ataganden/nytt/", commitments.new_commitment, name="commitment_new"),
    path("partnerskap/<slug:slug>/ataganden/<uuid:key>/", commitments.commitment, name="commitment"),
    path("partnerskap/<slug:slug>/ataganden/<uuid:key>/andra/", commitments.change, name="commitment_change"),
    path(
        "partnerskap/<slug:slug>/ataganden/<uuid:key>/underlag/<uuid:version>/",
        commitments.evidence_file,
        name="commitment_file",
    ),
    path("partnerskap/<slug:slug>/avtal/", agreements.agreements, name="agreements"),
    path("partnerskap/<slug:slug>/avtal/nytt/", agreement_upkeep.new, name="agreement_new"),
    path("partnerskap/<slug:slug>/avtal/<uuid:key>/", agreements.agreement, name="agreement"),
    path("partnerskap/<slug:slug>/avtal/<uuid:key>/skota/", agreement_upkeep.look_after, name="agreement_upkeep"),
    path("partnerskap/<slug:slug>/avtal/<uuid:key>/underskrift/", agreements.signing, name="signing"),
    path("partnerskap/<slug:slug>/avtal/<uuid:key>/fil/", agreements.put_file, name="agreement_file"),
    path(
        "partnerskap/<slug:slug>/avtal/<uuid:key>/fil/<uuid:version>/", agreements.download, name="agreement_download"
    ),
    path("partnerskap/<slug:slug>/tackning/", matrix.covered, name="coverage"),
    path("partnerskap/<slug:slug>/fornyelse/", matrix.renewals, name="renewals"),
    path("partnerskap/<slug:slug>/fornyelse.ics", matrix.calendar, name="renewals_calendar"),
    path("partnerskap/<slug:slug>/parter/", members.parties, name="parties"),
    path("partnerskap/<slug:slug>/parter/skota/", members.look_after, name="parties_upkeep"),
    path("partnerskap/<slug:slug>/kansli/", office.office, name="office"),
]
