import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('analysis', '0001_initial'),
        ('partnerships', '0001_initial'),
        ('projects', '0001_initial'),
        ('values', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Advice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('sort', models.CharField(choices=[('asked', 'Gevraagd advies'), ('own', 'Ongevraagd advies')], default='own', max_length=5, verbose_name='vroeg de gemeente erom?')),
                ('title', models.CharField(max_length=150, verbose_name='waarover gaat het advies?')),
                ('opening', models.TextField(max_length=4000, verbose_name='waarom schrijft u dit nu?')),
                ('closing', models.TextField(blank=True, max_length=2000, verbose_name='waarmee sluit u af?')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('reply_due', models.DateField(editable=False, null=True)),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('begun_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project', verbose_name='bij welke ronde hoort het?')),
                ('sent_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
            ],
            options={
                'ordering': ['-sent_at', '-begun_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('opening', ''), _negated=True)), name='advice_says_what_and_why'), models.CheckConstraint(condition=models.Q(models.Q(('reply_due__isnull', True), ('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('reply_due__isnull', False), ('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='advice_sent'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('sent_at__isnull', False), _connector='OR'), name='advice_is_sent_before_it_is_answered')],
            },
        ),
        migrations.CreateModel(
            name='AdvicePoint',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('position', models.PositiveSmallIntegerField(editable=False)),
                ('text', models.CharField(max_length=500, verbose_name='wat raadt u aan?')),
                ('why', models.TextField(blank=True, max_length=3000, verbose_name='waarom?')),
                ('nudge_reason', models.CharField(blank=True, editable=False, max_length=300)),
                ('advice', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='advice.advice')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('themes', models.ManyToManyField(blank=True, related_name='+', to='analysis.theme', verbose_name='uit welke thema’s?')),
                ('values', models.ManyToManyField(blank=True, related_name='+', to='values.value', verbose_name='om welke waarden?')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='advice_point_says_something')],
            },
        ),
        migrations.CreateModel(
            name='AdviceReply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('opening', models.TextField(blank=True, max_length=4000, verbose_name='waarmee begint u?')),
                ('closing', models.TextField(blank=True, max_length=2000, verbose_name='waarmee sluit u af?')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('advice', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='advice.advice')),
                ('begun_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('sent_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.member')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('sent_by__isnull', True)), models.Q(('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='reply_sent')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAdvice',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('sort', models.CharField(choices=[('asked', 'Gevraagd advies'), ('own', 'Ongevraagd advies')], default='own', max_length=5, verbose_name='vroeg de gemeente erom?')),
                ('title', models.CharField(max_length=150, verbose_name='waarover gaat het advies?')),
                ('opening', models.TextField(max_length=4000, verbose_name='waarom schrijft u dit nu?')),
                ('closing', models.TextField(blank=True, max_length=2000, verbose_name='waarmee sluit u af?')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('reply_due', models.DateField(editable=False, null=True)),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('begun_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.member')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.partnership')),
                ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.project', verbose_name='bij welke ronde hoort het?')),
                ('sent_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.member')),
            ],
            options={
                'verbose_name': 'historical advice',
                'verbose_name_plural': 'historical advices',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAdvicePoint',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('position', models.PositiveSmallIntegerField(editable=False)),
                ('text', models.CharField(max_length=500, verbose_name='wat raadt u aan?')),
                ('why', models.TextField(blank=True, max_length=3000, verbose_name='waarom?')),
                ('nudge_reason', models.CharField(blank=True, editable=False, max_length=300)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('advice', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='advice.advice')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'historical advice point',
                'verbose_name_plural': 'historical advice points',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalAdviceReply',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('opening', models.TextField(blank=True, max_length=4000, verbose_name='waarmee begint u?')),
                ('closing', models.TextField(blank=True, max_length=2000, verbose_name='waarmee sluit u af?')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('advice', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='advice.advice')),
                ('begun_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.member')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.partnership')),
                ('sent_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.member')),
            ],
            options={
                'verbose_name': 'historical advice reply',
                'verbose_name_plural': 'historical advice replys',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPointReply',
            fields=[
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('verdict', models.CharField(blank=True, choices=[('adopted', 'Dit nemen wij over'), ('partly', 'Dit nemen wij deels over'), ('not', 'Dit nemen wij niet over')], max_length=7, verbose_name='neemt u dit punt over?')),
                ('reasons', models.TextField(blank=True, max_length=3000, verbose_name='waarom, en wat gebeurt er nu?')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.member')),
                ('partnership', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='partnerships.partnership')),
                ('point', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='advice.advicepoint')),
                ('reply', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='advice.advicereply')),
            ],
            options={
                'verbose_name': 'historical point reply',
                'verbose_name_plural': 'historical point replys',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PointReply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('verdict', models.CharField(blank=True, choices=[('adopted', 'Dit nemen wij over'), ('partly', 'Dit nemen wij deels over'), ('not', 'Dit nemen wij niet over')], max_length=7, verbose_name='neemt u dit punt over?')),
                ('reasons', models.TextField(blank=True, max_length=3000, verbose_name='waarom, en wat gebeurt er nu?')),
                ('partnership', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnership')),
                ('point', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='advice.advicepoint')),
                ('reply', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='advice.advicereply')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verdict__in', ['partly', 'not']), _negated=True), models.Q(('reasons', ''), _negated=True), _connector='OR'), name='reply_says_why')],
            },
        ),
    ]
