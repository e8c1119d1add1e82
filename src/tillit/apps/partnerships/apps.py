from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "tillit.apps.partnerships"
    label = "partnerships"
