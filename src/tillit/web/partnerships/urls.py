from django.urls import path

from tillit.web.partnerships import founding, views

app_name = "partnerships"

urlpatterns = [
    path("partnerskap/", views.partnerships, name="partnerships"),
    path("partnerskap/ny/", founding.new, name="new"),
    path("partnerskap/<slug:slug>/", views.show, name="show"),
]
