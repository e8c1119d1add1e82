from django.urls import path

from tillit.web.start import views

app_name = "start"

urlpatterns = [
    path("", views.start, name="start"),
]
