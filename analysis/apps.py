from django.apps import AppConfig
from django.db.models.signals import post_save


class AnalysisConfig(AppConfig):
    name = "analysis"

    def ready(self):
        # Commitments are a storey lower and know no themes; this storey listens for the name of one.
        post_save.connect(_named_a_theme, sender="projects.Commitment", dispatch_uid="named_a_theme")


def _named_a_theme(instance, raw=False, update_fields=None, **_):
    from analysis.models import Theme

    if not raw and (update_fields is None or "because" in update_fields):
        Theme.bind_named(instance)
