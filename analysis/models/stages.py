from django.db import models


class Stage(models.IntegerChoices):
    """Where a meeting stands; numbers, because one asks whether it has come this far."""

    READ = 0, "Lezen"
    OWN_SORT = 1, "Zelf ordenen"
    SIDE_BY_SIDE = 2, "Naast elkaar"
    TOGETHER = 3, "Samen ordenen"
    DONE = 4, "Klaar"
