"""Addresses of follow-up: scorecard."""

from django.urls import URLPattern, path

from tillit.web.followup import indicator, networks, scorecard

paths: list[URLPattern] = [
    path("partnerskap/<slug:slug>/uppfoljning/", scorecard.scorecard, name="scorecard"),
    path("partnerskap/<slug:slug>/uppfoljning/indikatorer/<uuid:key>/", indicator.indicator, name="indicator"),
    path("partnerskap/<slug:slug>/uppfoljning/natverk/", networks.networks, name="networks"),
    path("partnerskap/<slug:slug>/uppfoljning/data.csv", networks.data_csv, name="data_csv"),
    path("partnerskap/<slug:slug>/uppfoljning/data.json", networks.data_json, name="data_json"),
]
