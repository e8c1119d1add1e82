from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "tillit.apps.register"
    label = "register"
