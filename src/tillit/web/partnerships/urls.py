from django.urls import path

from tillit.web.partnerships import actor, founding, views

app_name = "partnerships"

urlpatterns = [
    path("partnerskap/", views.partnerships, name="partnerships"),
    path("partnerskap/ny/", founding.new, name="new"),
    path("partnerskap/<slug:slug>/", views.show, name="show"),
    path("partnerskap/<slug:slug>/bli-aktor/", actor.prospect, name="prospect"),
    path("partnerskap/<slug:slug>/bli-aktor.pdf", actor.prospect_pdf, name="prospect_pdf"),
    path("partnerskap/<slug:slug>/aktor/<uuid:key>/", actor.actor, name="actor"),
    path("partnerskap/<slug:slug>/aktor/<uuid:key>.pdf", actor.actor_pdf, name="actor_pdf"),
]
