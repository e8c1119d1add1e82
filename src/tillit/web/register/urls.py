from django.urls import path

from tillit.web.register import views

app_name = "register"

urlpatterns = [
    path("oppet/", views.entries, name="entries"),
    path("oppet/samverkan.csv", views.table, name="table"),
    path("oppet/<str:public_id>/", views.entry, name="entry"),
]
