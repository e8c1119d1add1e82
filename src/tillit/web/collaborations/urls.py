from django.urls import path

from tillit.web.collaborations import deeds, judging, papers, views

app_name = "collaborations"

urlpatterns = [
    path("samverkan/", views.rows, name="rows"),
    path("samverkan/<str:public_id>/", views.show, name="show"),
    path("samverkan/<str:public_id>/version/<int:number>/", views.version, name="version"),
    path("samverkan/<str:public_id>/lamna-in/", deeds.hand_in, name="hand_in"),
    path("samverkan/<str:public_id>/utfall/", deeds.outcome_page, name="outcome"),
    path("samverkan/<str:public_id>/avsluta/", deeds.end, name="end"),
    path("samverkan/<str:public_id>/bedom/", judging.judge, name="judge"),
    path("samverkan/<str:public_id>/handlingar/", papers.papers, name="papers"),
    path("samverkan/<str:public_id>/handlingar/<uuid:key>/", papers.download, name="download"),
]
