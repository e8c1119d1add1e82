from django.urls import path

from tillit.web.look import views

app_name = "look"

urlpatterns = [
    path("utseende/", views.look, name="look"),
]
