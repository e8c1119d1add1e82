from django.urls import path

from tillit.web.parties import absences, people, procurements, upkeep, views

app_name = "parties"

urlpatterns = [
    path("organisationer/", views.organisations, name="organisations"),
    path("organisationer/ny/", upkeep.new, name="new"),
    path("organisationer/<uuid:key>/", views.organisation, name="organisation"),
    path("organisationer/<uuid:key>/uppgifter/", upkeep.change, name="change"),
    path("organisationer/<uuid:key>/band/", upkeep.ties_of, name="ties"),
    path("organisationer/<uuid:key>/enheter/ny/", upkeep.new_unit, name="new_unit"),
    path("organisationer/<uuid:key>/enheter/<uuid:unit_key>/", upkeep.unit, name="unit"),
    path("organisationer/<uuid:key>/personer/", people.people, name="people"),
    path("organisationer/<uuid:key>/personer/<uuid:person_key>/", people.person, name="person"),
    path("organisationer/<uuid:key>/upphandlingar/", procurements.procurements, name="procurements"),
    path("organisationer/<uuid:key>/upphandlingar/<int:number>/", procurements.procurement, name="procurement"),
    path("organisationer/<uuid:key>/logg/", views.ledger, name="ledger"),
    path("franvaro/", absences.absences, name="absences"),
]
