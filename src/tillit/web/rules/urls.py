from django.urls import path

from tillit.web.rules import views

app_name = "rules"

urlpatterns = [
    path("regler/", views.rules, name="rules"),
    path("regler/orter/", views.places, name="places"),
    path("regler/<str:rule_id>/", views.rule, name="rule"),
]
