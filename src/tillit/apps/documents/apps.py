from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tillit.apps.documents"
    label = "documents"
