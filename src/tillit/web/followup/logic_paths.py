"""Addresses of follow-up: effect logic."""

from django.urls import URLPattern, path

from tillit.web.followup import logic, logic_writing

ROOM = "partnerskap/<slug:slug>/uppfoljning/effektlogik/"

paths: list[URLPattern] = [
    path(ROOM, logic.logics, name="logic"),
    path(f"{ROOM}<uuid:key>/", logic.version, name="logic_version"),
    path(f"{ROOM}<uuid:key>/skota/", logic_writing.look_after, name="logic_upkeep"),
]
