from django.urls import path

from tillit.web.approvals import invitations, links, views

app_name = "approvals"

urlpatterns = [
    path("godkanna/", views.waiting, name="waiting"),
    path("godkanna/<uuid:key>/", views.question, name="question"),
    path("g/<str:token>/", links.by_link, name="link"),
    path("inbjudningar/", invitations.mine, name="invitations"),
    path("inbjudningar/<uuid:key>/mote.ics", invitations.calendar, name="calendar"),
]
