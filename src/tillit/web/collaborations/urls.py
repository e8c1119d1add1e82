from django.urls import path

from tillit.web.collaborations import begin, deeds, event, judging, limits, papers, questions, views, writing, year

app_name = "collaborations"

urlpatterns = [
    path("samverkan/", views.rows, name="rows"),
    path("samverkan/ny/", begin.begin, name="begin"),
    path("samverkan/<str:public_id>/", views.show, name="show"),
    path("samverkan/<str:public_id>/om/", writing.about, name="about"),
    path("samverkan/<str:public_id>/fragor/<slug:slug>/", questions.step, name="step"),
    path("samverkan/<str:public_id>/deltagare/", writing.people, name="people"),
    path("samverkan/<str:public_id>/kostnader/", writing.costs, name="costs"),
    path("samverkan/<str:public_id>/parter/", writing.parties, name="parties"),
    path("samverkan/<str:public_id>/evenemang/", event.event, name="event"),
    path("samverkan/<str:public_id>/version/<int:number>/", views.version, name="version"),
    path("samverkan/<str:public_id>/lamna-in/", deeds.hand_in, name="hand_in"),
    path("samverkan/<str:public_id>/svar/<uuid:key>/fraga-igen/", deeds.ask_again, name="ask_again"),
    path("samverkan/<str:public_id>/utfall/", deeds.outcome_page, name="outcome"),
    path("samverkan/<str:public_id>/avsluta/", deeds.end, name="end"),
    path("samverkan/<str:public_id>/bedom/", judging.judge, name="judge"),
    path("samverkan/<str:public_id>/handlingar/", papers.papers, name="papers"),
    path("samverkan/<str:public_id>/handlingar/<uuid:key>/", papers.download, name="download"),
    path("organisationer/granser/", limits.limits_all, name="limits_all"),
    path("organisationer/<uuid:key>/granser/", limits.limits, name="limits"),
    path("organisationer/<uuid:key>/ar/<int:number>/", year.year, name="year"),
    path("organisationer/<uuid:key>/ar/<int:number>/rapport.xlsx", year.year_xlsx, name="year_xlsx"),
    path("organisationer/<uuid:key>/ar/<int:number>/rapport.pdf", year.year_pdf, name="year_pdf"),
]
