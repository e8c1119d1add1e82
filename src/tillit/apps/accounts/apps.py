from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tillit.apps.accounts"
    label = "accounts"
