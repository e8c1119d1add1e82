"""Addresses of follow-up: clinical trials."""

from django.urls import URLPattern, path

from tillit.web.followup import trials

paths: list[URLPattern] = [
    path("partnerskap/<slug:slug>/uppfoljning/provningar/", trials.trials, name="trials"),
    path("partnerskap/<slug:slug>/uppfoljning/provningar/ny/", trials.new, name="trial_new"),
    path("partnerskap/<slug:slug>/uppfoljning/provningar/<uuid:key>/", trials.trial, name="trial"),
]
