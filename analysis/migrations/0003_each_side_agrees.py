from django.db import migrations, models

CHOICES = [("agree", "Eens"), ("partly", "Deels eens"), ("not", "Niet eens")]
SIDES = (("council", "raad"), ("municipality", "gemeente"))
KINDS = ("outcome", "historicaloutcome")


def say_it_for_both(apps, schema_editor):
    """One answer stood for both sides; so it is what each of them said."""
    for kind in KINDS:
        rows = apps.get_model("analysis", kind)._base_manager
        rows.update(council_agreement=models.F("agreement"), municipality_agreement=models.F("agreement"))


class Migration(migrations.Migration):
    dependencies = [("analysis", "0002_tag_by_card")]

    operations = [
        *(
            migrations.AddField(
                kind,
                f"{party}_agreement",
                models.CharField(blank=True, choices=CHOICES, default="", max_length=6, verbose_name=f"de {word} is het"),
                preserve_default=False,
            )
            for kind in KINDS
            for party, word in SIDES
        ),
        migrations.RunPython(say_it_for_both, migrations.RunPython.noop),
        *(migrations.RemoveField(kind, "agreement") for kind in KINDS),
    ]
