from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "tillit.apps.parties"
    label = "parties"
