from django.urls import path

from tillit.web.guide import views

app_name = "guide"

urlpatterns = [
    path("prova/steg/<slug:slug>/", views.step, name="step"),
]
