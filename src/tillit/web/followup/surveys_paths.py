"""Addresses of follow-up: surveys."""

from django.urls import URLPattern, path

from tillit.web.followup import surveys

paths: list[URLPattern] = [
    path("partnerskap/<slug:slug>/uppfoljning/enkater/", surveys.surveys, name="surveys"),
    path("partnerskap/<slug:slug>/uppfoljning/enkater/<uuid:key>/", surveys.survey, name="survey"),
    path("enkat/<str:token>/", surveys.answer_page, name="survey_answer"),
]
