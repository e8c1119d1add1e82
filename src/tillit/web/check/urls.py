from django.urls import path

from tillit.web.check import views

app_name = "check"

urlpatterns = [
    path("prova/", views.upload, name="upload"),
    path("prova/svar/", views.again, name="again"),
    path("prova/protokoll.pdf", views.protocol, name="protocol"),
    path("prova/fil.json", views.case_file, name="case_file"),
    path("prova/fil.toml", views.case_file, {"form": "toml"}, name="case_toml"),
    path("prova/fil.xlsx", views.case_file, {"form": "xlsx"}, name="case_xlsx"),
    path("mall/tillit-mall.xlsx", views.template, name="template"),
    path("exempel/<slug:slug>/", views.example, name="example"),
    path("exempel/<slug:slug>/protokoll.pdf", views.example_protocol, name="example_protocol"),
    path("exempel/<slug:slug>/fil.json", views.example_file, name="example_file"),
]
