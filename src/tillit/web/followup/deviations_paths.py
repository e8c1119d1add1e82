"""Addresses of follow-up: deviations."""

from django.urls import URLPattern, path

from tillit.web.followup import deviations

paths: list[URLPattern] = [
    path("partnerskap/<slug:slug>/uppfoljning/avvikelser/", deviations.deviations, name="deviations"),
    path("partnerskap/<slug:slug>/uppfoljning/avvikelser/<uuid:key>/", deviations.deviation, name="deviation"),
    path("partnerskap/<slug:slug>/uppfoljning/trosklar/", deviations.thresholds, name="thresholds"),
]
