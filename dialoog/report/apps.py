from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "dialoog.report"
    label = "report"
    verbose_name = "verslag"
