from django.urls import path

from tillit.web.work import views

app_name = "work"

urlpatterns = [
    path("arbete/", views.mine, name="mine"),
]
