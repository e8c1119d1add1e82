from django.urls import path

from tillit.web.search import views

app_name = "search"

urlpatterns = [
    path("sok/", views.search, name="search"),
]
