from django.db import migrations, models
from django.utils.crypto import salted_hmac


def name_answers_by_account(apps, schema_editor):
    """Answers about trust were kept under a name of the seat; who came back had another seat, and answered twice."""
    answers = apps.get_model("projects", "TrustAnswer").objects
    # The seat of now goes first: under each name one answer stays a round, and what counted stays counted.
    for seat in apps.get_model("partnerships", "Member").objects.order_by("-active_from"):
        was, now = (_name_of(of) for of in (seat.pk, f"{seat.user_id}:{seat.partnership_id}:{seat.party}"))
        named = answers.filter(who=now).values_list("project", flat=True)
        answers.filter(who=was).exclude(project__in=list(named)).update(who=now)


def _name_of(person):
    return salted_hmac("dialoog.trust", str(person), algorithm="sha256").hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0001_initial"),
        ("projects", "0004_minute_refusal"),
    ]

    operations = [
        migrations.AddField(
            model_name="ownerlink",
            name="hushed",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.RunPython(name_answers_by_account, migrations.RunPython.noop),
    ]
