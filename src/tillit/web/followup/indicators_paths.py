"""Addresses of follow-up: indicators."""

from django.urls import URLPattern, path

from tillit.web.followup import indicator_bearings, indicator_upkeep, indicators, library

ALL = "partnerskap/<slug:slug>/uppfoljning/indikatorer/"
ONE = f"{ALL}<uuid:key>/"

paths: list[URLPattern] = [
    path(ALL, indicators.indicators, name="indicators"),
    path(f"{ALL}ny/", indicators.new, name="indicator_new"),
    path(f"{ALL}bibliotek/", library.entries, name="library"),
    path(f"{ONE}andra/", indicator_upkeep.upkeep, name="indicator_upkeep"),
    path(f"{ONE}andra/version/", indicator_upkeep.version, name="indicator_version"),
    path(f"{ONE}andra/nivaer/", indicator_bearings.levels, name="indicator_levels"),
    path(f"{ONE}andra/mal/", indicator_bearings.targets, name="indicator_targets"),
    path(f"{ONE}andra/rapportorer/", indicator_bearings.reporters, name="indicator_reporters"),
    path(f"{ONE}versioner/", indicator_upkeep.versions, name="indicator_versions"),
]
