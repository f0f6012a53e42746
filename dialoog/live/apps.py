from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "dialoog.live"
    label = "live"
