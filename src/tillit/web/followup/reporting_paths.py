"""Addresses of follow-up: reporting."""

from django.urls import URLPattern, path

from tillit.web.followup import approving, my_reports, report_files, report_keys, reporting

_HERE = "partnerskap/<slug:slug>/uppfoljning/rapportera/"
_ONE = f"{_HERE}<uuid:key>/"

paths: list[URLPattern] = [
    path(_HERE, reporting.report, name="report"),
    path(f"{_HERE}godkanna/", approving.approvals, name="approvals"),
    path(f"{_HERE}excel/", report_files.report_book, name="report_book"),
    path("partnerskap/<slug:slug>/uppfoljning/rapportera.xlsx", report_files.report_xlsx, name="report_xlsx"),
    path(f"{_HERE}nycklar/", report_keys.keys, name="report_keys"),
    path(f"{_ONE}underlag/<uuid:version>/", reporting.report_evidence, name="report_evidence"),
    path(f"{_ONE}<str:period>/", reporting.report_form, name="report_form"),
    path(f"{_ONE}<str:period>/ratta/", reporting.report_correct, name="report_correct"),
    path("arbete/rapporter/", my_reports.my_reports, name="my_reports"),
    path("arbete/rapporter.ics", my_reports.my_reports_ics, name="my_reports_ics"),
]
