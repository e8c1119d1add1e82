from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tillit.apps.audit"
    label = "audit"
