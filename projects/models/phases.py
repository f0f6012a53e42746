from django.db import models


class Phase(models.IntegerChoices):
    """The steps of a round; numbers, because a round is asked whether it has come this far."""

    TRUST = 0, "Vertrouwen en achterban"
    START = 1, "Starten"
    VALUES = 2, "Waarden en vraag"
    COLLECT = 3, "Ervaringen ophalen"
    BUNDLE = 4, "Bundelen"
    DELIBERATE = 5, "Intern beraad"
    DIALOGUE = 6, "Dialoog"
    COMMIT = 7, "Afspraken"
    REPORT = 8, "Verslag en terugkoppeling"
    CLOSED = 9, "Afgesloten"
