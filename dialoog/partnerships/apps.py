from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "dialoog.partnerships"
    label = "partnerships"
    verbose_name = "tafels"
