"""The tables of a database of its own, straight from the models, as pytest makes them with --nomigrations."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command


def lay_tables():
    """Make all tables in the database of this process, and note that every migration is done."""
    ours = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = dict.fromkeys((app.label for app in apps.get_app_configs()), None)
    call_command("migrate", run_syncdb=True, verbosity=0)
    settings.MIGRATION_MODULES = ours
    call_command("migrate", fake=True, verbosity=0)
