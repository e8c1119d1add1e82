from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "tillit.apps.outbox"
    label = "outbox"
