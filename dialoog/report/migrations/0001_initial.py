import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnerships', '0001_initial'),
        ('projects', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('readers', models.CharField(choices=[('closed', 'beide kanten'), ('boards', 'besturen van raad en gemeente'), ('public', 'iedereen')], editable=False, max_length=8)),
                ('html', models.TextField(editable=False)),
                ('pdf', models.BinaryField(null=True)),
                ('handout', models.TextField(blank=True, editable=False)),
                ('html_sha256', models.CharField(editable=False, max_length=64)),
                ('pdf_sha256', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('made_at', models.DateTimeField(editable=False)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='HistoricalReport',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('subtitle', models.CharField(blank=True, max_length=160, verbose_name='ondertitel')),
                ('brief', models.TextField(blank=True, max_length=3000, verbose_name='in het kort')),
                ('feedback', models.TextField(blank=True, max_length=2000, verbose_name='terugkoppeling')),
                ('blocks', models.JSONField(default=dict, editable=False)),
                ('states', models.JSONField(default=dict, editable=False)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('frozen_at', models.DateTimeField(editable=False, null=True)),
                ('council_public', models.BooleanField(editable=False, null=True)),
                ('council_public_at', models.DateTimeField(editable=False, null=True)),
                ('municipality_public', models.BooleanField(editable=False, null=True)),
                ('municipality_public_at', models.DateTimeField(editable=False, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('council_public_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.member')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.member')),
                ('municipality_public_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.project')),
                ('started_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.member')),
            ],
            options={
                'verbose_name': 'historical report',
                'verbose_name_plural': 'historical reports',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('subtitle', models.CharField(blank=True, max_length=160, verbose_name='ondertitel')),
                ('brief', models.TextField(blank=True, max_length=3000, verbose_name='in het kort')),
                ('feedback', models.TextField(blank=True, max_length=2000, verbose_name='terugkoppeling')),
                ('blocks', models.JSONField(default=dict, editable=False)),
                ('states', models.JSONField(default=dict, editable=False)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('frozen_at', models.DateTimeField(editable=False, null=True)),
                ('council_public', models.BooleanField(editable=False, null=True)),
                ('council_public_at', models.DateTimeField(editable=False, null=True)),
                ('municipality_public', models.BooleanField(editable=False, null=True)),
                ('municipality_public_at', models.DateTimeField(editable=False, null=True)),
                ('council_public_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('municipality_public_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
                ('started_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
            ],
            options={
                'ordering': ['-project__number'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('council_public__isnull', True), ('council_public_at__isnull', True), ('council_public_by__isnull', True)), models.Q(('council_public__isnull', False), ('council_public_at__isnull', False), ('council_public_by__isnull', False)), _connector='OR'), name='report_council_public'), models.CheckConstraint(condition=models.Q(models.Q(('municipality_public__isnull', True), ('municipality_public_at__isnull', True), ('municipality_public_by__isnull', True)), models.Q(('municipality_public__isnull', False), ('municipality_public_at__isnull', False), ('municipality_public_by__isnull', False)), _connector='OR'), name='report_municipality_public')],
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fragment_id', models.UUIDField(editable=False)),
                ('is_public', models.BooleanField(editable=False)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('report', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='report.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('report'), models.F('fragment_id'), name='one_quote_per_fragment')],
            },
        ),
        migrations.CreateModel(
            name='Printing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(editable=False, max_length=80)),
                ('title', models.CharField(editable=False, max_length=200)),
                ('content', models.CharField(editable=False, max_length=64)),
                ('html', models.TextField(editable=False)),
                ('one_page', models.BooleanField(default=False, editable=False)),
                ('is_public', models.BooleanField(default=False, editable=False)),
                ('state', models.CharField(choices=[('waiting', 'wacht'), ('busy', 'bezig'), ('done', 'klaar'), ('failed', 'mislukt')], default='waiting', editable=False, max_length=8)),
                ('pages', models.PositiveIntegerField(default=0, editable=False)),
                ('percent', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('file', models.BinaryField(null=True)),
                ('size', models.PositiveIntegerField(default=0, editable=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('heard_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('asked_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('edition', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='report.edition')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('report', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='report.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('partnership'), models.F('content'), name='same_content_is_made_once')],
            },
        ),
        migrations.AddField(
            model_name='edition',
            name='report',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='report.report'),
        ),
        migrations.CreateModel(
            name='Dissent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('party', models.CharField(choices=[('council', 'cliëntenraad'), ('municipality', 'gemeente')], editable=False, max_length=12)),
                ('text', models.TextField(max_length=4000, verbose_name='onze afwijkende mening')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('attached_at', models.DateTimeField(editable=False, null=True)),
                ('attached_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('written_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('report', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='report.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('report'), models.F('party'), name='one_dissent_per_side'), models.CheckConstraint(condition=models.Q(models.Q(('attached_at__isnull', True), ('attached_by__isnull', True)), models.Q(('attached_at__isnull', False), ('attached_by__isnull', False)), _connector='OR'), name='dissent_attached')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('party', models.CharField(choices=[('council', 'cliëntenraad'), ('municipality', 'gemeente')], editable=False, max_length=12)),
                ('signed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('report', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='report.report')),
                ('signed_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('report'), models.F('party'), name='one_signature_per_side')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(editable=False)),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('chapters', models.JSONField(editable=False)),
                ('seen_first_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('report', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='report.report')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(models.F('report'), models.F('fingerprint'), name='one_version_per_text'), models.UniqueConstraint(models.F('report'), models.F('number'), name='versions_are_counted')],
            },
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('form', models.CharField(choices=[('page', 'op het scherm'), ('file', 'als bestand')], editable=False, max_length=4)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('edition', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='report.edition')),
                ('member', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('version', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='report.version')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('version'), models.F('member'), models.F('form'), name='seen_once_per_version'), models.UniqueConstraint(models.F('edition'), models.F('member'), models.F('form'), name='seen_once_per_edition')],
            },
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(models.F('report'), models.F('readers'), name='one_edition_per_audience'),
        ),
    ]
