from django.apps import AppConfig


class CollaborationsConfig(AppConfig):
    name = "tillit.apps.collaborations"
    label = "collaborations"
