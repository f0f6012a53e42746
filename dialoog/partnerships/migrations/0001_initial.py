import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(unique=True, verbose_name='adres van de tafel')),
                ('council_name', models.CharField(max_length=120, verbose_name='naam van de raad')),
                ('municipality_name', models.CharField(max_length=120, verbose_name='naam van de gemeente')),
                ('council_word', models.CharField(choices=[('cliëntenraad', 'cliëntenraad'), ('adviesraad', 'adviesraad'), ('participatieraad', 'participatieraad')], default='cliëntenraad', max_length=20, verbose_name='zo noemen wij de raad')),
                ('client_word', models.CharField(choices=[('cliënt', 'cliënt'), ('inwoner', 'inwoner')], default='cliënt', max_length=20, verbose_name='zo noemen wij de mensen om wie het gaat')),
                ('legal_basis', models.CharField(blank=True, max_length=200, verbose_name='wet of verordening')),
                ('reply_weeks', models.PositiveSmallIntegerField(default=6, verbose_name='weken om te antwoorden')),
                ('papers_days', models.PositiveSmallIntegerField(default=7, verbose_name='dagen voor het overleg dat stukken er zijn')),
                ('contact_retention_months', models.PositiveSmallIntegerField(default=6, verbose_name='maanden dat contactgegevens blijven')),
                ('data_controller', models.CharField(max_length=200, verbose_name='verwerkingsverantwoordelijke')),
                ('stories_second_step', models.BooleanField(default=False, verbose_name='gesprekken alleen met een tweede stap')),
                ('theme', models.TextField(blank=True, verbose_name='stijlblad van de gemeente')),
                ('theme_class', models.SlugField(blank=True, verbose_name='klasse van het thema')),
                ('is_demo', models.BooleanField(default=False, verbose_name='verzonnen')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('party', models.CharField(choices=[('council', 'cliëntenraad'), ('municipality', 'gemeente'), ('neutral', 'neutraal')], max_length=12, verbose_name='kant')),
                ('function', models.CharField(blank=True, max_length=100, verbose_name='functie')),
                ('can_decide', models.BooleanField(default=False, verbose_name='mag besluiten nemen')),
                ('is_coordinator', models.BooleanField(default=False, verbose_name='coördinator van de eigen kant')),
                ('active_from', models.DateTimeField(default=django.utils.timezone.now, verbose_name='lid sinds')),
                ('active_to', models.DateTimeField(blank=True, null=True, verbose_name='lid tot')),
                ('last_visit_at', models.DateTimeField(editable=False, null=True)),
                ('previous_visit_at', models.DateTimeField(editable=False, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['party', 'user__name'],
                'constraints': [models.UniqueConstraint(models.F('partnership'), models.F('user'), condition=models.Q(('active_to', None)), name='one_side_per_account_at_a_table')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('party', models.CharField(choices=[('council', 'cliëntenraad'), ('municipality', 'gemeente'), ('neutral', 'neutraal')], max_length=12, verbose_name='kant')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mailadres')),
                ('function', models.CharField(blank=True, max_length=100, verbose_name='functie')),
                ('can_decide', models.BooleanField(default=False, verbose_name='mag besluiten nemen')),
                ('is_coordinator', models.BooleanField(default=False, verbose_name='coördinator van de eigen kant')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('accepted_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('accepted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('invited_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('withdrawn_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-invited_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='invitation_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sentence', models.CharField(max_length=300)),
                ('thing_kind', models.CharField(blank=True, max_length=40)),
                ('thing_id', models.UUIDField(null=True)),
                ('party', models.CharField(blank=True, max_length=12)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['partnership', '-at'], name='event_by_table'), models.Index(fields=['thing_id', '-at'], name='event_by_thing')],
            },
        ),
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=30)),
                ('council_ready_at', models.DateTimeField(editable=False, null=True)),
                ('municipality_ready_at', models.DateTimeField(editable=False, null=True)),
                ('opened_at', models.DateTimeField(editable=False, null=True)),
                ('council_ready_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('municipality_ready_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('council_ready_at__isnull', True), ('council_ready_by__isnull', True)), models.Q(('council_ready_at__isnull', False), ('council_ready_by__isnull', False)), _connector='OR'), name='envelope_council_ready'), models.CheckConstraint(condition=models.Q(models.Q(('municipality_ready_at__isnull', True), ('municipality_ready_by__isnull', True)), models.Q(('municipality_ready_at__isnull', False), ('municipality_ready_by__isnull', False)), _connector='OR'), name='envelope_municipality_ready'), models.CheckConstraint(condition=models.Q(('opened_at', None), models.Q(('council_ready_at__isnull', False), ('municipality_ready_at__isnull', False)), _connector='OR'), name='envelope_opens_by_two_keys')],
            },
        ),
        migrations.CreateModel(
            name='ConflictCopy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('thing_model', models.CharField(editable=False, max_length=60)),
                ('thing_id', models.UUIDField(editable=False)),
                ('field', models.CharField(editable=False, max_length=40)),
                ('base', models.TextField(editable=False)),
                ('theirs', models.TextField(editable=False)),
                ('yours', models.TextField(editable=False)),
                ('version', models.PositiveIntegerField(editable=False)),
                ('party', models.CharField(blank=True, editable=False, max_length=12)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('settled_at', models.DateTimeField(editable=False, null=True)),
                ('after', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('settled_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['thing_id', 'settled_at'], name='conflict_by_thing')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='conflict_settled')],
            },
        ),
    ]
