from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "dialoog.advice"
    label = "advice"
    verbose_name = "advies"
