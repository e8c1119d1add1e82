from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "tillit.apps.followup"
    label = "followup"
